#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A store seen by other programs: GDAL's validator finds it valid, ogrinfo and ogr2ogr read it, edit it
# and write back, and the store goes on with what they left.
set -euo pipefail
tool=$1/tool_gpkg

# Debian's own Python has the module; another one first in PATH may not.
python=
for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c 'import osgeo_utils.samples.validate_gpkg' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [[ -z $python ]] || ! command -v ogrinfo ogr2ogr >/dev/null; then
    echo "skipped: no gdal-bin and python3-gdal (tools/deps --test)"
    exit 77
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
file=$folder/store.gpkg

fail() {
    echo "test_gpkg: $*" >&2
    exit 1
}

same() { # WHAT GOT WANT
    [[ $2 == "$3" ]] || fail "$1: got '$2', want '$3'"
}

valid() {
    "$python" -m osgeo_utils.samples.validate_gpkg -q -k --extra --warning-as-error "$file" ||
        fail "not valid $1"
}

"$tool" write "$file"
valid "as written"
same "crossings" "$("$tool" check "$file")" 7

echo "== read"
layers=$(ogrinfo -ro -q "$file" | sed -E 's/^[0-9]+: //' | sort | tr '\n' ',')
same "layers" "$layers" "airspaces (Multi Polygon),altitude_shared (None),completeness (None),crossings (Measured Multi Line String),detections (None),findings (None),\
flights (Measured Multi Line String),gaps (Multi Line String),inputs (None),interference (None),journeys (None),layer_styles (None),\
revisions (None),sinks (None),traffic (None),"
info=$(ogrinfo -ro -al -q "$file" flights)
# a third of the 40 s between 179.5 E and 179 W lies before 180 degrees
grep -q 'MULTILINESTRING M ((178 20 1341137553.412,179.5 21\(.0\)* 1341137613.412,180\(.0\)* 21.3333333 1341137626.745[0-9]*),(-180\(.0\)* 21.3333333 1341137626.745[0-9]*,-179 22 1341137653.412),(-170 25 1341141553.412,-169 26 1341146553.412))' <<<"$info" ||
    fail "the flight over the antimeridian: $info"
grep -q 'flight_start (DateTime) = 2012/07/01 10:12:33.412+00' <<<"$info" || fail "times: $info"
info=$(ogrinfo -ro -al -q "$file" airspaces)
grep -q 'MULTIPOLYGON (((0 0,10 0,10 10,0 10,0 0),(2 2,2 8,8 8,2 2)))' <<<"$info" || fail "area: $info"
same "by place" "$(ogrinfo -ro -q "$file" crossings -spat 39 34.9 41 36.1 | grep -c '^OGRFeature')" 2

echo "== edit with SQL, through the triggers"
ogrinfo -q "$file" -sql "UPDATE crossings SET callsign='SIM9' WHERE id='c3'" >/dev/null
ogrinfo -q "$file" -sql "DELETE FROM crossings WHERE id='c6'" >/dev/null
same "after a deletion" "$("$tool" check "$file")" 6

echo "== out, changed, and back in"
ogr2ogr -f GeoJSON "$folder/c.json" "$file" crossings -where "id='c1'"
sed -i 's/"c1"/"new"/; s/\[ 40\.0, 34/[ 60.0, 34/' "$folder/c.json"
ogr2ogr -f GPKG -append -update "$file" "$folder/c.json" -nln crossings
same "after an addition" "$("$tool" check "$file")" 7
same "found at its new place" \
    "$(ogrinfo -ro -q "$file" crossings -spat 59 33.9 60.5 34.1 | grep -c '"new"\|= new')" 1

echo "== the store goes on"
"$tool" write "$file"
same "the row that was deleted came back" "$("$tool" check "$file")" 8
"$tool" fill "$file" 5000
same "rows" "$("$tool" check "$file")" 5008
valid "after all that"

echo "== copied whole by another program"
ogr2ogr -f GPKG "$folder/copy.gpkg" "$file"
same "copied" "$(ogrinfo -ro -q "$folder/copy.gpkg" -sql 'SELECT count(*) FROM crossings' |
    sed -n 's/.*= //p')" 5008

echo "== default styles are well-formed"
for table in flights crossings gaps airspaces; do
    ogrinfo -ro -q "$file" -sql \
        "SELECT styleQML FROM layer_styles WHERE f_table_name='$table' AND useAsDefault" |
        sed -n '/<!DOCTYPE/,/<\/qgis>/p' | sed 's/.*<!DOCTYPE/<!DOCTYPE/' >"$folder/$table.qml"
    "$python" -c 'import sys, xml.dom.minidom as m
root = m.parse(sys.argv[1]).documentElement
assert root.tagName == "qgis" and root.getElementsByTagName("symbol")' "$folder/$table.qml" ||
        fail "style of $table"
done
