#!/usr/bin/env python3
"""Times loading image folders: blitz beside OpenCV split over threads.

    load.py BLITZ LOADBENCH [REPEATS]

Both decode every file to gray as float32. Rows for each kind of file:

- reused: both fill one stack again and again, whose memory has been touched before. What decoding costs.
- partials: as reused, and blitz folds blocks of frames behind the loader, as its viewer does.
- fresh: both fill a new stack, whose first touch may cost more than decoding. blitz is timed as the
  process `blitz project FOLDER --op max --on-exceed error`, with its start, the reduction and the output,
  OpenCV as the loop alone.
- maximum: the maximum over all frames, nothing else kept: blitz as the process, OpenCV as the loop.

Needs NumPy, OpenCV and tifffile.
"""

import concurrent.futures
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import cv2
import numpy
import tifffile

cv2.setNumThreads(1)
REPEATS = int(sys.argv[3]) if len(sys.argv) > 3 else 5


def scene(index, rows, columns, white):
    y, x = numpy.mgrid[0:rows, 0:columns]
    blob = numpy.exp(-((x - columns / 2 - index) ** 2 + (y - rows / 2) ** 2) / 4000.0)
    noise = numpy.random.default_rng(index).normal(0, white * 0.01, (rows, columns))
    return numpy.clip(white * (0.1 + 0.7 * blob) + noise, 0, white)


def make(folder, kind, count):
    distinct = 24
    for index in range(distinct):
        if kind == "png8":
            image, name = scene(index, 480, 640, 255).astype(numpy.uint8), "png"
        elif kind == "png16":
            image, name = scene(index, 512, 512, 65535).astype(numpy.uint16), "png"
        elif kind == "tiff16":
            image, name = scene(index, 512, 512, 65535).astype(numpy.uint16), "tif"
            tifffile.imwrite(os.path.join(folder, f"f{index}.tif"), image)
            continue
        elif kind == "jpeg gray":
            image, name = scene(index, 480, 640, 255).astype(numpy.uint8), "jpg"
        else:
            gray = scene(index, 1080, 1920, 255).astype(numpy.uint8)
            image, name = cv2.applyColorMap(gray, cv2.COLORMAP_JET), "jpg"
        cv2.imwrite(os.path.join(folder, f"f{index}.{name}"), image)
    for index in range(distinct, count):
        os.link(
            os.path.join(folder, f"f{index % distinct}.{name}"),
            os.path.join(folder, f"f{index}.{name}"))
    return [os.path.join(folder, f"f{index}.{name}") for index in range(count)]


def each(paths, threads, work):
    """Runs `work` with the number and the image of every file, and returns the seconds."""
    def read(index):
        work(index, cv2.imread(paths[index], cv2.IMREAD_GRAYSCALE | cv2.IMREAD_ANYDEPTH))

    begin = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        list(pool.map(read, range(len(paths))))
    return time.perf_counter() - begin


def into(stack, paths, threads):
    def keep(index, image):
        stack[index] = image

    return each(paths, threads, keep)


def maximum(shape, paths, threads):
    highest = {}

    def raise_to(index, image):
        own = highest.setdefault(threading.get_ident(), numpy.zeros(shape, numpy.float32))
        numpy.maximum(own, image, out=own)

    seconds = each(paths, threads, raise_to)
    numpy.maximum.reduce(list(highest.values()))
    return seconds


def blitz(program, folder, output, *options):
    begin = time.perf_counter()
    subprocess.run(
        [program, "project", folder, "--op", "max", "--force", "--quiet", "-o", output, *options],
        check=True)
    return time.perf_counter() - begin


def row(kind, count, theirs, ours):
    """One line; each side is run once before it counts, then both in turn."""
    seconds = [(theirs(), ours()) for _ in range(REPEATS + 1)][1:]
    a, b = (statistics.median(column) for column in zip(*seconds))
    print(f"| {kind} | {count} | {count / a:.0f} | {count / b:.0f} | {a / b:.2f} |", flush=True)


def loaded(program, folder, *mode):
    run = subprocess.run([program, folder, "1", *mode], check=True, capture_output=True, text=True)
    return float(run.stdout.split()[1])


def main():
    program, bench = (os.path.abspath(path) for path in sys.argv[1:3])
    threads = os.cpu_count() or 1
    print("| folder | frames | OpenCV, threads: frames/s | blitz: frames/s | blitz is faster by |")
    print("|---|---|---|---|---|")
    for kind, count in [("png8", 600), ("png16", 400), ("tiff16", 800), ("jpeg gray", 1200), ("jpeg colour 1080p", 160)]:
        with tempfile.TemporaryDirectory() as folder:
            paths = make(folder, kind, count)
            shape = cv2.imread(paths[0], cv2.IMREAD_GRAYSCALE).shape
            output = os.path.join(folder, "..", f"blitz-load-{os.getpid()}.npy")
            stack = numpy.empty((count, *shape), numpy.float32)
            row(f"{kind}, reused", count, lambda: into(stack, paths, threads),
                lambda: loaded(bench, folder))
            row(f"{kind}, partials", count, lambda: into(stack, paths, threads),
                lambda: loaded(bench, folder, "partials"))
            del stack
            row(f"{kind}, fresh", count,
                lambda: into(numpy.empty((count, *shape), numpy.float32), paths, threads),
                lambda: blitz(program, folder, output, "--on-exceed", "error"))
            row(f"{kind}, maximum", count, lambda: maximum(shape, paths, threads),
                lambda: blitz(program, folder, output))
            os.remove(output)


if __name__ == "__main__":
    main()
