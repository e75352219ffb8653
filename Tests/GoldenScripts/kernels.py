"""Writes Goldens.swift: what float64 NumPy and OpenCV say of small inputs.

Run in this folder: python kernels.py > ../BlitzKernelsTests/Goldens.swift  (numpy, opencv-python)
"""

import cv2
import numpy as np

SEED = 20


def splitmix(seed, count):
    """The sequence of SeededRandom in BlitzTestSupport, as 64-bit numbers."""
    state, out, mask = seed, [], (1 << 64) - 1
    for _ in range(count):
        state = (state + 0x9E3779B97F4A7C15) & mask
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        out.append(z ^ (z >> 31))
    return np.array(out, dtype=np.uint64)


def samples(seed, count, low, high):
    """TestSamples.uniform: float32 of low + (high - low) * (upper 24 bits) / 2^24, in float64."""
    unit = (splitmix(seed, count) >> np.uint64(40)).astype(np.float64) / (1 << 24)
    return (low + (high - low) * unit).astype(np.float32)


def swift(name, doc, values):
    values = np.asarray(values, dtype=np.float64).ravel()
    text = [".nan" if np.isnan(v) else ("-" if v < 0 else "") + ".infinity" if np.isinf(v)
            else repr(float(v)) for v in values]
    print(f"  /// {doc}")
    print(f"  static let {name}: [Double] = [")
    line = "   "
    for item in text:
        if len(line) + len(item) + 2 > 100:
            print(line)
            line = "   "
        line += f" {item},"
    print(line)
    print("  ]")


print("// Written by GoldenScripts/kernels.py; not edited by hand.")
print("// swift-format-ignore-file")
print("enum Goldens {")

frame = samples(SEED, 17 * 23, -50, 4000)
wide = frame.astype(np.float64)
percents = [0, 0.1, 1, 2, 25, 50, 62.5, 98, 99, 99.9, 100]
swift("percents", "Percents of `percentiles`.", percents)
swift("percentiles", "np.percentile of uniform(seed 20, 17 x 23, -50 ..< 4000).",
      np.percentile(wide, percents))
swift("histogram", "np.histogram of the same, 37 bins over 0...3000.",
      np.histogram(wide, bins=37, range=(0, 3000))[0])
tenths = np.round(wide / 100).astype(np.float32) / np.float32(10)
swift("tenthsHistogram", "np.histogram of its hundreds as tenths, 30 bins over 0...3: samples on edges.",
      np.histogram(tenths.astype(np.float64), bins=30, range=(0, 3))[0])

image = frame.reshape(17, 23)
swift("areaEvenly", "Box means of its first 16 x 20, in blocks of 4 x 5.",
      image[:16, :20].astype(np.float64).reshape(4, 4, 4, 5).mean(axis=(1, 3)))
swift("areaOpenCV", "cv2.resize of the 17 x 23 frame to 7 x 9 by INTER_AREA.",
      cv2.resize(image.astype(np.float64), (9, 7), interpolation=cv2.INTER_AREA))

stack = samples(31, 210 * 15, 9990, 10010).astype(np.float64).reshape(210, 15)
for name in ["mean", "std", "min", "max", "median"]:
    swift(name + "OverFrames", f"np.{name} over frames of uniform(seed 31, 210 x 3 x 5, 9990 ..< 10010).",
          getattr(np, name)(stack, axis=0))

print("}")
