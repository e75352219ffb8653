#!/usr/bin/env python3
"""Processor time of showing a frame: scaling, encoding and writing, beside what people use today.

    processor.py BLITZ DRAWBENCH CLIP... [--frames 40] [--runs 5]

At 160x48 cells, everything shown to a pseudo-terminal that takes all bytes at once. A peer plays so many
frames of the clip and only one; blitz has the clip in memory, and so many keys go to the next frame, each
after the picture before it is complete and exact. What is counted is user and system time of all threads,
for the frames but the first. The peers decode as they go: what `ffmpeg` takes to decode as many frames of the
clip to nothing is taken off. blitz draws its panes of text beside the image, and reads keys. DRAWBENCH does no more
than the peers: it scales frames in memory, encodes them exactly and writes them, 20 a second. Medians of RUNS, in
ms a frame.
"""

import argparse
import fcntl
import os
import pty
import resource
import select
import shutil
import statistics
import struct
import subprocess
import tempfile
import termios
import threading
import time

from compare import command, pictures

ROWS, COLUMNS = 48, 160
REQUEST, ANSWER = b"\x1b[5n", b"\x1b[0n"


def pseudo_terminal():
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    return ours, theirs


def of_children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def seconds_of(arguments):
    """Processor time of a process whose output is a terminal."""
    ours, theirs = pseudo_terminal()
    before = of_children()
    process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=theirs,
                               stderr=subprocess.DEVNULL, env=os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor"})
    os.close(theirs)
    drain = threading.Thread(target=take_all, args=(ours,))
    drain.start()
    process.wait()
    drain.join()
    return of_children() - before


def take_all(ours):
    try:
        while os.read(ours, 1 << 20):
            pass
    except OSError:
        pass
    os.close(ours)


def threads_of(pid):
    """Processor time of a running process so far, in seconds."""
    total = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/schedstat") as file:
            total += int(file.read().split()[0])
    return total * 1e-9


class Viewer:
    def __init__(self, arguments):
        self.pid, self.tty = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", LC_ALL="C.UTF-8")
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execvp(arguments[0], arguments)
        self.tail, self.bursts = b"", 0

    def until(self, done, quiet):
        """Takes what comes until `done` or silence; answers every burst."""
        while select.select([self.tty], [], [], quiet)[0]:
            seen = self.tail + os.read(self.tty, 1 << 20)
            for _ in range(seen.count(REQUEST)):
                self.bursts += 1
                os.write(self.tty, ANSWER)
            self.tail = seen[-len(REQUEST) + 1:]
            if done():
                return

    def seconds_of_keys(self, count):
        self.until(lambda: False, 2)
        before = threads_of(self.pid)
        for _ in range(count):
            wanted = self.bursts + 1
            os.write(self.tty, b".")
            self.until(lambda: self.bursts >= wanted, 1)
        return threads_of(self.pid) - before

    def close(self):
        os.write(self.tty, b"q")
        try:
            while os.read(self.tty, 1 << 16):
                pass
        except OSError:
            pass
        os.waitpid(self.pid, 0)
        os.close(self.tty)


def of_blitz(blitz, clip, frames):
    viewer = Viewer([blitz, clip])
    seconds = viewer.seconds_of_keys(frames)
    viewer.close()
    return seconds / frames


def of_drawing(bench, clip, frames):
    """What blitz's own scaling, encoding and writing take; clips.py makes clips of this size."""
    width, height = 640, 384
    with tempfile.NamedTemporaryFile() as raw:
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", clip, "-frames:v", str(frames + 1), "-vf",
                        f"scale={width}:{height}", "-f", "rawvideo", "-pix_fmt", "gray", raw.name], check=True)
        ours, theirs = pseudo_terminal()
        process = subprocess.Popen(
            [bench, raw.name, str(width), str(height), str(COLUMNS), str(ROWS)],
            stdin=subprocess.DEVNULL, stdout=theirs, stderr=subprocess.PIPE, text=True)
        os.close(theirs)
        drain = threading.Thread(target=take_all, args=(ours,))
        drain.start()
        milliseconds = float(process.stderr.read())
        process.wait()
        drain.join()
        return milliseconds / 1e3


def of_chafa(clip):
    """chafa plays for a time: what it shows in 4 s is counted."""
    before = of_children()
    output = subprocess.run(
        ["chafa", "-f", "symbols", "--symbols", "vhalf", "--colors", "full",
         f"--size={COLUMNS}x{ROWS}", "--animate", "on", "--duration", "4", clip],
        stdin=subprocess.DEVNULL, capture_output=True).stdout
    seconds = of_children() - before
    shown = len(pictures(output, COLUMNS, ROWS, 10 ** 6)[0])
    return (seconds - decoding(clip, shown)) / shown


def of_peer(peer, clip, frames):
    if peer == "chafa":
        return of_chafa(clip)
    many, one = (seconds_of(command(peer, clip, COLUMNS, ROWS, count)) for count in (frames + 1, 1))
    return (many - one) / frames - (decoding(clip, frames + 1) - decoding(clip, 1)) / frames


def decoding(clip, frames):
    return seconds_of(["ffmpeg", "-v", "error", "-i", clip, "-frames:v", str(frames), "-f", "null", "-"])


def main():
    options = argparse.ArgumentParser()
    options.add_argument("blitz", type=os.path.abspath)
    options.add_argument("drawbench", type=os.path.abspath)
    options.add_argument("clips", nargs="+")
    options.add_argument("--frames", type=int, default=40)
    options.add_argument("--runs", type=int, default=5)
    given = options.parse_args()
    peers = [peer for peer in ("timg", "mpv", "chafa") if shutil.which(peer)]
    print("| clip | viewer: ms | drawing: ms | "
          + " | ".join(f"{peer}: ms | viewer | drawing" for peer in peers) + " |")
    print("|---|---|---|" + "---|---|---|" * len(peers))
    for clip in given.clips:
        runs = [[of_blitz(given.blitz, clip, given.frames),
                 of_drawing(given.drawbench, clip, given.frames)]
                + [of_peer(peer, clip, given.frames) for peer in peers] for _ in range(given.runs)]
        own, drawing, *others = (statistics.median(column) * 1e3 for column in zip(*runs))
        cells = " | ".join(
            f"{other:.2f} | {other / own:.1f} | {other / drawing:.1f}" for other in others)
        print(f"| {os.path.basename(clip)} | {own:.2f} | {drawing:.2f} | {cells} |", flush=True)


if __name__ == "__main__":
    main()
