#!/usr/bin/env python3
"""Times what a person does with a whole stack: toggling projections, dragging a range, and nothing.

    interaction.py BLITZ [MIB] [IDLE]

Opens a .npy of 8-bit frames of 640x480 that take MIB (1024) as Float32, at 200x60 cells with trace,
profiles and histogram open. Prints how long a known projection takes to come and go, with and without
a subtraction; how many projections a second are drawn while the range's end is dragged along the
timeline; and which part of a processor the viewer uses in IDLE (30) seconds without a key. Needs only
Python's standard library.
"""

import os
import select
import sys
import tempfile
import time

import latency
from latency import COLUMNS, REQUEST, ROWS

WIDTH, HEIGHT = 640, 480


def write_stack(path, frames):
    header = "{'descr': '|u1', 'fortran_order': False, 'shape': (%d, %d, %d), }" % (
        frames, HEIGHT, WIDTH)
    header = header.ljust(128 - 11) + "\n"
    images = [bytes(latency.glow(seed, x, y) & 255 for y in range(HEIGHT) for x in range(WIDTH))
              for seed in range(8)]
    with open(path, "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header.encode())
        for number in range(frames):
            # Brighter from frame to frame, so that every range has another mean.
            brighter = bytes(min(255, value + number * 120 // frames) for value in range(256))
            file.write(images[number % len(images)].translate(brighter))


def settle(tty, quiet=1.5, most=120):
    """Answers the viewer until it has been silent for a while."""
    end, last = time.perf_counter() + most, time.perf_counter()
    tail = b""
    while time.perf_counter() < min(end, last + quiet):
        if select.select([tty], [], [], 0.05)[0]:
            chunk = os.read(tty, 1 << 16)
            latency.answer(tty, tail + chunk, 0)
            tail = (tail + chunk)[-len(REQUEST) + 1:]
            last = time.perf_counter()


def time_toggles(tty, key, count=60):
    """Seconds from a key to the status request behind the first frame with image cells."""
    seconds = []
    for _ in range(count):
        settle(tty, quiet=0.25)
        begin, seen, answered = time.perf_counter(), b"", 0
        os.write(tty, key)
        while not (b"38;2;" in seen and seen.rfind(REQUEST) > seen.find(b"38;2;")):
            if not select.select([tty], [], [], 10)[0]:
                sys.exit("the viewer did not answer")
            seen += os.read(tty, 1 << 16)
            answered = latency.answer(tty, seen, answered)
        seconds.append(time.perf_counter() - begin)
    return seconds


def mouse(tty, button, column, final):
    os.write(tty, b"\x1b[<%d;%d;%d%s" % (button, column, ROWS - 1, final))


def drag(tty, frames, seconds=6.0, interval=0.008):
    """Drags the range's end to and fro; images drawn a second."""
    middle = frames // 2
    # The playhead would be taken hold of first where both stand on one column.
    os.write(tty, b"%dgi%dgo0gM" % (frames // 10, middle))
    settle(tty)
    column = middle * (COLUMNS - 1) // (frames - 1) + 1
    mouse(tty, 0, column, b"M")
    begin = time.perf_counter()
    step, images, due, burst = 1, 0, begin, b""
    while time.perf_counter() < begin + seconds:
        if time.perf_counter() >= due:
            due += interval
            if not COLUMNS // 4 < column + step < COLUMNS - 5:
                step = -step
            column += step
            mouse(tty, 32, column, b"M")
        if not select.select([tty], [], [], max(0, due - time.perf_counter()))[0]:
            continue
        burst += os.read(tty, 1 << 16)
        while REQUEST in burst:
            drawn, burst = burst.split(REQUEST, 1)
            images += b"38;2;" in drawn
            os.write(tty, b"\x1b[0n")
    mouse(tty, 0, column, b"m")
    settle(tty)
    os.write(tty, b"MU")
    settle(tty)
    return images / seconds


def processor_time(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main():
    blitz = os.path.abspath(sys.argv[1])
    mebibytes = int(sys.argv[2]) if len(sys.argv) > 2 else 1024
    idle = float(sys.argv[3]) if len(sys.argv) > 3 else 30
    frames = max(mebibytes * (1 << 20) // (WIDTH * HEIGHT * 4), 100)
    with tempfile.TemporaryDirectory() as parent:
        path = os.path.join(parent, "stack.npy")
        write_stack(path, frames)
        pid, tty = latency.launch(blitz, path)
        latency.read_until(tty, latency.has_image)
        settle(tty, quiet=3)
        latency.open_panes(tty)
        settle(tty)
        print(f"{frames} frames, {mebibytes} MiB as Float32, {COLUMNS}x{ROWS} cells")
        os.write(tty, b"M")
        settle(tty)
        print(latency.line("  known projection on and off", time_toggles(tty, b"M")))
        os.write(tty, b":subtract mean:0:50\r")
        settle(tty)
        print(latency.line("  subtraction on and off below it", time_toggles(tty, b"b")))
        os.write(tty, b":subtract off\r\x1b")
        settle(tty)
        print(f"  range dragged: {drag(tty, frames):.1f} projections drawn a second")
        settle(tty, quiet=3)
        before = processor_time(pid)
        latency.drain(tty, idle)
        used = (processor_time(pid) - before) / idle
        print(f"  idle for {idle:.0f} s: {100 * used:.2f} % of a processor")
        latency.quit_viewer(pid, tty)


if __name__ == "__main__":
    main()
