# SPDX-License-Identifier: Apache-2.0
"""check.py PORT SERVER: file 3 is the feed."""
import os
import re
import resource
import sys
import time

sys.path.insert(0, os.path.join(os.environ["OVF_SOURCE"], "tests/cli"))
from serve_client import connect, document, events  # noqa: E402

PORT = int(sys.argv[1])
N = 1000


def memory_mb():
    with open(f"/proc/{sys.argv[2]}/status", encoding="ascii") as file:
        return int(re.search(r"VmRSS:\s*(\d+)", file.read())[1]) // 1024


_, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, N + 100), hard))
before = memory_mb()
streams = [connect(PORT) for _ in range(N)]
for stream in streams:
    stream.sendall(b"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
    if stream.recv(12) != b"HTTP/1.1 200":
        print("not taken")
with connect(PORT) as stream:
    stream.sendall(b"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
    print("one more:", stream.recv(12).decode())
rows = [f"{1751412600 + 10 * i},f1{k:04d},SIM{k},46.5,{5 + 0.02 * i:.2f},35000"
        for i in range(100) for k in range(1, 21)]
os.write(3, "".join(row + "\n" for row in rows).encode())
streams.pop().close()
told, until = [], time.monotonic() + 30
while not told and time.monotonic() < until:  # until the place of the one who left is free
    told = events(PORT, 40)
print("told:", len(told))
asked = time.monotonic()
print("answered:", document(PORT, "index")[0], time.monotonic() - asked < 1)
print("memory is bounded:", memory_mb() - before < 150)
