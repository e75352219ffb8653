#!/usr/bin/env python3
"""Times the viewer over lines that are slow and late, beside what people use today.

    remote.py BLITZ CLIP... [--rates 50,1000] [--delays 0,100,300] [--seconds 3]

A line carries so many kB a second out of the pseudo-terminal and delays keys, output and the
terminal's answers by half a round trip each; nothing is queued on it but what the kernel holds. At
160x48 cells, for every clip and line, as seen at the far end:

- first: start to the first image cells, and until the image is exact (silence follows);
- key: a key until the frame it asks for is complete in rough form, and until it is exact, with the
  bytes of both;
- play: which part of the frames due at 20 a second the far end showed, by the numbers in its status line;
  their bytes; how long after the pause arrived the last frame came, and how many frames late.

Below each clip timg, chafa and mpv, where installed, play as many frames of it over the same line
without delay: the seconds that they take and their bytes a frame. Then all of them play within tmux, whose
client is at the far end of a line without delay: bytes that tmux threw away; and what the viewer sends
when it believes to be in tmux and nothing holds it up, in bytes a cell. Needs only Python's standard
library; Benchmarks/peers/terminal/clips.py makes the clips.
"""

import argparse
import collections
import fcntl
import os
import pty
import re
import select
import shlex
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time

from far_end import Screen

ROWS, COLUMNS = 48, 160
REQUEST, ANSWER = b"\x1b[5n", b"\x1b[0n"
QUIET = 1.0


class Line:
    """A program at the far end of a line."""

    def __init__(self, arguments, rate, delay, **environment):
        self.rate, self.half = rate, delay / 2
        self.pid, self.tty = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", LC_ALL="C.UTF-8",
                              SSH_CONNECTION="192.0.2.1 1 192.0.2.2 22", **environment)
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execvp(arguments[0], arguments)
        self.credit, self.last = 0.0, time.perf_counter()
        self.coming, self.going = collections.deque(), collections.deque()
        self.tail, self.bytes, self.bursts, self.ended = b"", 0, 0, False
        self.log = []

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
        if arrived:
            self.log.append((time.perf_counter(), arrived))
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


def shown(log):
    """The frame's number after each burst, with the moment when the burst was complete."""
    screen, seen, numbers = Screen(ROWS, COLUMNS), b"", []
    for moment, data in log:
        *bursts, seen = (seen + data).split(REQUEST)
        for burst in bursts:
            screen.feed(burst)
            number = re.match(r" *frame (\d+) of", screen.text(ROWS - 1))
            if number:
                numbers.append((moment, int(number.group(1))))
    return numbers


def play(line, seconds):
    """Plays at 20 frames a second: frames shown, bytes, seconds from the pause to the last new frame,
    and how many frames came after the one that was shown when the pause arrived."""
    # Normal speed is 30 frames a second; four times slower by a tenth makes 20.5.
    line.type(b"4[g")
    line.settle()
    line.type(b" ")
    begin, before = time.perf_counter(), line.bytes
    while time.perf_counter() < begin + seconds:
        line.step()
    pressed, sent = time.perf_counter(), line.bytes - before
    line.type(b" ")
    line.settle()
    numbers = shown(line.log)
    due = [number for moment, number in numbers if begin < moment <= pressed]
    # The pause needs half a round trip to arrive, and what it finds under way another half.
    after = [(moment, number) for moment, number in numbers if moment > pressed + 2 * line.half]
    last = [moment for moment, number in after if number != after[0][1]]
    changes = sum(a != b for a, b in zip(due, due[1:]))
    late = (last[0] if last else pressed + 2 * line.half) - pressed - 2 * line.half
    return changes, sent, late, len({number for _, number in after[:]}) - 1 if after else 0


def run_viewer(blitz, clip, rate, delay, seconds):
    begin = time.perf_counter()
    line = Line([blitz, clip, "--fps", "20"], rate, delay)
    first = first_image(line, begin)
    exact = line.settle(quiet=2) - begin
    keys = [time_key(line) for _ in range(5)]
    rough, rough_bytes, settled, settled_bytes = sorted(keys)[len(keys) // 2]
    frames, sent, late, behind = play(line, seconds)
    line.close()
    due = int(20 * seconds)
    print(f"  {rate // 1000:5} kB/s {1000 * delay:4.0f} ms   first {first:5.2f} exact {exact:5.2f} s"
          f"   key {1000 * rough:5.0f} ms {rough_bytes / 1e3:5.1f} kB,"
          f" exact {1000 * settled:5.0f} ms {settled_bytes / 1e3:5.1f} kB"
          f"   play {frames} of {due} frames, {sent / max(frames, 1) / 1e3:5.1f} kB each,"
          f" {max(behind, 0)} more up to {1000 * late:.0f} ms after the pause", flush=True)


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


def run_in_tmux(name, arguments, rate, seconds, keys=b""):
    """Plays in tmux: bytes that it threw away because its client at the far end did not take them."""
    if shutil.which("tmux") is None or shutil.which(arguments[0]) is None:
        print(f"  {rate // 1000:5} kB/s in tmux  {name}: not installed")
        return
    with tempfile.TemporaryDirectory() as folder:
        tmux = ["tmux", "-S", os.path.join(folder, "socket"), "-f", "/dev/null"]
        # The session must outlive its program to be asked.
        command = shlex.join(arguments) + "; sleep 99"
        line = Line(tmux + ["new-session", command], rate, 0)
        line.settle(quiet=2, most=30)
        line.type(keys)
        end = time.perf_counter() + (seconds if keys else 0)
        while time.perf_counter() < end:
            line.step()
        print(f"  {rate // 1000:5} kB/s in tmux  {name}: {discarded(tmux) / 1e6:.2f} MB thrown away",
              flush=True)
        subprocess.run(tmux + ["kill-server"], check=False, capture_output=True)
        line.close()


def discarded(tmux):
    answer = subprocess.run(tmux + ["display", "-p", "#{client_discarded}"], check=False,
                            capture_output=True, text=True).stdout
    return int(answer) if answer.strip().isdigit() else 0


def run_as_in_tmux(blitz, clip, seconds):
    """The largest burst and the median frame, in bytes a cell, under a multiplexer's limits."""
    line = Line([blitz, clip, "--fps", "20"], 20_000_000, 0, TMUX="none,1,0")
    line.settle(quiet=2)
    start = len(line.log)
    line.type(b"4[g ")
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        line.step()
    def bursts(log):
        sizes = [len(burst) for burst in b"".join(data for _, data in log).split(REQUEST)]
        return [size / (ROWS * COLUMNS) for size in sizes if size > 1000] or [0]
    print(f"  as in tmux          largest burst {max(bursts(line.log)):.2f} B a cell, playing median"
          f" {statistics.median(bursts(line.log[start:])):.2f} B", flush=True)
    line.close()


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
            viewer = [given.blitz, clip, "--fps", "20"]
            run_in_tmux("blitz", viewer, int(rate * 1000), given.seconds, keys=b"4[g ")
            for name, arguments in anchors(clip, frames):
                run_in_tmux(name, arguments, int(rate * 1000), given.seconds)
        run_as_in_tmux(given.blitz, clip, given.seconds)


if __name__ == "__main__":
    main()
