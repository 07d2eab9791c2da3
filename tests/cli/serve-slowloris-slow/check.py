# SPDX-License-Identifier: Apache-2.0
"""check.py PORT"""
import os
import resource
import sys
import time

sys.path.insert(0, os.path.join(os.environ["OVF_SOURCE"], "tests/cli"))
from serve_client import connect, document  # noqa: E402

PORT = int(sys.argv[1])
N = 2000
REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"y" * 100


def is_open(stream, byte):
    """Whether it takes one more byte, and has not ended."""
    try:
        stream.send(byte)
        stream.setblocking(False)
        return stream.recv(1) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


_, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, N + 100), hard))
began = time.monotonic()
streams = [connect(PORT, "127.0.0.2") for _ in range(N)]
left, slowest, most, shut_s = streams, 0.0, 0, None
for i in range(14):
    left = [stream for stream in left if is_open(stream, REQUEST[i:i + 1])]
    most = max(most, len(left)) if i > 0 else 0
    if not left and shut_s is None:
        shut_s = time.monotonic() - began
    asked = time.monotonic()
    status, _ = document(PORT, "index")
    slowest = max(slowest, time.monotonic() - asked)
    if status != 200:
        print("others are answered", status)
    time.sleep(max(0.0, began + i + 1 - time.monotonic()))
print("taken:", most)
print("shut between 9 and 13 s:", shut_s is not None and 9 < shut_s < 13)
print("others waited less than a second:", slowest < 1)
