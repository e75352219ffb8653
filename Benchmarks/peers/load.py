#!/usr/bin/env python3
"""Times loading image folders: blitz beside OpenCV split over threads, whole processes.

    load.py BLITZ [REPEATS]

Both decode every file to gray and hold all frames as float32. blitz is timed as the process
`blitz project FOLDER --op max --on-exceed error`, with its start, the reduction and the output;
OpenCV as the loop alone, without Python's start. Both take fresh memory every time, whose first touch
costs as much as decoding. Needs NumPy and OpenCV.
"""

import concurrent.futures
import os
import statistics
import subprocess
import sys
import tempfile
import time

import cv2
import numpy

cv2.setNumThreads(1)


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


def opencv(paths, shape, threads):
    begin = time.perf_counter()
    stack = numpy.empty((len(paths), *shape), numpy.float32)

    def read(index):
        stack[index] = cv2.imread(paths[index], cv2.IMREAD_GRAYSCALE | cv2.IMREAD_ANYDEPTH)

    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        list(pool.map(read, range(len(paths))))
    return time.perf_counter() - begin


def blitz(program, folder, output):
    begin = time.perf_counter()
    subprocess.run(
        [program, "project", folder, "--op", "max", "--on-exceed", "error", "--force", "--quiet",
         "-o", output], check=True)
    return time.perf_counter() - begin


def main():
    program = os.path.abspath(sys.argv[1])
    repeats = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    threads = os.cpu_count() or 1
    print("| folder | frames | OpenCV, threads: frames/s | blitz: frames/s | blitz is faster by |")
    print("|---|---|---|---|---|")
    for kind, count in [("png8", 600), ("png16", 400), ("jpeg gray", 1200), ("jpeg colour 1080p", 160)]:
        with tempfile.TemporaryDirectory() as folder:
            paths = make(folder, kind, count)
            shape = cv2.imread(paths[0], cv2.IMREAD_GRAYSCALE).shape
            output = os.path.join(folder, "..", f"blitz-load-{os.getpid()}.npy")
            opencv(paths, shape, threads)
            blitz(program, folder, output)
            theirs, ours = [], []
            for _ in range(repeats):
                theirs.append(opencv(paths, shape, threads))
                ours.append(blitz(program, folder, output))
            os.remove(output)
            a, b = statistics.median(theirs), statistics.median(ours)
            print(f"| {kind} | {count} | {count / a:.0f} | {count / b:.0f} | {a / b:.2f} |", flush=True)


if __name__ == "__main__":
    main()
