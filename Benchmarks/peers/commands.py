#!/usr/bin/env python3
"""Times whole commands beside whole Python processes that do the same, start and imports included.

    commands.py BLITZ [REPEATS]

On a 1 GiB float32 stack in page cache: four projections in NumPy, and in compiled loops that walk each
pixel through time; the trace of a region. On recordings made here: a folder to one array, a video to
gray and its maximum, a multi-page TIFF to its maximum. Every pair alternates. Needs NumPy, Numba,
OpenCV and tifffile.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time

import cv2
import numpy
import tifffile

NUMPY_FOUR = """
import numpy
stack = numpy.load({path!r}, mmap_mode="r")
for name in ("mean", "std", "min", "max"):
    numpy.save({out!r} + name, getattr(numpy, name)(stack, axis=0))
"""

NUMBA_FOUR = """
import numpy, numba
@numba.njit(parallel=True, fastmath=True, cache=True)
def four(stack):
    frames, rows, columns = stack.shape
    result = numpy.empty((4, rows, columns), numpy.float32)
    for row in numba.prange(rows):
        for column in range(columns):
            total = 0.0
            for frame in range(frames):
                total += stack[frame, row, column]
            result[0, row, column] = total / frames
    for row in numba.prange(rows):
        for column in range(columns):
            mean, squares = result[0, row, column], 0.0
            for frame in range(frames):
                difference = stack[frame, row, column] - mean
                squares += difference * difference
            result[1, row, column] = numpy.sqrt(squares / frames)
    for row in numba.prange(rows):
        for column in range(columns):
            low = stack[0, row, column]
            for frame in range(frames):
                low = min(low, stack[frame, row, column])
            result[2, row, column] = low
    for row in numba.prange(rows):
        for column in range(columns):
            high = stack[0, row, column]
            for frame in range(frames):
                high = max(high, stack[frame, row, column])
            result[3, row, column] = high
    return result
numpy.save({out!r}, four(numpy.load({path!r})))
"""

NUMPY_TRACE = """
import numpy
stack = numpy.load({path!r}, mmap_mode="r")
numpy.savetxt({out!r}, stack[:, 100:164, 100:164].mean(axis=(1, 2)))
"""

OPENCV_FOLDER = """
import os, concurrent.futures, cv2, numpy
cv2.setNumThreads(1)
folder = {path!r}
names = sorted(os.listdir(folder), key=lambda name: int(name[1:-4]))
first = cv2.imread(os.path.join(folder, names[0]), cv2.IMREAD_UNCHANGED)
stack = numpy.empty((len(names), *first.shape), numpy.float32)
def read(index):
    stack[index] = cv2.imread(os.path.join(folder, names[index]), cv2.IMREAD_UNCHANGED)
with concurrent.futures.ThreadPoolExecutor({threads}) as pool:
    list(pool.map(read, range(len(names))))
numpy.save({out!r}, stack)
"""

OPENCV_VIDEO = """
import cv2, numpy
video = cv2.VideoCapture({path!r})
highest = None
while True:
    found, frame = video.read()
    if not found: break
    gray = cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)
    highest = gray if highest is None else numpy.maximum(highest, gray)
numpy.save({out!r}, highest)
"""

TIFFFILE_MAX = """
import numpy, tifffile
numpy.save({out!r}, tifffile.imread({path!r}).max(axis=0))
"""


def once(command):
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def pair(name, python, blitz, repeats):
    """Prints the medians of both, run in turn after one run of each, which fills Numba's cache too."""
    theirs, ours = [], []
    script = os.path.join(os.environ["NUMBA_CACHE_DIR"], "peer.py")
    with open(script, "w") as file:
        file.write(python)
    for turn in range(repeats + 1):
        a, b = once([sys.executable, script]), once(blitz)
        if turn:
            theirs.append(a)
            ours.append(b)
    a, b = statistics.median(theirs), statistics.median(ours)
    print(f"| {name} | {a * 1e3:.0f} | {b * 1e3:.0f} | {a / b:.1f} |", flush=True)


def scene(index, rows, columns):
    y, x = numpy.mgrid[0:rows, 0:columns]
    blob = numpy.exp(-((x - columns / 2 - index) ** 2 + (y - rows / 2) ** 2) / 4000.0)
    noise = numpy.random.default_rng(index).normal(0, 600, (rows, columns))
    return numpy.clip(65535 * (0.1 + 0.7 * blob) + noise, 0, 65535).astype(numpy.uint16)


def make_stack(path, frames):
    stack = numpy.lib.format.open_memmap(
        path, mode="w+", dtype=numpy.float32, shape=(frames, 512, 512))
    random = numpy.random.default_rng(1)
    for frame in stack:
        frame[:] = random.random((512, 512), numpy.float32) * 4096
    stack.flush()


def make_folder(folder, count):
    os.mkdir(folder)
    for index in range(count):
        cv2.imwrite(os.path.join(folder, f"f{index}.png"), scene(index % 24, 512, 512))


def make_video(path, count):
    writer = subprocess.Popen(
        ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "gray", "-s", "640x480",
         "-r", "100", "-i", "-", "-c:v", "libx264", "-pix_fmt", "yuv420p", path],
        stdin=subprocess.PIPE)
    for index in range(count):
        writer.stdin.write((scene(index % 240, 480, 640) >> 8).astype(numpy.uint8).tobytes())
    writer.stdin.close()
    writer.wait()


def main():
    blitz = os.path.abspath(sys.argv[1])
    repeats = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    threads = os.cpu_count() or 1
    print("| whole process | Python: ms | blitz: ms | blitz is faster by |")
    print("|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NUMBA_CACHE_DIR"] = folder
        stack, out = os.path.join(folder, "stack.npy"), os.path.join(folder, "out")
        make_stack(stack, 1024)
        four = [blitz, "project", stack, "--op", "mean,std,min,max", "-o", out + "{op}.npy",
                "--force", "--quiet"]
        pair("four projections of 1 GiB: NumPy", NUMPY_FOUR.format(path=stack, out=out), four, repeats)
        pair("four projections of 1 GiB: Numba, each pixel through time",
             NUMBA_FOUR.format(path=stack, out=out), four, repeats)
        pair("trace of 64x64 over 1 GiB: NumPy", NUMPY_TRACE.format(path=stack, out=out + ".csv"),
             [blitz, "trace", stack, "--roi", "rect:100,100,64,64", "-o", out + ".csv", "--force",
              "--quiet"], repeats)
        os.remove(stack)
        images = os.path.join(folder, "images")
        make_folder(images, 400)
        pair("400 PNG of 16 bits to one array: OpenCV, threads",
             OPENCV_FOLDER.format(path=images, out=out, threads=threads),
             [blitz, "convert", images, "-o", out + ".npy", "--force", "--quiet"], repeats)
        video = os.path.join(folder, "video.mp4")
        make_video(video, 1200)
        pair("maximum of 1200 frames of H.264, 640x480: OpenCV",
             OPENCV_VIDEO.format(path=video, out=out),
             [blitz, "project", video, "--op", "max", "-o", out + ".npy", "--force", "--quiet"],
             repeats)
        pages = os.path.join(folder, "pages.tif")
        with tifffile.TiffWriter(pages) as writer:
            for index in range(400):
                writer.write(scene(index % 24, 512, 512), contiguous=True)
        pair("maximum of 400 TIFF pages of 16 bits: tifffile",
             TIFFFILE_MAX.format(path=pages, out=out),
             [blitz, "project", pages, "--op", "max", "-o", out + ".npy", "--force", "--quiet"],
             repeats)


if __name__ == "__main__":
    main()
