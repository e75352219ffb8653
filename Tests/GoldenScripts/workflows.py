"""Writes WorkflowGoldens.swift: what float64 NumPy says of the recording in DischargeRecording.swift.

Run in this folder: python workflows.py > ../BlitzEndToEndTests/Reference/WorkflowGoldens.swift
"""

import numpy as np

FRAMES, ROWS, COLUMNS = 300, 24, 32
f, y, x = np.meshgrid(np.arange(FRAMES), np.arange(ROWS), np.arange(COLUMNS), indexing="ij")
is_lit = (f >= 137) & ((x - 20) ** 2 + (y - 10) ** 2 <= 20)
stack = (100 + (3 * x + 5 * y + 7 * f) % 13
         + np.where(is_lit, np.maximum(0, 900 - 5 * (f - 137)), 0)).astype(np.float64)


def trace(left, top, width, height):
    return stack[:, top:top + height, left:left + width].mean(axis=(1, 2))


def number(name, doc, value):
    print(f"  /// {doc}")
    print(f"  static let {name} = {float(value)!r}")


def numbers(name, doc, values):
    print(f"  /// {doc}")
    print(f"  static let {name}: [Double] = [")
    line = "   "
    for value in values:
        item = f" {float(value)!r},"
        if len(line) + len(item) > 100:
            print(line)
            line = "   "
        line += item
    print(line)
    print("  ]")


spot, corner = trace(16, 7, 8, 6), trace(2, 3, 8, 6)
background = stack[:50].mean(axis=0)
corrected = stack - background
dark = 90 + x[0] % 3
flat = 1.0 + y[0]
flat[5, 5] = 0
with np.errstate(divide="ignore", invalid="ignore"):
    field = np.where(flat == 0, 0, (stack - dark) / flat)

print("/// What NumPy says of `DischargeRecording`; made by GoldenScripts/workflows.py.")
print("enum WorkflowGoldens {")
numbers("spotMean", "Mean of rect:16,7,8,6 in every frame.", spot)
numbers("cornerMean", "Mean of rect:2,3,8,6 in every frame.", corner)
numbers("movedMean", "Mean of rect:17,7,8,6 in every frame.", trace(17, 7, 8, 6))
number("largest", "Maximum over time of the pixel x 16 y 12.", stack[:, 12, 16].max())
number("deviation", "Standard deviation of that pixel over 0:50, less the mean of 0:50.",
       corrected[:50, 12, 16].std())
numbers("deviations", "The same over the whole stack, of row 10.", corrected[:, 10].std(axis=0))
number("corrected", "That pixel of frame 200 less the mean of 0:50.", corrected[200, 12, 16])
number("flattened", "That pixel of frame 200 less dark.png, divided by flat.png.",
       field[200, 12, 16])
print("}")
