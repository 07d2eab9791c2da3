# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# For cases of `overflight fetch`:  . "$OVF_SOURCE/tests/cli/fetch.sh"
# A server on loopback has what GitHub has, in the folder served/.
. "$OVF_SOURCE/tests/cli/lib.sh"
export no_proxy=127.0.0.1

# release DAY SERVER [N_PARTS [DIGESTS]]: a day of two invented flights over Iraq, published in the repository of
# $REPOSITORY, else of its year
release() {
    local t0
    t0=$(date -u -d "$1" +%s)
    mkdir -p traces/00 traces/01
    trace f10000 SIM100 $((t0 + 3600)) 30 150 33.0 38.0 0.01 0.06 >traces/00/trace_full_f10000.json
    trace f10001 SIM101 $((t0 + 7200)) 30 150 33.5 38.0 0.01 0.06 >traces/01/trace_full_f10001.json
    published "$@"
}

# published DAY SERVER [N_PARTS [DIGESTS]]: the same of what lies in traces/, which is gone then
published() {
    local tag="v${1//-/.}-planes-readsb-$2" year=${REPOSITORY:-${1%%-*}} n=${3:-2} name
    local repo=adsblol/globe_history_$year
    local files=served/$repo/releases/download/$tag list=served/repos/$repo/releases/tags
    mkdir -p "$files" "$list" "served/$repo/main"
    tar --sort=name --mtime=@0 --owner=0 --group=0 -cf "$files/$tag.tar" traces
    rm -r traces
    if ((n > 1)); then
        split -n "$n" -a 2 "$files/$tag.tar" "$files/$tag.tar."
        rm "$files/$tag.tar"
    fi
    for name in "$files"/*; do
        echo "https://github.com/$repo/releases/download/$tag/${name##*/}"
    done | paste -s -d , >>"served/$repo/main/PREFERRED_RELEASES.txt"
    for name in "$files"/*; do
        printf '{"name":"%s","size":%d,"digest":%s}\n' "${name##*/}" "$(stat -c %s "$name")" \
            "$([[ ${4:-} == digests ]] && echo "\"sha256:$(sha256sum <"$name" | cut -d ' ' -f 1)\"" || echo null)"
    done | paste -s -d , | sed "s/.*/{\"tag_name\":\"$tag\",\"assets\":[&],\"body\":\"\`\`\`\"}/" >"$list/$tag"
}

# faults [FAULT...]: what the server does wrong from now on
faults() {
    printf '%s\n' "$@" >faults
}

# serve [CERTIFICATE]: start the server, whose address is $BASE then; it ends when this shell does
serve() {
    faults
    coproc SERVER { exec python3 "$OVF_SOURCE/tests/cli/http_faults.py" served faults log.txt "$@" 2>/dev/null; }
    read -r port <&"${SERVER[0]}"
    BASE=http://127.0.0.1:$port
}

# fetch ARGUMENTS...: without the port in what is said
fetch() {
    local status
    overflight fetch "$@" --base "$BASE" --retry-wait 0.001 --timeout 1 2>talk.txt >said.txt
    status=$?
    sed "s|$BASE||g" said.txt
    sed "s|$BASE||g" talk.txt
    return $status
}

# whole DAY SERVER: does DIR (out) have what is published?
whole() {
    local tag="v${1//-/.}-planes-readsb-$2"
    local files=served/adsblol/globe_history_${REPOSITORY:-${1%%-*}}/releases/download/$tag
    cat "$files"/* | cmp - <(cat out/"$tag".tar out/"$tag".tar.[a-z][a-z] 2>/dev/null) && echo "$tag: whole"
    (cd out && sha256sum --quiet -c "$tag"*.sha256)
}

# For the cases of one release, $tag:  try LABEL FAULT..., and again in the same folder
clean='s/.*"status":"\([a-z_]*\)".*/\1/; s|/adsblol.*/releases/download/[^/]*/|.../|; s|/repos/.*/tags/|api/|; s|/adsblol/.*/main/|list/|'
try() { # LABEL FAULT...
    echo "== $1"
    rm -rf out
    faults "${@:2}"
    again
}
again() {
    : >log.txt
    fetch adsblol 2025-07-01 -o out "$@" | sed "$clean" | grep -v "files fetched"
    [[ ${PIPESTATUS[0]} == 0 ]] && whole 2025-07-01 prod-0
    sed 's|.*/||; s/ / from /; s/ from \(.*\) / \1 /' log.txt | grep "^v.*tar "
    ls out
}
