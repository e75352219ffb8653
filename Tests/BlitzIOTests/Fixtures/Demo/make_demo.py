"""Prints the sums of some frames of the demo, computed by NumPy from its description."""

import numpy as np


def wave(phase):
    part = phase - np.floor(phase)
    return 16 * part * (0.5 - part) if part < 0.5 else -16 * (part - 0.5) * (1 - part)


def hill(y, x, width):
    return 1 / (1 + (y * y + x * x) / (width * width)) ** 2


def noise(frame):
    row, column = np.mgrid[:240, :320].astype(np.uint64)
    mixed = ((np.uint64(frame * 240) + row) << np.uint64(20)) | column
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (mixed >> np.uint64(56)).astype(float) + (mixed >> np.uint64(40)).astype(np.uint8)


def demo(frame):
    y, x = np.mgrid[:240, :320].astype(float)
    blob = (9000 + 4000 * wave(frame / 25)) * hill(
        y - (120 + 40 * wave(frame / 160)), x - (60 + 0.5 * frame), 22.0)
    glow = 12 * frame * hill(y - 30, x - 290, 45.0)
    spark = (42_000 if 212 <= frame < 216 else 0) * hill(y - 180, x - 90, 1.5)
    return np.minimum(1200 + blob + glow + spark + noise(frame), 65_535).astype(np.uint16)


for number in (0, 213, 399):
    print(number, demo(number).sum(dtype=np.int64))
