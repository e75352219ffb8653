#!/usr/bin/env python3
"""Times opening what is large, going anywhere in it, and taking every k-th frame of a video.

    opening.py BLITZ LOADBENCH [REPEATS]

Recordings are made in the temporary folder: a video of three hours, a sparse .npy of 200 GB, and videos with
few and with many key frames. blitz is timed as whole processes with their start, the median of REPEATS (5);
OpenCV as the loop alone, once. Needs NumPy, OpenCV and ffmpeg.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time

import cv2
import numpy

REPEATS = int(sys.argv[3]) if len(sys.argv) > 3 else 5


def timed(work, repeats=REPEATS):
    """The median of some runs, without the first; of 0 the first."""
    seconds = []
    for _ in range(repeats + 1):
        begin = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begin)
    return statistics.median(seconds[1:] or seconds)


def encode(path, seconds, keys, size="640x480", codec="libx264"):
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", f"testsrc2=s={size}:r=25:d={seconds}",
         "-c:v", codec, "-preset", "veryfast", "-g", str(keys), "-pix_fmt", "yuv420p", path],
        check=True)


def long_video(folder):
    """Three hours, of a minute again and again."""
    minute, path = os.path.join(folder, "minute.mp4"), os.path.join(folder, "hours.mp4")
    encode(minute, 60, 250)
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-stream_loop", "179", "-i", minute, "-c", "copy", path],
        check=True)
    return path


def sparse_stack(folder):
    path = os.path.join(folder, "large.npy")
    shape = (190_735, 512, 512)
    with open(path, "wb") as file:
        numpy.lib.format.write_array_header_1_0(
            file, {"descr": "<f4", "fortran_order": False, "shape": shape})
        file.truncate(file.tell() + 4 * shape[0] * shape[1] * shape[2])
    return path


def first_frames(run, folder):
    video, stack = long_video(folder), sparse_stack(folder)
    output = os.path.join(folder, "frame.npy")
    rows = [("info of 3 hours of video", ["info", video]),
            ("its first frame", ["frame", video, "--frame", "0"]),
            ("its frame 200,000", ["frame", video, "--frame", "200000"]),
            ("info of a .npy of 200 GB", ["info", stack]),
            ("its first frame", ["frame", stack, "--frame", "0"]),
            ("its frame 190,000", ["frame", stack, "--frame", "190000"])]
    print("| what | ms |\n|---|---|")
    for name, arguments in rows:
        if arguments[0] == "frame":
            arguments = [*arguments, "-o", output, "--force", "--quiet"]
        print(f"| {name} | {1e3 * timed(lambda: run(*arguments)):.0f} |", flush=True)


def random_frames(run, bench, folder):
    video = os.path.join(folder, "cached.mp4")
    encode(video, 20, 250)
    environment = dict(os.environ, XDG_CACHE_HOME=os.path.join(folder, "cache"))
    run("cache", "build", video, env=environment)
    output = subprocess.run(
        [bench, video, "2000", "frames"], check=True, capture_output=True, text=True,
        env=environment).stdout
    print(f"| a random frame of a cached recording of 640 x 480 | {1e3 * float(output.split()[1]):.3f} |")


def opencv_every(path, step, seeks):
    video = cv2.VideoCapture(path)
    count = int(video.get(cv2.CAP_PROP_FRAME_COUNT))
    for index in range(count):
        if index % step:
            if not seeks:
                video.grab()
            continue
        if seeks:
            video.set(cv2.CAP_PROP_POS_FRAMES, index)
        cv2.cvtColor(video.read()[1], cv2.COLOR_BGR2GRAY)


def every_kth(run, folder):
    print("\n| every k-th of 3,000 frames of H.264 | OpenCV reads on: ms | OpenCV seeks: ms | blitz: ms |")
    print("|---|---|---|---|")
    output = os.path.join(folder, "maximum.npy")
    for keys, steps in [(250, (10, 100, 500)), (10, (5, 25, 100))]:
        video = os.path.join(folder, f"keys{keys}.mp4")
        encode(video, 120, keys)
        for step in steps:
            # Seeking may take half a minute.
            reads = timed(lambda: opencv_every(video, step, False), 1)
            seeks = timed(lambda: opencv_every(video, step, True), 0)
            ours = timed(lambda: run(
                "project", video, "--range", f"0:3000:{step}", "--op", "max", "-o", output,
                "--force", "--quiet"))
            print(f"| a key every {keys}, k = {step} | {1e3 * reads:.0f} | {1e3 * seeks:.0f} "
                  f"| {1e3 * ours:.0f} |", flush=True)


def main():
    blitz, bench = (os.path.abspath(path) for path in sys.argv[1:3])

    def run(*arguments, env=None):
        subprocess.run(
            [blitz, *arguments], check=True, env=env, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)

    with tempfile.TemporaryDirectory() as folder:
        first_frames(run, folder)
        random_frames(run, bench, folder)
        every_kth(run, folder)


if __name__ == "__main__":
    main()
