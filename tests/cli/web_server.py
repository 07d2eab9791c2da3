# SPDX-License-Identifier: Apache-2.0
"""web_server.py PORT_FILE LOG FOLDER: a server on loopback whose document /aircraft.json is FOLDER/1.json, then
2.json ... each served once and then, to who has its ETag, as not changed; between 2 and 3 it says once that it is
overloaded. Behind the last document it ends. LOG tells what was asked."""
import http.server
import os
import sys

port_file, log_file, folder = sys.argv[1:]
state = {"number": 1, "has_failed": False, "n_same": 0}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, body=b"", etag=None):
        with open(log_file, "a") as log:
            log.write(f'{self.path} {self.headers.get("If-None-Match", "-")} {status}\n')
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if etag is not None:
            self.send_header("ETag", etag)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        number = state["number"]
        etag = f'"{number}"'
        if number == 3 and not state["has_failed"]:
            state["has_failed"] = True
            self.answer(503)
            return
        path = os.path.join(folder, f"{number}.json")
        if self.headers.get("If-None-Match") == f'"{number - 1}"' and state["n_same"] < number - 1:
            state["n_same"] += 1
            self.answer(304)
            return
        if not os.path.exists(path):
            self.answer(404)
            state["is_over"] = True
            self.close_connection = True
            return
        with open(path, "rb") as file:
            self.answer(200, file.read(), etag)
        state["number"] += 1

    def log_message(self, *arguments):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
with open(port_file + ".part", "w") as out:
    out.write(str(server.server_port))
os.rename(port_file + ".part", port_file)
while not state.get("is_over"):
    server.handle_request()
