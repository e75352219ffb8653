#!/usr/bin/env python3
"""Writes arrays.txt and headers.txt beside itself: what NumPy stores and what NumPy accepts.

arrays.txt:  name, the .npy file in hex, extents T,H,W,C as stored, and the samples in C order as
             NumPy converts them to float32 (printed exactly, as float64).
headers.txt: NumPy's verdict (its shape, or "refused"), then a damaged file's start in hex.
"""
import io
import pathlib
import random
import sys
import tokenize

import numpy as np

here = pathlib.Path(__file__).parent


def stored(array, version=None):
    out = io.BytesIO()
    np.lib.format.write_array(out, array, version=version)
    return out.getvalue()


def line(name, array, data):
    shape = {2: (1, *array.shape, 1), 3: (*array.shape, 1), 4: array.shape}[array.ndim]
    with np.errstate(all="ignore"):
        samples = np.ascontiguousarray(array).astype(np.float32).astype(np.float64)
    values = " ".join(repr(float(v)) for v in samples.ravel())
    return f"{name}\t{data.hex()}\t{','.join(map(str, shape))}\t{values}\n"


def samples_of(kind, shape, seed):
    rng = np.random.default_rng(seed)
    dtype = np.dtype(kind)
    if dtype.kind == "b":
        return rng.integers(0, 2, shape).astype(bool)
    if dtype.kind == "f":
        array = (rng.standard_normal(shape) * 1000).astype(dtype)
        array.flat[:5] = [np.nan, np.inf, -np.inf, -0.0, np.finfo(dtype).tiny / 4]
        return array
    limits = np.iinfo(dtype)
    array = rng.integers(limits.min, limits.max, shape, dtype=dtype, endpoint=True)
    array.flat[:2] = [limits.min, limits.max]
    return array


def arrays():
    kinds = "b1 u1 i1 u2 i2 u4 i4 u8 i8 f2 f4 f8".split()
    for seed, kind in enumerate(kinds):
        for order in "<>":
            if order == ">" and np.dtype(kind).itemsize == 1:
                continue
            for layout in "CF":
                array = samples_of(kind, (2, 3, 5), seed).astype(order + kind)
                array = np.asarray(array, order=layout)
                yield line(f"{order}{kind}-{layout}", array, stored(array))
    for shape in [(1, 1), (3, 5), (7, 1), (1, 1, 1), (5, 1, 3), (2, 3, 5, 1), (2, 3, 5, 3),
                  (2, 3, 5, 4)]:
        for layout in "CF":
            array = np.asarray(samples_of("u2", shape, 77), order=layout)
            yield line(f"u2-{'x'.join(map(str, shape))}-{layout}", array, stored(array))
    for version in [(1, 0), (2, 0), (3, 0)]:
        array = samples_of("f4", (2, 3, 5), 99)
        yield line(f"version-{version[0]}", array, stored(array, version))


def headers(count):
    """Sound headers with a few bytes changed, dropped, doubled, or pieces of others put in."""
    rng = random.Random(20)
    pieces = [b"-1", b"0", b"L", b",", b"()", b"(3)", b"99999999999999999999", b"True", b"None",
              b"'", b'"', b"'<f4'", b"'>i2'", b"'|O'", b"'<c8'", b" ", b"\n", b"\0", b"{", b"}",
              b"2, 3", b"'shape': (1, 2), ", b"1e3", b"+4", b"00", b"07", b"\\", b"#", b"'<M8[s]'"]
    for _ in range(count):
        dtype = rng.choice(["<f4", ">u2", "|u1", "<f8", "|b1", "<i8"])
        shape = tuple(rng.randrange(1, 9) for _ in range(rng.randrange(2, 4)))
        text = bytearray(str({"descr": dtype, "fortran_order": rng.random() < .5,
                              "shape": shape}).encode())
        for _ in range(rng.randrange(0, 3)):
            at = rng.randrange(len(text))
            how = rng.randrange(4)
            if how == 0:
                text[at] = rng.choice(b"'\"(),:{}0129 <>|=fLui")
            elif how == 1:
                del text[at:at + rng.randrange(1, 3)]
            elif how == 2:
                text[at:at] = rng.choice(pieces)
            else:
                text[at:at] = text[at:at + 1]
        if rng.random() < .7:
            text += b" " * rng.randrange(20) + b"\n"
        version = rng.choice([1, 2, 3])
        length = len(text) + (rng.choice([-3, 1, 200]) if rng.random() < .05 else 0)
        data = b"\x93NUMPY" + bytes([version, 0 if rng.random() < .97 else 1])
        yield data + length.to_bytes(2 if version == 1 else 4, "little") + bytes(text)


def verdict(data):
    """NumPy's own reading, without its objects, records and the array types that are no images."""
    source = io.BytesIO(data)
    try:
        version = np.lib.format.read_magic(source)
        shape, _, dtype = np.lib._format_impl._read_array_header(source, version)
    except (ValueError, SyntaxError, TypeError, tokenize.TokenError):
        return "refused"
    if dtype.kind not in "buif" or dtype.itemsize > 8 or dtype.shape or min(shape, default=0) < 0:
        return "refused"
    return ",".join(map(str, shape)) or "scalar"


(here / "arrays.txt").write_text("".join(arrays()))
(here / "headers.txt").write_text(
    "".join(f"{verdict(data)}\t{data.hex()}\n" for data in headers(400)))
print(np.__version__, file=sys.stderr)
