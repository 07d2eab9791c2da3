# SPDX-License-Identifier: Apache-2.0
"""Input that is meant to exhaust who reads it, and what reading it takes.

    bad_bytes.py bomb GIB          gzip of zeros, 1,000 to 1
    bad_bytes.py blanks MIB        a trace in gzip, all blanks, just below 200 to 1
    bad_bytes.py empty N           a tar of N empty members; a name comes back after 65,536
    bad_bytes.py header NAME SIZE  the header of a tar's member, nothing behind it
    bad_bytes.py rows N            a trace of N fixes, in gzip
    bad_bytes.py takes MB SECONDS COMMAND...
        run it: its exit status, and what it took when that was more memory or CPU time. Its output goes to
        the files said and talk.txt. Sanitizers keep their own books: of them, only the status is told.
"""
import gzip
import os
import random
import subprocess
import sys
import zlib

UNIQUE_NAMES = 1 << 16


def header(name, size):
    block = bytearray(512)
    block[0:len(name)] = name.encode()
    block[100:124] = b"0000644\x000000000\x000000000\0"
    block[124:136] = b"%011o\0" % size if size < 8**11 else b"\x80" + size.to_bytes(11, "big")
    block[136:157] = b"00000000000\0" + b" " * 8 + b"0"
    block[257:265] = b"ustar\x0000"
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def bomb(gib):
    one = gzip.compress(bytes(64 << 20), 9, mtime=0)
    for _ in range(int(gib) * 16):
        yield one


def empty(n):
    n = int(n)
    names = ("traces/%02x/trace_full_f%05x.json" % (i & 255, i) for i in range(UNIQUE_NAMES))
    blocks = b"".join(header(name, 0) for name in names)
    while n > 0:
        yield blocks[:512 * min(n, UNIQUE_NAMES)]
        n -= UNIQUE_NAMES
    yield bytes(1024)


def gzipped(parts):
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    yield packer.compress(b'{"icao":"f10001","timestamp":1751328000,"trace":[')
    for part in parts:
        yield packer.compress(part)
    yield packer.compress(b"]}") + packer.flush()


def blanks(mib):
    draw = random.Random(1)
    part = b"".join(bytes(draw.choices(b" \t\r\n", k=160)) + b" " * 6000 for _ in range(16))
    return gzipped(part for _ in range((int(mib) << 20) // len(part)))


def rows(n):
    n = int(n)
    part = 1000

    def some(first):
        return b",".join(b'[%d.%02d,%.6f,%.6f,35000,400,90,0,0,null,"adsb_icao"]' %
                         (k // 25, k % 25 * 4, 46.5 + k * 1e-6, 5 + k * 4e-5)
                         for k in range(first, min(n, first + part)))

    return gzipped((b"," if first else b"") + some(first) for first in range(0, n, part))


def takes(mb, seconds, *command):
    with open("said", "wb") as said, open("talk.txt", "wb") as talk:
        process = subprocess.Popen(command, stdout=said, stderr=talk)
        _, status, usage = os.wait4(process.pid, 0)
    symbols = subprocess.run(["nm", "-D", os.environ["OVERFLIGHT"]], capture_output=True).stdout
    text = f"exit {os.waitstatus_to_exitcode(status)}"
    if b"__asan_init" not in symbols:
        peak_mb = usage.ru_maxrss >> 10
        cpu_s = usage.ru_utime + usage.ru_stime
        if peak_mb >= int(mb) or cpu_s >= float(seconds):
            text += f", {peak_mb} MB, {cpu_s:.1f} s"
    print(text)


def main():
    make = {"bomb": bomb, "empty": empty, "blanks": blanks, "rows": rows}.get(sys.argv[1])
    if sys.argv[1] == "takes":
        takes(*sys.argv[2:])
    elif sys.argv[1] == "header":
        sys.stdout.buffer.write(header(sys.argv[2], int(sys.argv[3])))
    else:
        for part in make(*sys.argv[2:]):
            sys.stdout.buffer.write(part)


main()
