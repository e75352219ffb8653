#!/usr/bin/env python3
"""Times the viewer over lines that are slow and late, beside what people use today.

    remote.py BLITZ CLIP... [--rates 50,1000] [--delays 0,100,300] [--seconds 3]

A line carries so many kB a second out of the pseudo-terminal and delays keys, output and the
terminal's answers by half a round trip each; nothing is queued on it but what the kernel holds. At
160x48 cells, for every clip and line, as seen at the far end:

- first: start to the first image cells, and until the image is exact (silence follows);
- key: a key until the frame it asks for is complete in rough form, and until it is exact, with the
  bytes of both;
- play: draws, of which a frame takes one and what it left out may take another, beside the frames that
  were due; their bytes; and how long the answer to a key takes then.

Below each clip timg, chafa and mpv, where installed, play as many frames of it over the same line
without delay: the seconds that they take and their bytes a frame. Needs only Python's standard
library; Benchmarks/peers/terminal/clips.py makes the clips.
"""

import argparse
import collections
import fcntl
import os
import pty
import select
import shutil
import signal
import struct
import sys
import termios
import time

ROWS, COLUMNS = 48, 160
REQUEST, ANSWER = b"\x1b[5n", b"\x1b[0n"
QUIET = 1.0


class Line:
    """A program at the far end of a line."""

    def __init__(self, arguments, rate, delay):
        self.rate, self.half = rate, delay / 2
        self.pid, self.tty = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", LC_ALL="C.UTF-8",
                              SSH_CONNECTION="192.0.2.1 1 192.0.2.2 22")
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execvp(arguments[0], arguments)
        self.credit, self.last = 0.0, time.perf_counter()
        self.coming, self.going = collections.deque(), collections.deque()
        self.tail, self.bytes, self.bursts, self.ended = b"", 0, 0, False

    def type(self, data):
        self.going.append((time.perf_counter() + self.half, data))

    def step(self):
        """Carries what is due; what arrived at the far end by now."""
        now = time.perf_counter()
        # A line holds nothing back: what it did not carry is lost to it.
        most = max(self.rate / 20, 64)
        self.credit = min(self.credit + (now - self.last) * self.rate, most)
        self.last = now
        if not self.ended and self.credit >= 1 and select.select([self.tty], [], [], 0.002)[0]:
            try:
                chunk = os.read(self.tty, int(self.credit))
            except OSError:
                chunk = b""
            self.ended = not chunk
            self.credit -= len(chunk)
            self.coming.append((time.perf_counter() + self.half, chunk))
        else:
            time.sleep(0.001)
        while self.going and self.going[0][0] <= time.perf_counter():
            os.write(self.tty, self.going.popleft()[1])
        return self._arrive()

    def _arrive(self):
        arrived = b""
        while self.coming and self.coming[0][0] <= time.perf_counter():
            arrived += self.coming.popleft()[1]
        self.bytes += len(arrived)
        seen = self.tail + arrived
        for _ in range(seen.count(REQUEST)):
            self.bursts += 1
            self.type(ANSWER)
        self.tail = seen[-len(REQUEST) + 1:]
        return arrived

    def settle(self, quiet=QUIET, most=120):
        """Waits for silence; the moment of the last byte before it."""
        last = time.perf_counter()
        end = last + most
        while time.perf_counter() < min(end, last + quiet + 2 * self.half):
            if self.step():
                last = time.perf_counter()
        return last

    def until_burst(self, most=60):
        """Waits until one more burst is complete; the moment of that."""
        wanted, end = self.bursts + 1, time.perf_counter() + most
        while self.bursts < wanted and time.perf_counter() < end:
            self.step()
        return time.perf_counter()

    def close(self):
        try:
            os.kill(self.pid, signal.SIGTERM)
        except ProcessLookupError:
            pass
        end = time.perf_counter() + 3
        while time.perf_counter() < end and os.waitpid(self.pid, os.WNOHANG)[0] == 0:
            try:
                if select.select([self.tty], [], [], 0.01)[0]:
                    os.read(self.tty, 1 << 16)
            except OSError:
                pass
        os.close(self.tty)


def first_image(line, begin):
    seen = b""
    while b"\xe2\x96" not in seen and time.perf_counter() < begin + 60:
        seen = (seen + line.step())[-1 << 16:]
    return time.perf_counter() - begin


def time_key(line):
    """Rough and exact time, and the bytes of both, of one key."""
    line.settle()
    begin, before = time.perf_counter(), line.bytes
    line.type(b".")
    rough = line.until_burst() - begin
    rough_bytes = line.bytes - before
    exact = line.settle() - begin
    return rough, rough_bytes, exact, line.bytes - before


def play(line, seconds):
    """Frames drawn and bytes while playing, and how late the pause shows."""
    line.type(b"g ")
    begin, before, drawn = time.perf_counter(), line.bytes, line.bursts
    while time.perf_counter() < begin + seconds:
        line.step()
    frames, sent = line.bursts - drawn, line.bytes - before
    pressed = time.perf_counter()
    line.type(b" ")
    late = line.until_burst() - pressed
    return frames, sent, late


def run_viewer(blitz, clip, rate, delay, seconds):
    begin = time.perf_counter()
    line = Line([blitz, clip, "--fps", "20"], rate, delay)
    first = first_image(line, begin)
    exact = line.settle(quiet=2) - begin
    keys = [time_key(line) for _ in range(5)]
    rough, rough_bytes, settled, settled_bytes = sorted(keys)[len(keys) // 2]
    frames, sent, late = play(line, seconds)
    line.close()
    due = int(20 * seconds)
    print(f"  {rate // 1000:5} kB/s {1000 * delay:4.0f} ms   first {first:5.2f} exact {exact:5.2f} s"
          f"   key {1000 * rough:5.0f} ms {rough_bytes / 1e3:5.1f} kB,"
          f" exact {1000 * settled:5.0f} ms {settled_bytes / 1e3:5.1f} kB"
          f"   play {frames} draws for {due} frames, {sent / max(frames, 1) / 1e3:5.1f} kB each,"
          f" pause after {1000 * late:4.0f} ms", flush=True)


def anchors(clip, frames):
    size = f"{COLUMNS}x{ROWS}"
    return [
        ("timg", ["timg", "-ph", f"-g{size}", f"--frames={frames}", clip]),
        ("chafa", ["chafa", "-f", "symbols", "--symbols", "half", f"--size={size}", "--fg-only",
                   "--duration", str(frames / 20), clip]),
        ("mpv", ["mpv", "--no-config", "--vo=tct", "--really-quiet", "--framedrop=no",
                 f"--frames={frames}", clip]),
    ]


def run_anchor(name, arguments, rate, frames):
    if shutil.which(name) is None:
        print(f"  {rate // 1000:5} kB/s          {name} is not installed")
        return
    begin = time.perf_counter()
    line = Line(arguments, rate, 0)
    while not line.ended and time.perf_counter() < begin + 90:
        line.step()
    took = time.perf_counter() - begin
    line.close()
    ended = "" if line.ended else " and was not done"
    print(f"  {rate // 1000:5} kB/s          {name} took {took:.1f} s for {frames} frames{ended},"
          f" {line.bytes / frames / 1e3:.1f} kB each", flush=True)


def numbers(text):
    return [float(part) for part in text.split(",")]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("blitz", type=os.path.abspath)
    options.add_argument("clips", nargs="+")
    options.add_argument("--rates", type=numbers, default=[50, 1000], help="kB a second")
    options.add_argument("--delays", type=numbers, default=[0, 100, 300], help="ms of a round trip")
    options.add_argument("--seconds", type=float, default=3)
    given = options.parse_args()
    for clip in given.clips:
        print(f"{os.path.basename(clip)}, {COLUMNS}x{ROWS} cells")
        for rate in given.rates:
            for delay in given.delays:
                run_viewer(given.blitz, clip, int(rate * 1000), delay / 1000, given.seconds)
            frames = int(20 * given.seconds)
            for name, arguments in anchors(clip, frames):
                run_anchor(name, arguments, int(rate * 1000), frames)


if __name__ == "__main__":
    main()
