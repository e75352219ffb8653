#!/usr/bin/env python3
"""Makes the BMP, WebP and Netpbm files of this folder and stills.txt with their pixels.

Needs numpy, Pillow and OpenCV. Every BMP and lossless WebP is decoded by both, which must agree.
A line of stills.txt: name, rows, columns, channels, tolerance, samples.
"""
import pathlib
import struct

import cv2
import numpy as np
from PIL import Image

HERE = pathlib.Path(__file__).parent
ROWS, COLUMNS = 7, 13
random = np.random.default_rng(9)
RGB = random.integers(0, 256, (ROWS, COLUMNS, 3), dtype=np.uint8)
GRAY = random.integers(0, 256, (ROWS, COLUMNS), dtype=np.uint8)
WORDS = random.integers(0, 4096, (ROWS, COLUMNS, 3), dtype=np.uint16)


def bmp(name, bits, rows, height=ROWS, compression=0, palette=None, masks=b""):
    """A BMP with a Windows header around rows that are packed and padded already."""
    colors = b"".join(struct.pack("<BBBB", b, g, r, 0) for r, g, b in palette or [])
    offset = 54 + len(masks) + len(colors)
    header = struct.pack("<IiiHHIIiiII", 40, COLUMNS, height, 1, bits, compression, len(rows), 0, 0,
                         len(palette or []), 0)
    (HERE / name).write_bytes(b"BM" + struct.pack("<IHHI", offset + len(rows), 0, 0, offset) + header
                              + masks + colors + rows)


def padded(row):
    return row + b"\0" * (-len(row) % 4)


def encoded_runs(indices):
    """RLE8: a run for each row's first pixels, the rest as literals, then the end of the row."""
    out = b""
    for row in indices[::-1]:
        length = next((i for i in range(1, len(row)) if row[i] != row[0]), len(row))
        out += bytes([length, row[0]])
        rest = bytes(row[length:])
        if len(rest) >= 3:
            out += bytes([0, len(rest)]) + rest + b"\0" * (len(rest) % 2)
        else:
            out += b"".join(bytes([1, value]) for value in rest)
        out += b"\0\0"
    return out + b"\0\1"


def make_bmp():
    Image.fromarray(RGB).save(HERE / "rgb24.bmp")
    Image.fromarray(GRAY).save(HERE / "gray8.bmp")
    Image.fromarray(GRAY > 128).save(HERE / "bits1.bmp")
    Image.fromarray(RGB).quantize(200).save(HERE / "palette8.bmp")
    bmp("rgb32.bmp", 32, b"".join(padded(b"".join(bytes([*p[::-1], 0]) for p in row))
                                  for row in RGB[::-1]))
    bmp("topdown.bmp", 24, b"".join(padded(row[:, ::-1].tobytes()) for row in RGB), height=-ROWS)
    colors = [(i * 16, 255 - i * 10, i * 5) for i in range(16)]
    nibbles = GRAY % 16
    bmp("palette4.bmp", 4, b"".join(padded(bytes((row[i] << 4) | (row[i + 1] if i + 1 < COLUMNS else 0)
                                                 for i in range(0, COLUMNS, 2)))
                                    for row in nibbles[::-1]), palette=colors)
    indices = np.where(np.arange(COLUMNS) < 5, nibbles[:, :1], nibbles)
    bmp("runs8.bmp", 8, encoded_runs(indices), compression=1, palette=colors)
    return ["rgb24.bmp", "gray8.bmp", "bits1.bmp", "palette8.bmp", "rgb32.bmp", "topdown.bmp",
            "palette4.bmp", "runs8.bmp"]


def write_netpbm():
    """Netpbm by its own specification; the samples are the arrays."""
    size = f"{COLUMNS} {ROWS}"
    bits = (GRAY > 128).astype(np.uint8)  # 1 is white here, black in the file
    text = lambda a: " ".join(str(v) for v in a.ravel())
    files = {
        "p1.pbm": (f"P1 {size}\n" + "".join(str(1 - v) for v in bits.ravel()), bits * 255),
        "p2.pgm": (f"P2\n# made by hand 9 9\n{size} #\n1000\n" + text(WORDS[..., 0] % 1001),
                   WORDS[..., 0] % 1001),
        "p3.ppm": (f"P3 {size} 255 {text(RGB)}", RGB),
        "p4.pbm": (f"P4 {size}\n".encode() + np.packbits(1 - bits, axis=1).tobytes(), bits * 255),
        "p5.pgm": (f"P5\n{size}\n255\n".encode() + GRAY.tobytes(), GRAY),
        "p5-15.pgm": (f"P5\n{size}\n15\n".encode() + (GRAY % 16).tobytes(), GRAY % 16),
        "p5-4095.pgm": (f"P5 {size} 4095\n".encode() + WORDS[..., 0].astype(">u2").tobytes(),
                        WORDS[..., 0]),
        "p6.ppm": (f"P6 {size} 255\n".encode() + RGB.tobytes(), RGB),
        "p6-4095.ppm": (f"P6 {size} 4095\n".encode() + WORDS.astype(">u2").tobytes(), WORDS),
    }
    for name, (data, samples) in files.items():
        (HERE / name).write_bytes(data if isinstance(data, bytes) else data.encode())
        yield name, samples


if __name__ == "__main__":
    with open(HERE / "stills.txt", "w") as out:
        def note(name, samples, tolerance=0):
            rows, columns, *channels = samples.shape
            print(name, rows, columns, *channels or [1], tolerance, *samples.ravel(), file=out)

        def decoded(name):
            first = np.asarray(Image.open(HERE / name).convert("RGB"))
            second = cv2.imread(str(HERE / name), cv2.IMREAD_COLOR)[..., ::-1]
            assert (first == second).all(), name
            return first

        for name in make_bmp():
            note(name, decoded(name))
        Image.fromarray(RGB).save(HERE / "lossless.webp", lossless=True)
        note("lossless.webp", decoded("lossless.webp"))
        y, x = np.mgrid[:ROWS, :COLUMNS]
        Image.fromarray((y * 20 + x * 9).astype(np.uint8)).convert("RGB").save(
            HERE / "lossy.webp", quality=95)
        note("lossy.webp", decoded("lossy.webp"), 2)
        for name, samples in write_netpbm():
            note(name, samples)
