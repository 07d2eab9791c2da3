# SPDX-License-Identifier: Apache-2.0
#
# Reads GeoJSON from the file named and says what is against RFC 7946, for cases of the command line:
#   python3 check_geojson.py FILE
# Prints one line a feature: kind, geometry, number of positions; then the foreign members.
import json
import sys


def once(pairs):
    keys = [key for key, _ in pairs]
    assert len(keys) == len(set(keys)), f"a key stands twice: {keys}"
    return dict(pairs)


def check_position(position):
    assert len(position) == 2, position
    longitude, latitude = position
    assert -180 <= longitude <= 180 and -90 <= latitude <= 90, position


def check_line(line):
    assert len(line) >= 2, "3.1.4: a line has two or more positions"
    for position in line:
        check_position(position)
    for a, b in zip(line, line[1:]):
        assert abs(a[0] - b[0]) < 180, f"3.1.9: not cut at the antimeridian: {a} {b}"


def positions(geometry):
    if geometry is None:
        return []
    coordinates = geometry["coordinates"]
    assert set(geometry) == {"type", "coordinates"}
    if geometry["type"] == "Point":
        check_position(coordinates)
        return [coordinates]
    assert geometry["type"] in ("LineString", "MultiLineString")
    lines = [coordinates] if geometry["type"] == "LineString" else coordinates
    assert geometry["type"] == "LineString" or len(lines) > 1
    for line in lines:
        check_line(line)
    return [position for line in lines for position in line]


with open(sys.argv[1], encoding="utf-8") as file:
    collection = json.load(file, object_pairs_hook=once, parse_constant=lambda name: 1 / 0)
assert collection["type"] == "FeatureCollection"
for feature in collection["features"]:
    assert feature["type"] == "Feature" and {"geometry", "properties"} <= set(feature)
    geometry = feature["geometry"]
    n = len(positions(geometry))
    print(feature["properties"]["feature"], geometry["type"] if geometry else None, n)
print("attribution:", collection["attribution"])
print("editions:", *(edition["kind"] for edition in collection["editions"]))
