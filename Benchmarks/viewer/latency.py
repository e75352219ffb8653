#!/usr/bin/env python3
"""Times the viewer on a pseudo-terminal: start to first image, and key to complete frame.

    latency.py BLITZ [FILES]

Makes a folder of FILES (2000) 8-bit PNG of 640x480 by linking 16 different ones, opens it at 200x60
cells, and answers the terminal's status requests at once, as a local terminal does: a frame is
complete when the request behind it arrives. Needs only Python's standard library.
"""

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
import zlib

ROWS, COLUMNS = 60, 200
REQUEST = b"\x1b[5n"


def png(seed):
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    lines = bytearray()
    for y in range(480):
        lines.append(0)
        lines += bytes((x * (seed + 3) // 7 + y * 2 + seed * 11) & 255 for x in range(640))
    header = struct.pack(">IIBBBBB", 640, 480, 8, 0, 0, 0, 0)
    data = zlib.compress(bytes(lines), 6)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def make_folder(parent, count):
    folder = os.path.join(parent, "shot")
    os.mkdir(folder)
    for number in range(16):
        with open(os.path.join(parent, f"{number}.png"), "wb") as file:
            file.write(png(number))
    for number in range(count):
        os.link(os.path.join(parent, f"{number % 16}.png"), os.path.join(folder, f"f{number}.png"))
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


def main():
    blitz = os.path.abspath(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    with tempfile.TemporaryDirectory() as parent:
        folder = make_folder(parent, count)
        starts = []
        for _ in range(8):
            begin = time.perf_counter()
            pid, tty = launch(blitz, folder)
            starts.append(read_until(tty, has_image) - begin)
            quit_viewer(pid, tty)
        starts = sorted(starts[1:])
        print(f"{count} files: exec to first image cells, ms: "
              f"median {1e3 * statistics.median(starts):.0f}, worst {1e3 * starts[-1]:.0f}")
        pid, tty = launch(blitz, folder)
        read_until(tty, has_image)
        drain(tty, 1 + count / 500)
        keys = []
        for _ in range(300):
            time.sleep(0.02)
            begin = time.perf_counter()
            os.write(tty, b".")
            keys.append(read_until(tty, lambda seen: REQUEST in seen) - begin)
        quit_viewer(pid, tty)
        keys.sort()
        print(f"key to complete frame at {COLUMNS}x{ROWS}, ms: median "
              f"{1e3 * statistics.median(keys):.1f}, p99 {1e3 * keys[296]:.1f}, "
              f"worst {1e3 * keys[-1]:.1f}")


if __name__ == "__main__":
    main()
