#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""collect.py FRAMES.beast BEGIN SINCE UNTIL ID ONE OTHER: the stream of a program that collects receivers, as readsb's
--net-receiver-id writes it: 1A E3 and eight bytes, escaped like all, before a frame of another receiver than the one
before. Stamps are the time of day of GPS: 18 bits of seconds, 30 of nanoseconds; BEGIN is that of the first frame, whose
12 MHz counter is at a second. Frames from SINCE to UNTIL (seconds of the day) are written; what came from 9:00 to 9:10 is ONE's
and OTHER's by turns, all else ID's.
"""
import sys

BY_TURNS = (32400, 33000)


def frames(data):
    """The type and the body of each frame."""
    at = 0
    while at < len(data):
        kind, body = data[at + 1], bytearray()
        at += 2
        while len(body) < {0x32: 14, 0x33: 21}[kind]:
            body.append(data[at])
            at += 2 if data[at] == 0x1A else 1
        yield kind, body


def escaped(kind, body):
    return bytes([0x1A, kind]) + bytes(body).replace(b"\x1a", b"\x1a\x1a")


def main():
    path, *numbers = sys.argv[1:5]
    ids = sys.argv[5:]
    begin, since, until = map(float, numbers)
    last = None
    for n, (kind, body) in enumerate(frames(open(path, "rb").read())):
        ns = round(begin * 1e9) + (int.from_bytes(body[:6], "big") - 12_000_000) * 1000 // 12
        if not since <= ns / 1e9 < until:
            continue
        body[:6] = (ns // 10**9 << 30 | ns % 10**9).to_bytes(6, "big")
        who = ids[1 + n % 2] if BY_TURNS[0] <= ns / 1e9 < BY_TURNS[1] else ids[0]
        if who != last:
            sys.stdout.buffer.write(escaped(0xE3, bytes.fromhex(who.replace("-", ""))))
            last = who
        sys.stdout.buffer.write(escaped(kind, body))


main()
