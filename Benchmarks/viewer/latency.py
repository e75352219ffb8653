#!/usr/bin/env python3
"""Times the viewer on a pseudo-terminal: start to first image, and key to complete frame.

    latency.py BLITZ [FILES] [--panes]

Makes folders of FILES (2000) 8-bit PNG of 640x480 by linking 16 different ones, opens them at 200x60
cells, and answers the terminal's status requests at once, as a local terminal does: a frame is
complete when the request behind it arrives. Two recordings are scrubbed: a glow that drifts over a
noisy background, and the worst case, ramps of which every pixel changes from frame to frame. Beside
each key a bare process writes as many bytes through the same kind of pseudo-terminal: what the
machine needs for the transfer alone. With --panes a region's trace, both profiles and the histogram are open
while the keys are timed. Needs only Python's standard library.
"""

import argparse
import fcntl
import os
import pty
import select
import statistics
import struct
import sys
import tempfile
import termios
import time
import tty as terminal
import zlib

ROWS, COLUMNS = 60, 200
REQUEST = b"\x1b[5n"


def ramp(seed, x, y):
    return (x * (seed + 3) // 7 + y * 2 + seed * 11) & 255


def glow(seed, x, y):
    dx, dy = x - 250 - 9 * seed, y - 240 - 2 * seed
    noise = ((x * 7919 + y * 104729 + seed * 1299709) * 2654435761 >> 7) % 5
    return 20 + noise + 40000 // (200 + dx * dx + dy * dy)


def png(seed, pixel):
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    lines = bytearray()
    for y in range(480):
        lines.append(0)
        lines += bytes(pixel(seed, x, y) for x in range(640))
    header = struct.pack(">IIBBBBB", 640, 480, 8, 0, 0, 0, 0)
    data = zlib.compress(bytes(lines), 6)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def make_folder(parent, pixel, count):
    sources = os.path.join(parent, pixel.__name__)
    folder = os.path.join(parent, "recording-" + pixel.__name__)
    os.mkdir(sources)
    os.mkdir(folder)
    for number in range(16):
        with open(os.path.join(sources, f"{number}.png"), "wb") as file:
            file.write(png(number, pixel))
    for number in range(count):
        os.link(os.path.join(sources, f"{number % 16}.png"), os.path.join(folder, f"f{number}.png"))
    return folder


def launch(blitz, folder):
    pid, tty = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", LC_ALL="C.UTF-8")
        os.execv(blitz, [blitz, folder])
    fcntl.ioctl(tty, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    return pid, tty


def answer(tty, seen, answered):
    """Answers the status requests in `seen` beyond the first `answered`; how many there are now."""
    requests = seen.count(REQUEST)
    for _ in range(requests - answered):
        os.write(tty, b"\x1b[0n")
    return requests


def read_until(tty, wanted, seconds=10):
    """Reads, answering status requests, until `wanted` says so; the moment of that."""
    seen, answered, end = b"", 0, time.perf_counter() + seconds
    while time.perf_counter() < end:
        if not select.select([tty], [], [], 0.5)[0]:
            continue
        seen += os.read(tty, 1 << 16)
        now = time.perf_counter()
        answered = answer(tty, seen, answered)
        if wanted(seen):
            return now
    sys.exit("the viewer did not answer")


def time_key(tty):
    """Presses a key; seconds until the status request behind the frame, and the bytes up to it."""
    begin, count, tail = time.perf_counter(), 0, b""
    os.write(tty, b".")
    while REQUEST not in tail:
        if not select.select([tty], [], [], 10)[0]:
            sys.exit("the viewer did not answer")
        chunk = os.read(tty, 1 << 16)
        count += len(chunk)
        tail = tail[-len(REQUEST):] + chunk
    end = time.perf_counter()
    os.write(tty, b"\x1b[0n")
    return end - begin, count


def echo_bytes():
    """Answers each byte with as many bytes as the eight digits after it say, ending in a request."""
    while True:
        asked = os.read(0, 1)
        if asked != b".":
            os._exit(0)
        count = int(os.read(0, 8))
        data = memoryview(b"x" * (count - len(REQUEST)) + REQUEST)
        while data:
            data = data[os.write(1, data[:32768]):]


def launch_bare():
    pid, tty = pty.fork()
    if pid == 0:
        terminal.setraw(0)
        echo_bytes()
    time.sleep(0.3)
    return pid, tty


def time_bare(tty, count):
    """Seconds until `count` bytes came through a pseudo-terminal from a process that only writes."""
    begin, tail = time.perf_counter(), b""
    os.write(tty, b".%08d" % count)
    while REQUEST not in tail:
        tail = tail[-len(REQUEST):] + os.read(tty, 1 << 16)
    return time.perf_counter() - begin


def has_image(seen):
    return b"\x1b[38;2;" in seen and ("▀".encode() in seen or "▄".encode() in seen)


def drain(tty, seconds):
    seen, answered, end = b"", 0, time.perf_counter() + seconds
    while time.perf_counter() < end:
        if select.select([tty], [], [], 0.05)[0]:
            seen += os.read(tty, 1 << 16)
            answered = answer(tty, seen, answered)


def quit_viewer(pid, tty):
    os.write(tty, b"q")
    try:
        drain(tty, 0.3)
    except OSError:
        pass
    os.close(tty)
    os.waitpid(pid, 0)


def line(name, seconds):
    ordered = sorted(seconds)
    return (f"{name}, ms: median {1e3 * statistics.median(ordered):.1f}, "
            f"p99 {1e3 * ordered[int(0.99 * (len(ordered) - 1))]:.1f}, worst {1e3 * ordered[-1]:.1f}")


def time_starts(blitz, folder, count):
    starts = []
    for _ in range(8):
        begin = time.perf_counter()
        pid, tty = launch(blitz, folder)
        starts.append(read_until(tty, has_image) - begin)
        quit_viewer(pid, tty)
    starts = sorted(starts[1:])
    print(f"{count} files: exec to first image cells, ms: median "
          f"{1e3 * statistics.median(starts):.0f}, worst {1e3 * starts[-1]:.0f}")


def open_panes(tty):
    """Keeps a region, leaves the crosshair's tool again, and opens every pane of numbers."""
    os.write(tty, b"r\rTc\rH")
    drain(tty, 3)


def time_keys(blitz, folder, name, count, panes):
    pid, tty = launch(blitz, folder)
    read_until(tty, has_image)
    drain(tty, 1 + count / 500)
    if panes:
        open_panes(tty)
    bare_pid, bare_tty = launch_bare()
    keys, bare, sizes = [], [], []
    # Every key must lead to another frame.
    for _ in range(min(300, count - 10)):
        drain(tty, 0.03)
        seconds, size = time_key(tty)
        keys.append(seconds)
        sizes.append(size)
        bare.append(time_bare(bare_tty, size))
    quit_viewer(pid, tty)
    os.write(bare_tty, b"q")
    os.waitpid(bare_pid, 0)
    print(f"{name}, {COLUMNS}x{ROWS} cells, {statistics.median(sizes) / 1e3:.0f} kB a frame")
    print(line("  key to complete frame", keys))
    print(line("  the same bytes, bare", bare))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("blitz", type=os.path.abspath)
    options.add_argument("files", type=int, nargs="?", default=2000)
    options.add_argument("--panes", action="store_true")
    given = options.parse_args()
    blitz, count, panes = given.blitz, given.files, given.panes
    with tempfile.TemporaryDirectory() as parent:
        glows = make_folder(parent, glow, count)
        time_starts(blitz, glows, count)
        time_keys(blitz, glows, "glow over noise", count, panes)
        time_keys(blitz, make_folder(parent, ramp, count), "every pixel changes", count, panes)


if __name__ == "__main__":
    main()
