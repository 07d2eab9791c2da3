# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# For cases of `overflight scan`:  . "$OVF_SOURCE/tests/cli/lib.sh"
# Synthetic aircraft have addresses from F10000 up and callsigns SIM...

# rows HEX CALLSIGN T0 STEP N LAT LON DLAT DLON [ALT [DALT]]: rows of a table, without the header
rows() {
    awk -v h="$1" -v c="$2" -v t="$3" -v s="$4" -v n="$5" -v y="$6" -v x="$7" -v dy="$8" -v dx="$9" \
        -v a="${10:-35000}" -v da="${11:-0}" 'BEGIN {
        for (i = 0; i < n; i++) {
            lon = x + i * dx
            if (lon >= 180) lon -= 360
            printf "%d,%s,%s,%.6f,%.6f,%d\n", t + i * s, h, c, y + i * dy, lon, a + i * da
        }
    }'
}

header() {
    echo time,icao24,callsign,lat_deg,lon_deg,alt_baro_ft
}

# trace HEX CALLSIGN T0 STEP N LAT LON DLAT DLON [ALT]: a readsb trace, of the speed and track that it flies
trace() {
    awk -v h="$1" -v c="$2" -v t="$3" -v s="$4" -v n="$5" -v y="$6" -v x="$7" -v dy="$8" -v dx="$9" \
        -v a="${10:-35000}" 'BEGIN {
        deg = atan2(0, -1) / 180
        printf "{\"icao\":\"%s\",\"timestamp\":%d,\"trace\":[", h, t
        for (i = 0; i < n; i++) {
            east = dx * cos((y + i * dy) * deg)
            track = atan2(east, dy) / deg
            printf "%s[%d,%.6f,%.6f,%d,%.0f,%.0f,0,0,{\"flight\":\"%s\"},\"adsb_icao\"]",
                   i ? "," : "", i * s, y + i * dy, x + i * dx, a,
                   sqrt(east * east + dy * dy) * 60.04 / s * 3600, track < 0 ? track + 360 : track, c
        }
        printf "]}\n"
    }'
}

# columns NAME,NAME...: these columns of the CSV on standard input, whose cells hold no commas
columns() {
    awk -F, -v wanted="$1" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; n = split(wanted, name, ","); next }
        { for (i = 1; i <= n; i++) printf "%s%s", $at[name[i]], i < n ? " " : "\n" }'
}

# crossings COLUMNS SCAN-ARGUMENTS...
crossings() {
    local wanted=$1
    shift
    overflight scan --format csv "$@" 2>talk.txt | columns "$wanted"
}

# ids SCAN-ARGUMENTS...
ids() {
    crossings id "$@"
}

# same LABEL FILE FILE
same() {
    if [[ ! -s $2 ]]; then
        echo "EMPTY: $1"
    elif cmp -s "$2" "$3"; then
        echo "same: $1"
    else
        echo "DIFFERENT: $1"
        diff "$2" "$3" | head -n 4 | cut -c 1-300
    fi
}

# exits STATUS COMMAND...: standard output must be NDJSON whatever happens; talk.txt goes to the file talk.txt
exits() {
    local want=$1 got
    shift
    "$@" >said 2>talk.txt
    got=$?
    [[ $got == "$want" ]] || echo "exit status $got, not $want: $*"
    if grep -qv '^{.*}$' said; then
        echo "not NDJSON: $*"
    fi
}
