# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# For cases that scan days one at a time, in any order:  . "$OVF_SOURCE/tests/cli/days.sh"
# Makes the days of scan-days/scenario.yaml: flights over midnight, landings and take-offs near it, journeys of two days.
compare=$OVF_SOURCE/tests/cli/compare_stores.py
overflight simulate "$OVF_SOURCE/tests/cli/scan-days/scenario.yaml" -o world 2>/dev/null
days=()
for day in world/2*/*/*; do
    days+=("$day")
done

# into STORE DAY-NUMBERS -- OPTIONS...
into() {
    local store=$1 day
    local numbers=()
    shift
    while [[ $1 != -- ]]; do
        numbers+=("$1")
        shift
    done
    shift
    for day in "${numbers[@]}"; do
        overflight scan "$@" -o "$store" "${days[day]}" >>findings.ndjson 2>>talk.txt
    done
}

# How many rows there are is for the map to say, but there are some.
without_numbers() {
    sed -E '/^same/{/ 0 (flights|crossings)/!s/:.*//}'
}

# all_orders NAME OPTIONS...: one scan of all days, and days one at a time in every order
all_orders() {
    local name=$1 order
    local stores=()
    shift
    overflight scan "$@" -o "$name.gpkg" "${days[@]}" >>findings.ndjson 2>>talk.txt
    for order in "0 1 2" "0 2 1" "1 0 2" "1 2 0" "2 0 1" "2 1 0"; do
        stores+=("$name-${order// /}.gpkg")
        # shellcheck disable=SC2086 # three numbers
        into "${stores[-1]}" $order -- "$@"
    done
    python3 "$compare" "$name.gpkg" "${stores[@]}" | without_numbers
}

# again STORE OPTIONS...: a day that it has, and all of them
again() {
    local store=$1
    shift
    python3 -c 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute("vacuum into ?", [sys.argv[2]])' "$store" before.gpkg
    into "$store" 1 -- "$@"
    overflight scan "$@" -o "$store" "${days[@]}" 2>>talk.txt
    python3 "$compare" --exact before.gpkg "$store" | without_numbers
}
