#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The whole job as an analyst writes it: read a tar of traces, join the fixes with the states, and
tell for each flight and state the first and the last fix inside.

    peer_geopandas.py MAP.geojson FILE.tar FIXES [OUTPUT.csv]

Stops behind the trace with which FIXES are reached. Prints, as bench/bench.h says, the CPU seconds
without the imports and the reading of the map, and the fixes. It finds fewer crossings than there
are: what lies between two fixes is not seen."""
import gzip
import json
import sys
import tarfile
import time
import warnings

warnings.filterwarnings("ignore")
import geopandas
import pandas
import shapely


def read_fixes(path, wanted):
    rows = []
    with tarfile.open(path) as tar:
        for member in tar:
            if not member.isfile():
                continue
            trace = json.loads(gzip.decompress(tar.extractfile(member).read()))
            leg = 0
            base = trace["timestamp"]
            for row in trace["trace"]:
                if row[6] & 2:
                    leg += 1
                rows.append((trace["icao"], leg, base + row[0], row[1], row[2]))
            if len(rows) >= wanted:
                break
    return pandas.DataFrame(rows, columns=["icao", "leg", "time", "lat", "lon"])


def main():
    if len(sys.argv) not in (4, 5):
        sys.exit("peer_geopandas.py: MAP.geojson FILE.tar FIXES are due")
    states = geopandas.read_file(sys.argv[1])
    states.sindex  # built before the clock runs
    begin = time.process_time()
    fixes = read_fixes(sys.argv[2], int(sys.argv[3]))
    points = geopandas.GeoDataFrame(
        fixes, geometry=geopandas.points_from_xy(fixes.lon, fixes.lat), crs=states.crs)
    joined = geopandas.sjoin(points, states, predicate="within")
    crossings = joined.groupby(["icao", "leg", "code"]).time.agg(["min", "max"])
    print(f"sample geopandas {time.process_time() - begin:.9f} {len(fixes)}")
    print(f"note geopandas {geopandas.__version__}")
    print(f"note shapely {shapely.__version__}")
    print(f"note crossings {len(crossings)}")
    if len(sys.argv) == 5:
        crossings.to_csv(sys.argv[4])


main()
