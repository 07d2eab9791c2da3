# SPDX-License-Identifier: Apache-2.0
"""Clients of `overflight serve`: one that speaks HTTP, one that sends bytes as they stand."""
import http.client
import json
import socket
import time

LIMIT_S = 30


def ask(port, target, method="GET", headers=None, source="127.0.0.1"):
    """(status, headers, body) of one request on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT_S, source_address=(source, 0))
    connection.request(method, target, headers={"Host": "localhost", **(headers or {})})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.headers, body


def document(port, target, **more):
    status, _, body = ask(port, "/api/v1/" + target, **more)
    return status, json.loads(body)


def connect(port, source="127.0.0.1"):
    return socket.create_connection(("127.0.0.1", port), timeout=LIMIT_S, source_address=(source, 0))


def raw(port, data, source="127.0.0.1", wait_s=LIMIT_S):
    """All that is answered to these bytes until the server closes or nothing comes for a while."""
    got = b""
    with connect(port, source) as stream:
        stream.settimeout(wait_s)
        try:
            stream.sendall(data)
            while part := stream.recv(65536):
                got += part
        except (OSError, TimeoutError):
            pass
    return got


def events(port, n, headers="", source="127.0.0.1", limit_s=LIMIT_S):
    """The first n alerts that are told, as (id, object); none where the stream is refused."""
    got, seen, until = b"", [], time.monotonic() + limit_s
    with connect(port, source) as stream:
        stream.settimeout(limit_s)
        stream.sendall(f"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n".encode())
        response = http.client.HTTPResponse(stream)  # it takes the chunks apart
        response.begin()
        while response.status == 200 and len(seen) < n and time.monotonic() < until:
            try:
                part = response.read1(65536)
            except (OSError, TimeoutError, http.client.IncompleteRead):
                break
            if not part:
                break
            got += part
            lines = got.split(b"\n")[:-1]
            ids = [line[4:].decode() for line in lines if line.startswith(b"id: ")]
            data = [line[6:] for line in lines if line.startswith(b"data: {\"type\":\"alert\"")]
            seen = list(zip(ids, map(json.loads, data)))
    return seen
