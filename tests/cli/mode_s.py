#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Frames of Mode S without positions, as lines of AVR with a counter of 12 MHz from 0.

mode_s.py HEX FOR_S STEP_S [ALT_FT]: all-call replies that nobody asked for (ICAO Annex 10 IV, 3.1.2.5.2.2), one each
step from 0 to FOR_S, each but the first behind two altitude replies (3.1.2.6.5) where ALT_FT is given.
"""
import sys

GENERATOR = 0x1FFF409


def parity(data):
    """Remainder of the bits of data, with 24 zeros behind, by the generator."""
    value = int.from_bytes(data, "big") << 24
    for bit in range(value.bit_length() - 1, 23, -1):
        if value >> bit & 1:
            value ^= GENERATOR << (bit - 24)
    return value


def all_call(address):
    data = bytes([11 << 3 | 5]) + address.to_bytes(3, "big")
    return data + parity(data).to_bytes(3, "big")


def altitude_reply(address, alt_ft):
    steps = (alt_ft + 1000) // 25
    code = (steps >> 5) << 7 | (steps >> 4 & 1) << 5 | 1 << 4 | steps & 15  # M 0, Q 1
    data = bytes([4 << 3, 0, code >> 8, code & 255])
    return data + (parity(data) ^ address).to_bytes(3, "big")


def line(t_s, frame):
    return f"@{round(t_s * 12e6):012X}{frame.hex().upper()};"


def main():
    address = int(sys.argv[1], 16)
    last, step = int(sys.argv[2]), int(sys.argv[3])
    for t_s in range(0, last + 1, step):
        if t_s > 0 and len(sys.argv) > 4:
            print(line(t_s - 0.2, altitude_reply(address, int(sys.argv[4]))))
            print(line(t_s - 0.1, altitude_reply(address, int(sys.argv[4]))))
        print(line(t_s, all_call(address)))


main()
