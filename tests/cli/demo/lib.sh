# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# For the cases of ./demo:  . "$OVF_SOURCE/tests/cli/demo/lib.sh"
# A checkout of its own, in which installing is done and "building" takes the program at hand.

mkdir -p tree/tools tree/bin
cp "$OVF_SOURCE/demo" tree/
cp -r "$OVF_SOURCE/examples" tree/
echo 'exit 0' >tree/tools/deps
cat >tree/bin/cmake <<'E2'
#!/bin/sh
mkdir -p build/release
ln -sf "$OVERFLIGHT" build/release/overflight
E2
chmod +x tree/tools/deps tree/bin/cmake
PATH=$PWD/tree/bin:$PATH

# numbers FOLDER: what summary.txt tells, against what truth.ndjson and the folders say. Nothing of ours
# counts here: the truth is computed without the crossing engine.
numbers() {
    python3 "$OVF_SOURCE/tests/cli/demo/numbers.py" "$1"
}

files() {
    local file
    for file in summary.txt findings.txt iraq-2012.gpkg iraq-2012.html iraq-2012.kml iraq-2012.csv over-iraq.csv; do
        [[ -s $1/$file ]] || echo "missing: $file"
    done
    python3 "$OVF_SOURCE/tests/cli/check_kml.py" "$1/iraq-2012.kml" >kml.txt || cat kml.txt
    python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
print("integrity:", db.execute("pragma integrity_check").fetchone()[0])' "$1/iraq-2012.gpkg"
}
