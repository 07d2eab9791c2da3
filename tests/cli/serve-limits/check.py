# SPDX-License-Identifier: Apache-2.0
"""check.py PORT: of a server with --limit-sse 12 --limit-sse-per-address 10 --limit-rate 30"""
import http.client
import os
import sys
import time

sys.path.insert(0, os.path.join(os.environ["OVF_SOURCE"], "tests/cli"))
from serve_client import LIMIT_S, ask, connect  # noqa: E402

PORT = int(sys.argv[1])
SSE, PER_ADDRESS, RATE = 12, 10, 30


def listen(source):
    """(the stream, its status); refused or not, it stays open."""
    stream = connect(PORT, source)
    stream.sendall(b"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
    response = http.client.HTTPResponse(stream)
    response.begin()
    return stream, response.status


def streams():
    """More than the defaults let in of one address (8), up to both limits, and one beyond each."""
    one = [listen("127.0.0.1") for _ in range(PER_ADDRESS + 1)]
    print("of one address:", *(status for _, status in one))
    other = [listen("127.0.0.2") for _ in range(SSE - PER_ADDRESS + 1)]
    print("of another:", *(status for _, status in other))
    one[0][0].close()
    until = time.monotonic() + LIMIT_S
    while listen("127.0.0.2")[1] != 200 and time.monotonic() < until:
        time.sleep(0.1)  # its place is free when the server has seen that it went
    print("who goes makes room:", time.monotonic() < until)


def requests():
    """Twice the rate may come at once, and what has come due meanwhile."""
    begin, n, status = time.monotonic(), -1, 200
    while status == 200 and n < 100 * RATE:
        status, n = ask(PORT, "/api/v1/index", source="127.0.0.3")[0], n + 1
    due = 2 * RATE + RATE * (time.monotonic() - begin)
    print("at once:", 2 * RATE <= n <= due or (n, due), "then:", status)


requests()
streams()
