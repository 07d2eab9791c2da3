# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# For cases of `overflight serve`, after lib.sh. The server listens at a free port; clients are in serve_client.py.

# serve ARGS...: begins to serve and waits until it listens; sets $server and $port. Its words go to the file said.
serve() {
    : >said
    overflight serve --listen 127.0.0.1:0 "$@" 2>said &
    server=$!
    for _ in $(seq 400); do
        port=$(sed -n 's|^listening at http://127.0.0.1:\([0-9]*\)/.*|\1|p' said)
        [[ -n $port ]] && return
        kill -0 $server 2>/dev/null || break
        sleep 0.05
    done
    echo "it does not listen"
    cat said
}

# stop: ends it, and tells its exit status where that is not 0
stop() {
    kill -TERM "$server"
    wait "$server" || echo "exit status $?"
}

# page FOLDER: files that look like those of the page
page() {
    mkdir "$1"
    printf '<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>overflight</title>\n<link rel="stylesheet" href="page.css">\n</head>\n<body>\n<div id="app"></div>\n<main id="report"></main>\n<script src="page.js"></script>\n</body>\n</html>\n' >"$1/page.html"
    echo 'p { color: red }' >"$1/page.css"
    echo '"use strict";' >"$1/page.js"
    echo 'onmessage = null;' >"$1/worker.js"
    echo '{"style_hash":"sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=","files":[]}' >"$1/page.json"
}
