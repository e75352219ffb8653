"""The same work as the kernel benchmarks, done by what people use today.

usage: peers.py FRAMES THREADS RUNS

Prints a row for each peer in the benchmarks' format: name, bytes, best and median seconds.
`pixel order` is a compiled loop that walks each pixel through time, `frame order` one that walks
each frame past the accumulators.
"""

import sys
import time
import warnings
from concurrent.futures import ThreadPoolExecutor

import bottleneck
import cv2
import numba
import numpy as np

FRAMES, THREADS, RUNS = (int(text) for text in sys.argv[1:4])
ROWS = COLUMNS = 512
POOL = ThreadPoolExecutor(THREADS)


def report(name, data, work, runs=RUNS):
    work()
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    seconds.sort()
    print(f"{name}\t{data.nbytes}\t{seconds[0]}\t{seconds[len(seconds) // 2]}", flush=True)


def split(reduce, data):
    """Runs a NumPy reduction over bands of rows, one for each thread."""
    bands = np.array_split(np.arange(data.shape[1]), THREADS)
    parts = POOL.map(lambda rows: reduce(data[:, rows[0] : rows[-1] + 1]), bands)
    return np.concatenate(list(parts))


@numba.njit(parallel=True, fastmath=True)
def mean_pixel_order(stack):
    frames, rows, columns = stack.shape
    result = np.empty((rows, columns), np.float32)
    for row in numba.prange(rows):
        for column in range(columns):
            total = 0.0
            for frame in range(frames):
                total += stack[frame, row, column]
            result[row, column] = total / frames
    return result


@numba.njit(parallel=True, fastmath=True)
def std_pixel_order(stack):
    frames, rows, columns = stack.shape
    result = np.empty((rows, columns), np.float32)
    for row in numba.prange(rows):
        for column in range(columns):
            total = squares = 0.0
            for frame in range(frames):
                value = stack[frame, row, column]
                total += value
                squares += value * value
            mean = total / frames
            result[row, column] = np.sqrt(max(squares / frames - mean * mean, 0))
    return result


@numba.njit(parallel=True, fastmath=True)
def max_pixel_order(stack):
    frames, rows, columns = stack.shape
    result = np.empty((rows, columns), np.float32)
    for row in numba.prange(rows):
        for column in range(columns):
            largest = stack[0, row, column]
            for frame in range(1, frames):
                largest = max(largest, stack[frame, row, column])
            result[row, column] = largest
    return result


@numba.njit(parallel=True, fastmath=True)
def mean_frame_order(stack):
    frames, rows, columns = stack.shape
    result = np.zeros((rows, columns), np.float64)
    for row in numba.prange(rows):
        for frame in range(frames):
            for column in range(columns):
                result[row, column] += stack[frame, row, column]
    return result / frames


@numba.njit(parallel=True, fastmath=True)
def sliding_pixel_order(stack, window):
    frames, rows, columns = stack.shape
    result = np.empty((frames - window + 1, rows, columns), np.float32)
    for row in numba.prange(rows):
        for column in range(columns):
            total = np.float32(0)
            for frame in range(frames):
                total += stack[frame, row, column]
                if frame >= window:
                    total -= stack[frame - window, row, column]
                if frame >= window - 1:
                    result[frame - window + 1, row, column] = total / window
    return result


@numba.njit(parallel=True, fastmath=True)
def correct_pixel_order(stack, dark, flat, result):
    frames, rows, columns = stack.shape
    for row in numba.prange(rows):
        for column in range(columns):
            for frame in range(frames):
                top = stack[frame, row, column] - dark[row, column]
                result[frame, row, column] = top / flat[row, column]


def accumulate(stack):
    total = np.zeros((ROWS, COLUMNS), np.float64)
    for frame in stack:
        cv2.accumulate(frame, total)
    return total / len(stack)


def one_pass(stack):
    """Mean, minimum and maximum in one loop over frames, as one would write it in NumPy."""
    total = np.zeros((ROWS, COLUMNS), np.float64)
    low, high = stack[0].copy(), stack[0].copy()
    for frame in stack:
        total += frame
        np.minimum(low, frame, out=low)
        np.maximum(high, frame, out=high)
    return total / len(stack), low, high


def main():
    warnings.simplefilter("ignore")
    random = np.random.default_rng(1)
    stack = np.empty((FRAMES, ROWS, COLUMNS), np.float32)
    for frame in stack:
        frame[:] = random.random((ROWS, COLUMNS), np.float32) * 4096
    few = max(1, RUNS // 3)

    report("mean: NumPy", stack, lambda: stack.mean(axis=0))
    report("mean: NumPy, threads", stack, lambda: split(lambda part: part.mean(axis=0), stack))
    report("mean: OpenCV accumulate", stack, lambda: accumulate(stack))
    report("mean: Numba, pixel order", stack, lambda: mean_pixel_order(stack), few)
    report("mean: Numba, frame order", stack, lambda: mean_frame_order(stack), few)
    report("max: NumPy, threads", stack, lambda: split(lambda part: part.max(axis=0), stack))
    report("max: Numba, pixel order", stack, lambda: max_pixel_order(stack), few)
    report("min: NumPy, threads", stack, lambda: split(lambda part: part.min(axis=0), stack))
    report("std: NumPy, threads", stack, lambda: split(lambda part: part.std(axis=0), stack), few)
    report("std: Numba, pixel order", stack, lambda: std_pixel_order(stack), few)
    report("mean+std+min+max: NumPy loop without std", stack, lambda: one_pass(stack), few)

    dark, flat = stack[0] / 100, stack[1] / 100 + 1
    corrected = np.empty_like(stack)
    report("subtract+divide frame by frame: Numba, pixel order", stack,
           lambda: correct_pixel_order(stack, dark, flat, corrected), few)
    del corrected
    report("sliding mean 50: Numba, pixel order", stack, lambda: sliding_pixel_order(stack, 50), few)

    part = stack[:, :64]
    report("median of floats: np.nanmedian", part, lambda: np.nanmedian(part, axis=0), 1)
    report("median of floats: bottleneck, threads", part,
           lambda: split(lambda band: bottleneck.nanmedian(band, axis=0), part), 1)
    rows = stack[:, :16]
    report("sliding mean 50: bottleneck", rows, lambda: bottleneck.move_mean(rows, 50, axis=0), 1)

    region = stack[:, 0:64, 100:164]
    report("trace of 64x64, mean: NumPy", region, lambda: region.mean(axis=(1, 2)))
    report("trace of 64x64, mean+std+min+max: NumPy", region, lambda: [
        reduce(region, axis=(1, 2)) for reduce in (np.mean, np.std, np.min, np.max)])
    frame = stack[0]
    report("percentiles 1 and 99 of 512x512: NumPy", frame, lambda: np.percentile(frame, [1, 99]))
    report("histogram of 512x512: OpenCV", frame,
           lambda: cv2.calcHist([frame], [0], None, [256], [0, 4096]))
    report("area 512x512 to 80x120: OpenCV", frame,
           lambda: cv2.resize(frame, (120, 80), interpolation=cv2.INTER_AREA))


main()
