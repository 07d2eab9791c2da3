# SPDX-License-Identifier: Apache-2.0
"""follow.py WATCH DAYS SERVED TALK FRAMES: looks at what the process WATCH takes until it has heard all that is served;
SERVED and TALK are what the server and it said. Another client writes what is served into FRAMES."""
import re
import socket
import sys
import threading
import time
import urllib.request

WATCH, DAYS = sys.argv[1], int(sys.argv[2])
DAY_S = 86400
BEGIN_S = 1742774400  # 2025-03-24

# From the second day on, when who was heard on the first only is forgotten (after 30 h: the longest stop of a journey and
# the reach of corrections), RSS grew by 0.4 MB. A leak of 16 bytes for each of 270,000 positions a day would make 22 MB
# in the five days until the last, one of 200 for each of 2,000 aircraft that are forgotten a day 2 MB.
MOST_KB = 2000


def said(path, pattern):
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with open(path, encoding="utf-8") as file:
            found = re.search(pattern, file.read())
        if found:
            return int(found[1])
        time.sleep(0.05)
    sys.exit(f"{pattern} was not said")


def write_frames(port, path):
    with socket.create_connection(("127.0.0.1", port)) as connection, open(path, "wb") as file:
        while block := connection.recv(1 << 16):
            file.write(block)


def metrics(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=60) as answer:
        lines = answer.read().decode().splitlines()
    return {name: int(value) for name, value in (line.rsplit(" ", 1) for line in lines if line[0] != "#")}


def rss_kb():
    with open(f"/proc/{WATCH}/status", encoding="ascii") as file:
        return int(re.search(r"^VmRSS:\s*(\d+)", file.read(), re.M)[1])


def look(port):
    """The day of the stream's time and what is taken in it, noted."""
    told = metrics(port)
    day = (told.get("overflight_stream_time_seconds", BEGIN_S) - BEGIN_S) // DAY_S
    if day < DAYS:  # flights that began on the last day end later
        most_kb[day] = max(most_kb[day], rss_kb())
        most_held[day] = max(most_held[day], told.get("overflight_aircraft", 0))
    return told


def is_over():
    with open(sys.argv[4], encoding="utf-8") as file:
        return "closed by the other side" in file.read()


port = said(sys.argv[4], r"metrics at port (\d+)")
writer = threading.Thread(target=write_frames, args=(said(sys.argv[3], r"serving at port (\d+)"), sys.argv[5]))
writer.start()
most_kb, most_held = [0] * DAYS, [0] * DAYS
while not is_over():
    look(port)
    time.sleep(0.2)
writer.join()
time.sleep(2)  # what is told is of each second
last = look(port)
print("days:", len([kb for kb in most_kb if kb]) == DAYS)
grown_kb = max(most_kb[2:], default=0) - most_kb[1]
is_flat = DAYS < 7 or grown_kb <= MOST_KB
print("memory is flat" if is_flat else f"memory grew by {grown_kb} kB: {most_kb}")
# 30 hours of aircraft that come and go, and those that stay.
are_forgotten = max(most_held) < 2 * 2000
print("aircraft are forgotten" if are_forgotten else f"aircraft held: {most_held}")
print("given up for want of room:", last["overflight_fixes_thinned_total"], last["overflight_aircraft_evicted_total"])
print(f"{last['overflight_fixes_total']} positions, RSS by day {most_kb} kB, aircraft {most_held}", file=sys.stderr)
