# SPDX-License-Identifier: Apache-2.0
"""The benchmarks of tools/bench in which frames come over loopback TCP: what a watch takes of CPU, time and memory.

What is measured of a process begins when it is connected and ends when it has read everything, by its own CPU
clock (clock_getcpuclockid): neither its start nor its end is part of it."""
import ctypes
import json
import os
import re
import resource
import signal
import socket
import statistics
import subprocess
import threading
import time
import urllib.request

PIECE = 1200  # bytes that are sent at a time: about what dump1090 and readsb gather before they send
LIMIT_BYTES = 256 << 20
DUMP1090 = "dump1090-mutability"

ABOUT = """
- **Frames** (`bench/live.py`, `bench/bench_frames.c`, `bench/bench_state.c`, `bench/peer_receive.c`): made traffic as Beast over loopback
  TCP, in pieces of 1,200 bytes. *To tracked state* is what dump1090 does: framing, parity, fields, positions, what is known of each aircraft;
  `bench_state` reads as a watch does and keeps the decoder's state. *The whole of `watch`* (`--airspace CH`) also packs and keeps every fix and
  looks for boundaries. Start and end are not counted. dump1090-mutability gets the same 200 aircraft, which hardly move, so that it believes
  them at any speed.
- **To a receive-only loop**: it reads into the same 64 KiB and does nothing. *At once* a read gets 64 KiB, and three times what that takes is less
  than parity and the look-up of one among 10,000 aircraft: it is shown, and not held to a target. *In real time*, at 40,000 messages a second,
  a read gets what was sent at once, as from a receiver, and every program wakes up for it: this is held to the target.
- **Frame to alert**: 10,000 aircraft and every border, in real time, with room for their positions (`--memory 400`). The time of an alert, `told`, is that of the frame that let the decision go:
  the reorder window of 5 s lies before it. What is measured is from when that frame was given to the kernel until the line was read from the pipe, sender, watch and reader
  before other programs of the machine where that is permitted (SCHED_RR).
- **Hobbyist**: `watch --airspace all` in real time with an address space of 256 MB at the most (RLIMIT_AS). RSS counts the pages of the map that were touched, which other
  programs share and the system may take back; without them it is the second figure.
- **Crowd**: 210,000 aircraft, one after the other, with room for 200,000: those that went are counted in `/metrics`.
- **decode**: both print every message; to /dev/null.
"""


def cpu_s(pid):
    """Up to now, while it runs too: /proc/PID/schedstat is as old as the scheduler's last look at the process."""
    clock = ctypes.c_int()
    error = ctypes.CDLL(None).clock_getcpuclockid(pid, ctypes.byref(clock))
    if error:
        raise OSError(error, os.strerror(error))
    return time.clock_gettime(clock.value)


def status_mb(pid, key):
    with open(f"/proc/{pid}/status") as file:
        return int(re.search(rf"^{key}:\s*(\d+) kB", file.read(), re.M).group(1)) * 1024 / 1e6


def hurry_up(is_hurried):
    """Before other programs, where that is permitted: what a machine does beside it is not measured. A nice value does
    not do it, for it counts among the programs of one session only (autogroup)."""
    policy = os.SCHED_RR if is_hurried else os.SCHED_OTHER
    try:
        os.sched_setscheduler(0, policy, os.sched_param(1 if is_hurried else 0))
    except PermissionError:
        pass


class Listener:
    """A process that frames are sent to: it connects to a port of ours, or we to one of its."""

    def __init__(self, command, cpus, port=None, limit_bytes=None, stdout=subprocess.DEVNULL, is_hurried=False):
        def prepare():
            os.sched_setaffinity(0, cpus)
            hurry_up(is_hurried)
            if limit_bytes:
                resource.setrlimit(resource.RLIMIT_AS, (limit_bytes, limit_bytes))

        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(20)
            ours = server.getsockname()[1]
            self.process = subprocess.Popen(
                [str(part).replace("PORT", str(port or ours)) for part in command], stdout=stdout,
                stderr=subprocess.PIPE, preexec_fn=prepare)
            self.pid = self.process.pid
            self.connection = self.connect(port) if port else server.accept()[0]
        time.sleep(0.2)

    @staticmethod
    def connect(port):
        for _ in range(200):
            try:
                return socket.create_connection(("127.0.0.1", port))
            except OSError:
                time.sleep(0.05)
        raise OSError("nobody listens")

    def send(self, data, span_s=0):
        """As fast as it is taken; or evenly over span_s, each piece at its time."""
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, span_s > 0)
        begin = time.monotonic()
        for at in range(0, len(data), PIECE):
            wait = begin + span_s * at / len(data) - time.monotonic() if span_s else 0
            if wait > 0:
                time.sleep(wait)
            self.connection.sendall(data[at:at + PIECE])

    def drain(self):
        """Until it has read everything and closed."""
        self.connection.shutdown(socket.SHUT_WR)
        try:
            while self.connection.recv(65536):
                pass
        except OSError:
            pass

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stderr.close()
        self.connection.close()


def cost_s(listener, data, n, span_s=0):
    """CPU time that each of the n messages of data costs it, sent as of Listener.send."""
    before = cpu_s(listener.pid)
    listener.send(data, span_s)
    listener.drain()
    after = cpu_s(listener.pid)
    said = []
    if listener.process.stdout:
        with listener.process.stdout as told:
            said = told.readline().split()
    listener.kill()
    if said and int(said[1]) != n:
        raise OSError(f"{said[1].decode()} messages came of {n}")
    return (after - before) / n


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Live:
    def __init__(self, bench):
        self.bench = bench
        self.report = bench.report
        self.small = bench.options.check
        self.quick = bench.options.quick

    def stream(self, *numbers, index=None):
        """Frames of bench_frames: their bytes, their number, when they begin."""
        with subprocess.Popen(
                [self.bench.program("bench_frames"), *map(str, numbers), *([str(index)] if index else [])],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE) as made:
            said = []
            reader = threading.Thread(target=lambda: said.append(made.stderr.read().decode()))
            reader.start()
            data = made.stdout.read()
            reader.join()
        found = re.search(r"frames (\d+) start (\S+)", said[0])
        return data, int(found.group(1)), found.group(2)

    def watch(self, *more):
        return [self.bench.program("overflight"), "watch", "--pack", self.bench.pack, *more]

    def ours(self, start, *more):
        return Listener(self.watch("--airspace", "CH", "--start", start, *more, "beast://127.0.0.1:PORT"),
                        self.bench.one)

    def state(self, start):
        return Listener([self.bench.program("bench_state"), "PORT", start], self.bench.one,
                        stdout=subprocess.PIPE)

    def dump1090(self):
        return Listener([DUMP1090, "--net-only", "--quiet", "--net-bind-address", "127.0.0.1",
                         "--net-ri-port", "0", "--net-ro-port", "0", "--net-sbs-port", "0",
                         "--net-bo-port", "0", "--net-bi-port", "PORT"], self.bench.one, free_port())

    def has_dump1090(self):
        from shutil import which
        if which(DUMP1090):
            said = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", DUMP1090], capture_output=True,
                                  text=True)
            self.report.versions[DUMP1090] = said.stdout or "?"
            return True
        self.report.skip(DUMP1090)
        return False

    # ---- the benchmarks ----

    def rounds_of(self, programs, cost):
        """By program what it takes, so many rounds, all in turn."""
        costs = {name: [] for name in programs}
        for _ in range(self.bench.rounds):
            for name, start in programs.items():
                costs[name].append(cost(start()))
        return costs

    def frames(self):
        data, n, start = self.stream(200, 2000, 2 if self.small else 150, 5)
        programs = {"state": lambda: self.state(start), "watch": lambda: self.ours(start)}
        if self.has_dump1090():
            programs["dump1090-mutability"] = self.dump1090
        costs = self.rounds_of(programs, lambda listener: cost_s(listener, data, n))
        peer = costs.get("dump1090-mutability")
        if peer:
            self.report.at_least("frames to tracked state, 200 aircraft, dump1090-mutability to overflight",
                                 [a / b for a, b in zip(peer, costs["state"])], 7, peer)
            ratio = statistics.median(a / b for a, b in zip(peer, costs["watch"]))
            self.report.figure("dump1090-mutability to the whole of `watch`, which also keeps fixes and looks for boundaries",
                               f"{ratio:.2f} ×")
        for name, values in costs.items():
            self.report.figure(f"{name}, 200 aircraft, a message", f"{statistics.median(values) * 1e6:.3f} µs")
        self.flooded()
        self.paced()

    def flooded(self):
        """10,000 aircraft as fast as they are read: a read gets all that fits."""
        data, n, start = self.stream(10000, 40000, 2 if self.small else 20, 450)
        costs = self.rounds_of(self.receivers(start), lambda listener: cost_s(listener, data, n))
        self.against_receiving("10,000 aircraft at once", costs, None)
        for name, values in costs.items():
            self.report.figure(f"{name}, 10,000 aircraft at once, a message", f"{statistics.median(values) * 1e6:.3f} µs")

    def paced(self):
        """10,000 aircraft in real time: a read gets what a receiver sends at once."""
        span_s = 1 if self.small else 5
        data, n, start = self.stream(10000, 40000, span_s, 450)
        costs = self.rounds_of(self.receivers(start), lambda listener: cost_s(listener, data, n, span_s))
        self.against_receiving("10,000 aircraft in real time", costs, 3)
        for name, values in costs.items():
            self.report.figure(f"{name}, 10,000 aircraft in real time, 40,000 messages a second",
                               f"{statistics.median(values) * 1e6:.3f} µs a message, "
                               f"{statistics.median(values) * n / span_s:.2%} of a processor")

    def receivers(self, start):
        receive = [self.bench.program("peer_receive"), "PORT"]
        return {"receive-only loop": lambda: Listener(receive, self.bench.one), "state": lambda: self.state(start),
                "watch": lambda: self.ours(start)}

    def against_receiving(self, what, costs, most):
        peer = costs["receive-only loop"]
        for name, words in (("state", "frames to tracked state"), ("watch", "the whole of `watch`")):
            ratios = [a / b for a, b in zip(costs[name], peer)]
            words = f"{words}, {what}, to a receive-only loop"
            if most and name == "state":
                self.report.at_most(words, ratios, most, peer)
            else:
                self.report.figure(words, f"{statistics.median(ratios):.2f} ×")

    def latency(self):
        span_s = 2 if self.small else 20 if self.quick else 60
        rate = 2000 if self.small else 100000
        folder = self.bench.data_folder()
        folder.mkdir(parents=True, exist_ok=True)
        index = folder / "frames.index"
        data, _, start = self.stream(rate // 10, rate, span_s, 450, span_s, index=index)
        ends = [int(line) for line in index.read_text().split()]
        listener = Listener(self.watch("--airspace", "all", "--memory", "400", "--start", start,
                                       "beast://127.0.0.1:PORT"),
                            self.bench.one, stdout=subprocess.PIPE, is_hurried=True)
        hurry_up(True)
        alerts, sent = [], []

        def read():
            for line in listener.process.stdout:
                alerts.append((time.monotonic(), line))

        reader = threading.Thread(target=read)
        reader.start()
        begin = time.monotonic()
        before = cpu_s(listener.pid)
        for i, end in enumerate(ends):
            wait = begin + (i + 1) / 1000 - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            sent.append(time.monotonic())
            listener.connection.sendall(data[ends[i - 1] if i else 0:end])
        listener.drain()
        share = (cpu_s(listener.pid) - before) / (time.monotonic() - begin)
        hurry_up(False)
        listener.kill()
        reader.join()
        begin_ms = milliseconds(start)
        delays = []
        for read_s, line in alerts:
            at = milliseconds(json.loads(line)["told"]) - begin_ms
            delays.append((read_s - sent[min(max(at, 0), len(sent) - 1)]) * 1e3)
        late = max(s - begin - (i + 1) / 1000 for i, s in enumerate(sent)) * 1e3
        if not delays:
            self.report.skip("frame to alert: nothing was told")
            return
        delays.sort()
        value = delays[min(len(delays) - 1, int(len(delays) * 0.99))]
        self.report.target(f"frame to alert, {rate:,} messages a second, 99 of 100", value, f"{value:.1f} ms",
                           "≤ 5 ms", value <= 5)
        self.report.figure("frame to alert, half of them", f"{statistics.median(delays):.1f} ms; the slowest of {len(delays)} {delays[-1]:.1f} ms")
        self.report.figure("frame to alert: of a processor; the sender was late by at the most",
                           f"{share:.0%}; {late:.0f} ms")

    def hobby(self):
        span_s = 1 if self.small else 20 if self.quick else 60
        data, _, _ = self.stream(300, 2000, span_s, 450)
        listener = Listener(self.watch("--airspace", "all", "beast://127.0.0.1:PORT"), self.bench.one,
                            limit_bytes=LIMIT_BYTES)
        n_steps = span_s * 10
        begin, before = time.monotonic(), cpu_s(listener.pid)
        for i in range(n_steps):
            time.sleep(max(0, begin + i / 10 - time.monotonic()))
            listener.send(data[len(data) * i // n_steps:len(data) * (i + 1) // n_steps])
        time.sleep(1)
        share = (cpu_s(listener.pid) - before) / (time.monotonic() - begin)
        rss = status_mb(listener.pid, "VmHWM")
        anon = status_mb(listener.pid, "RssAnon")
        listener.kill()
        self.report.target("hobbyist's scale, within 256 MB: peak RSS", rss, f"{rss:.0f} MB, {anon:.0f} MB its own",
                           "≤ 120 MB", rss <= 120)
        self.report.target("hobbyist's scale: of one processor", share, f"{share:.1%}", "≤ 5 %", share <= 0.05)

    def crowd(self):
        n = 2100 if self.small else 210000
        room = 2000 if self.small else 200000
        data, _, start = self.stream(n, n // 20, 200, 450, 10)
        listener = self.ours(start, "--memory", "300", "--max-aircraft", room, "--metrics", "127.0.0.1:0")
        listener.send(data)
        listener.drain()
        time.sleep(2.5)  # a second after the last ones, when the watch wakes: once a second
        port = None
        while port is None:
            line = listener.process.stderr.readline().decode()
            found = re.match(r"metrics at port (\d+)", line)
            port = found.group(1) if found else None
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
            metrics = dict(line.rsplit(" ", 1) for line in answer.read().decode().splitlines() if line[0] != "#")
        peak = status_mb(listener.pid, "VmHWM")
        listener.kill()
        held = int(metrics["overflight_aircraft"])
        gone = int(metrics["overflight_aircraft_evicted_total"])
        self.report.target(f"{room:,} aircraft: peak RSS", peak, f"{peak:.0f} MB, {held:,} held, {gone:,} gone",
                           "≤ 512 MB, the rest counted", peak <= 512 and held == room and gone >= n - room)

    def decode(self):
        data, n, _ = self.stream(200, 2000, 2 if self.small else 100, 5)
        path = self.bench.data_folder() / "frames.beast"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        has_peer = self.has_dump1090()
        ours, peer = [], []
        for _ in range(self.bench.rounds):
            ours.append(self.bench.run([self.bench.program("overflight"), "decode", path], self.bench.one).cpu_s / n)
            if has_peer:
                loud = Listener([DUMP1090, "--net-only", "--net-bind-address", "127.0.0.1", "--net-ri-port", "0",
                                 "--net-ro-port", "0", "--net-sbs-port", "0", "--net-bo-port", "0",
                                 "--net-bi-port", "PORT"], self.bench.one, free_port())
                peer.append(cost_s(loud, data, n))
        if has_peer:
            ratio = statistics.median(a / b for a, b in zip(peer, ours))
            self.report.figure("decode, every message printed, dump1090-mutability to overflight", f"{ratio:.1f} ×")
        self.report.figure("decode", f"{1 / statistics.median(ours):,.0f} messages/s")


def milliseconds(text):
    """Since the day began, of a time in UTC."""
    hours, minutes, seconds = re.search(r"T(\d+):(\d+):([\d.]+)", text).groups()
    return int((int(hours) * 3600 + int(minutes) * 60) * 1000 + float(seconds) * 1000)
