# SPDX-License-Identifier: Apache-2.0
#
# Reads KML from the file named and says what is against OGC 07-147r2 (KML 2.2), for cases of the
# command line:  python3 check_kml.py FILE
# Prints the folders, and one line a placemark: its name, style, number of lines and of positions.
import re
import sys
import xml.etree.ElementTree as ET

KML = "{http://www.opengis.net/kml/2.2}"
GX = "{http://www.google.com/kml/ext/2.2}"  # developers.google.com/kml/documentation/kmlreference
# the order of the schema; what is not named here is not written
ORDER = ["name", "description", "TimeStamp", "TimeSpan", "styleUrl", "Style", "ExtendedData",
         "Point", "MultiGeometry", "MultiTrack", "Placemark", "Folder"]
LINE_ORDER = ["tessellate", "altitudeMode", "coordinates"]
TRACK_ORDER = ["altitudeMode", "when", "coord"]
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def check_order(element, order):
    places = [order.index(child.tag.removeprefix(KML).removeprefix(GX)) for child in element]
    assert places == sorted(places), [child.tag for child in element]


def check_coordinates(element):
    """Tuples of longitude, latitude and, where it is absolute, altitude."""
    tuples = [t.split(",") for t in element.find(KML + "coordinates").text.split()]
    absolute = element.find(KML + "altitudeMode").text == "absolute"
    for t in tuples:
        assert len(t) == (3 if absolute else 2), t
        assert abs(float(t[0])) <= 180 and abs(float(t[1])) <= 90, t
    for a, b in zip(tuples, tuples[1:]):
        assert abs(float(a[0]) - float(b[0])) < 180, (a, b)
    return len(tuples)


def check_track(element):
    """As many times as places, and none before the one before it."""
    check_order(element, TRACK_ORDER)
    times = [when.text for when in element.findall(KML + "when")]
    places = [[float(x) for x in coord.text.split()] for coord in element.findall(GX + "coord")]
    assert len(times) == len(places) and times == sorted(times), times
    assert all(len(place) == 3 for place in places), places
    if element.find(KML + "altitudeMode").text != "absolute":
        assert all(place[2] == 0 for place in places), places
    for a, b in zip(places, places[1:]):
        assert abs(a[0] - b[0]) < 180, (a, b)
    return len(places)


def check_placemark(placemark, styles):
    check_order(placemark, ORDER)
    style = placemark.find(KML + "styleUrl").text
    assert style[0] == "#" and style[1:] in styles, style
    for when in [*placemark.iter(KML + "when"), *placemark.iter(KML + "begin"),
                 *placemark.iter(KML + "end")]:
        assert TIME.fullmatch(when.text), when.text
    shapes = [*placemark.iter(KML + "LineString"), *placemark.iter(KML + "Point")]
    for shape in shapes:
        check_order(shape, LINE_ORDER)
    n = [check_coordinates(shape) for shape in shapes]
    n += [check_track(track) for track in placemark.iter(GX + "Track")]
    print(" ", placemark.find(KML + "name").text, style, len(n), sum(n))


root = ET.parse(sys.argv[1]).getroot()
assert root.tag == KML + "kml"
(document,) = root
assert document.tag == KML + "Document"
check_order(document, ORDER)
print(document.find(KML + "description").text)
known = {style.get("id") for style in document.findall(KML + "Style")}
for folder in document.findall(KML + "Folder"):
    check_order(folder, ORDER)
    print(folder.find(KML + "name").text)
    for mark in folder.findall(KML + "Placemark"):
        check_placemark(mark, known)
