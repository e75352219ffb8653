#!/usr/bin/env python3
"""Compares what blitz reads with what Pillow reads, for every image in a folder.

Usage: conformance_pillow.py BLITZ FOLDER. Left out are files that either of them refuses, and kinds
that Pillow rounds to 8 bits. Lossy images may differ by 2 codes. Needs Pillow alone.
"""
import array
import pathlib
import re
import subprocess
import sys
import warnings

from PIL import Image

ENDINGS = {".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".ppm", ".pgm", ".pbm"}
LOSSY = {".jpg", ".jpeg"}
PNM = re.compile(rb"P\d\s+\d+\s+\d+\s+(\d+)\s")


def ours(blitz, path):
    """Extents and samples of the first frame; None when it is refused or damaged."""
    run = subprocess.run([blitz, "frame", str(path), "-n", "0", "--color", "--quiet", "-o", "-"],
                         capture_output=True, timeout=30)
    if run.returncode != 0:
        return None
    end = run.stdout.index(b"\n") + 1
    extents = re.search(rb"'shape': \(([0-9, ]*)\)", run.stdout[:end]).group(1)
    return [int(n) for n in extents.split(b",") if n.strip()], array.array("f", run.stdout[end:])


def theirs(path):
    """The same by Pillow; None when it refuses, or has not the samples as they are stored."""
    try:
        with Image.open(path) as image:
            head = path.read_bytes()[:64]
            # Pillow has 8 of 16 bits of colours, and scales other maxima of PNM to 255.
            if path.suffix == ".png" and head[24] == 16 and not image.mode.startswith("I"):
                return None
            if head[:1] == b"P" and head[1:2] in b"2356" and PNM.match(head).group(1) != b"255":
                return None
            if image.mode in ("P", "PA", "RGBA", "RGBX", "YCbCr", "RGB"):
                # A palette of grays is still a palette: three channels.
                image = image.convert("RGBA") if image.mode == "P" else image
                image = image.convert("RGB")
            elif image.mode == "LA":
                image = image.convert("L")
            elif image.mode not in ("1", "L", "I", "I;16", "I;16B", "F"):
                return None
            samples = list(image.getdata())
            flat = [c for p in samples for c in p] if image.mode == "RGB" else samples
            extents = [image.height, image.width] + ([3] if image.mode == "RGB" else [])
            return extents, flat
    except Exception:  # whatever Pillow throws at a bad file
        return None


def main(blitz, folder):
    warnings.simplefilter("ignore")
    compared, bad = 0, []
    for path in sorted(pathlib.Path(folder).rglob("*")):
        if path.suffix.lower() not in ENDINGS or not path.is_file():
            continue
        mine, other = ours(blitz, path), theirs(path)
        if mine is None or other is None:
            continue
        compared += 1
        limit = 2 if path.suffix.lower() in LOSSY else 0
        if mine[0] != other[0]:
            bad.append(f"{path}: {mine[0]}, not {other[0]}")
        elif max((abs(a - b) for a, b in zip(mine[1], other[1])), default=0) > limit:
            bad.append(f"{path}: other samples")
    print(f"conformance: {compared} images compared with Pillow, {len(bad)} differ")
    for line in bad:
        print("  " + line)
    return 1 if bad or not compared else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
