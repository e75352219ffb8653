#!/usr/bin/env python3
"""Times loading: blitz beside OpenCV, folders split over threads, and beside the way of the original BLITZ.

    load.py BLITZ LOADBENCH [REPEATS]

All decode to gray as float32, but for the original, which keeps the type of the file. Rows for each kind:

- reused: both fill one stack again and again, whose memory has been touched before. What decoding costs.
- partials: as reused, and blitz folds blocks of frames behind the loader, as its viewer does.
- fresh: both fill a new stack, whose first touch may cost more than decoding. blitz is timed as the
  process `blitz project FOLDER --op max --on-exceed error`, with its start, the reduction and the output,
  OpenCV as the loop alone.
- maximum: the maximum over all frames, nothing else kept: blitz as the process, OpenCV as the loop.
- fresh, original: BLITZ 2.1 reads a folder in a pool of processes, one for each processor, which send
  every image back to be stacked; a video frame by frame in one thread. blitz is timed as in fresh.

Needs NumPy, OpenCV and tifffile.
"""

import concurrent.futures
import multiprocessing
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


def read_turned(path):
    return cv2.imread(path, cv2.IMREAD_GRAYSCALE | cv2.IMREAD_ANYDEPTH).swapaxes(0, 1)


def by_processes(paths):
    begin = time.perf_counter()
    with multiprocessing.Pool(os.cpu_count()) as pool:
        numpy.stack(pool.map(read_turned, paths))
    return time.perf_counter() - begin


def make_video(path, columns, rows, count):
    """A bright blob that wanders through noise, a key frame every 250 at the most."""
    writer = subprocess.Popen(
        ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "gray", "-s", f"{columns}x{rows}",
         "-r", "100", "-i", "-", "-c:v", "libx264", "-pix_fmt", "yuv420p", path],
        stdin=subprocess.PIPE)
    scenes = [scene(index, rows, columns, 255).astype(numpy.uint8).tobytes() for index in range(60)]
    for index in range(count):
        writer.stdin.write(scenes[index % len(scenes)])
    writer.stdin.close()
    writer.wait()


def each_of_video(path, work):
    begin = time.perf_counter()
    video, index = cv2.VideoCapture(path), 0
    while True:
        found, frame = video.read()
        if not found:
            return time.perf_counter() - begin
        work(index, cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY))
        index += 1


def into_from_video(stack, path):
    def keep(index, image):
        stack[index] = image

    return each_of_video(path, keep)


def maximum_of_video(shape, path):
    highest = numpy.zeros(shape, numpy.uint8)
    return each_of_video(path, lambda _, image: numpy.maximum(highest, image, out=highest))


def video_rows(program, bench, folder, name, columns, rows, count):
    path, output = os.path.join(folder, "video.mp4"), os.path.join(folder, "output.npy")
    make_video(path, columns, rows, count)
    stack = numpy.empty((count, rows, columns), numpy.float32)
    row(f"{name}, reused", count, lambda: into_from_video(stack, path), lambda: loaded(bench, path))
    del stack
    row(f"{name}, fresh", count,
        lambda: into_from_video(numpy.empty((count, rows, columns), numpy.float32), path),
        lambda: blitz(program, path, output, "--on-exceed", "error"))
    row(f"{name}, maximum", count, lambda: maximum_of_video((rows, columns), path),
        lambda: blitz(program, path, output))
    row(f"{name}, fresh, original", count,
        lambda: into_from_video(numpy.empty((count, rows, columns), numpy.uint8), path),
        lambda: blitz(program, path, output, "--on-exceed", "error"))


def loaded(program, folder, *mode):
    run = subprocess.run([program, folder, "1", *mode], check=True, capture_output=True, text=True)
    return float(run.stdout.split()[1])


def main():
    program, bench = (os.path.abspath(path) for path in sys.argv[1:3])
    threads = os.cpu_count() or 1
    print("| recording | frames | peer: frames/s | blitz: frames/s | blitz is faster by |")
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
            row(f"{kind}, fresh, original", count, lambda: by_processes(paths),
                lambda: blitz(program, folder, output, "--on-exceed", "error"))
            os.remove(output)
    for name, columns, rows, count in [("H.264 640x480", 640, 480, 1200), ("H.264 1080p", 1920, 1080, 200)]:
        with tempfile.TemporaryDirectory() as folder:
            video_rows(program, bench, folder, name, columns, rows, count)


if __name__ == "__main__":
    main()
