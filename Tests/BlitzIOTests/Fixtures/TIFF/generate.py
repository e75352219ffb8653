#!/usr/bin/env python3
"""Writes one small TIFF file for each property, and what it holds, beside itself.

values.txt: file name, extents T,H,W,C, where the samples lie ("mapped" when they are in one piece
and evenly spaced, else "decoded"), and the samples in C order.

Files come from tifffile and Pillow, samples from the arrays that were written; each is read back
by tifffile (with imagecodecs) and, where it knows the kind, by Pillow, and must agree.
"""
import pathlib
import struct

import numpy as np
import tifffile
from PIL import Image

here = pathlib.Path(__file__).parent
rows = []
rng = np.random.default_rng(4)


def noise(dtype, *shape):
    dtype = np.dtype(dtype)
    if dtype.kind == "f":
        array = (rng.standard_normal(shape) * 100).astype(dtype)
        array.flat[:3] = [np.nan, np.inf, -0.0]
        return array
    limits = np.iinfo(dtype)
    array = rng.integers(limits.min, limits.max, shape, dtype=dtype, endpoint=True)
    array.flat[:2] = [limits.min, limits.max]
    return array


def smooth(dtype, *shape):
    """Compresses, and gives predictors something to do."""
    grid = np.add.outer(np.arange(shape[-2]) * 5, np.arange(shape[-1]) * 3)
    top = 1 if np.dtype(dtype).kind == "f" else 2
    return np.broadcast_to(grid / top, shape).astype(dtype) + np.arange(
        shape[0], dtype=dtype).reshape(-1, *[1] * (len(shape) - 1))


def note(name, array, where):
    """`array` has axes T, H, W, C."""
    assert array.ndim == 4, (name, array.shape)
    values = array.astype(np.float32).astype(np.float64).ravel()
    text = " ".join(str(int(v)) if np.isfinite(v) and v == int(v) and str(v) != "-0.0"
                    else repr(float(v)) for v in values)
    rows.append(f"{name}\t{','.join(map(str, array.shape))}\t{where}\t{text}\n")


def check(name, array, pillow):
    with tifffile.TiffFile(here / name) as file:
        pages = np.stack([page.asarray() for page in file.pages])
    np.testing.assert_array_equal(pages.reshape(array.shape), array, name)
    if pillow:
        with Image.open(here / name) as image:
            for page in range(getattr(image, "n_frames", 1)):
                image.seek(page)
                np.testing.assert_array_equal(
                    np.asarray(image).reshape(array.shape[1:]), array[page], name)


def save(name, stack, where="decoded", pillow=True, **options):
    """Writes T, H, W or T, H, W, C, a page for each frame."""
    name += ".tif"
    with tifffile.TiffWriter(here / name, bigtiff=options.pop("bigtiff", False),
                             byteorder=options.pop("byteorder", "<")) as file:
        for page in stack:
            page = page if options.get("planarconfig") != "separate" else np.moveaxis(page, -1, 0)
            file.write(page, contiguous=False, metadata=None, **options)
    array = stack if stack.ndim == 4 else stack[..., None]
    if options.get("planarconfig") == "separate":
        with tifffile.TiffFile(here / name) as file:
            pages = np.stack([np.moveaxis(page.asarray(), 0, -1) for page in file.pages])
        np.testing.assert_array_equal(pages, array, name)
    else:
        check(name, array, pillow)
    note(name, array, where)


def raw_tiff(name, width, height, tags, data, order="<"):
    """One page of given tags over given bytes, by hand."""
    tags = {256: width, 257: height, 278: height, 279: len(data), **tags}
    extra, body, start = b"", b"", 8 + 2 + 12 * (len(tags) + 1) + 4
    entries = []
    for tag, value in sorted(tags.items()):
        kind, values = ("H", value) if isinstance(value, list) else ("I", [value])
        if isinstance(value, bytes):
            kind, values = "B", list(value)
        packed = struct.pack(order + kind * len(values), *values)
        code = {"H": 3, "I": 4, "B": 2}[kind]
        if len(packed) > 4:
            packed, extra = struct.pack(order + "I", start + len(extra)), extra + packed
        entries.append((tag, code, len(values), packed.ljust(4, b"\0")))
    entries.append((273, 4, 1, struct.pack(order + "I", start + len(extra))))
    for tag, code, count, packed in sorted(entries):
        body += struct.pack(order + "HHI", tag, code, count) + packed
    head = (b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, 8)
    (here / name).write_bytes(
        head + struct.pack(order + "H", len(entries)) + body + b"\0\0\0\0" + extra + data)


def packed_bits(codes, bits):
    """Rows of codes, most significant bit first, each row filled up to a byte."""
    out = b""
    for row in codes:
        text = "".join(format(int(code), f"0{bits}b") for code in row)
        text += "0" * (-len(text) % 8)
        out += int(text, 2).to_bytes(len(text) // 8, "big")
    return out


def types():
    for kind in "u1 i1 u2 i2 u4 i4 u8 i8 f2 f4 f8".split():
        for order, word in [("<", "little"), (">", "big")]:
            # Pillow widens or refuses all but these.
            known = kind in ("u1", "u2", "i4") or (kind == "f4")
            save(f"{kind}-{word}", noise(kind, 2, 5, 7), "mapped", byteorder=order,
                 pillow=known and kind != "f8", photometric="minisblack")
    save("big-little", noise("u2", 3, 5, 7), "mapped", bigtiff=True, photometric="minisblack")
    save("big-big", noise("f4", 3, 5, 7), "mapped", bigtiff=True, byteorder=">",
         photometric="minisblack", pillow=False)
    save("one-pixel", noise("u2", 1, 1, 1), "mapped", photometric="minisblack")


def compressions():
    for codec, pillow in [("lzw", True), ("deflate", True), ("packbits", True), ("zstd", False),
                          ("lzma", False)]:
        save(f"{codec}-u1", smooth("u1", 2, 13, 17), compression=codec, rowsperstrip=4,
             pillow=pillow, photometric="minisblack")
        save(f"{codec}-u2", noise("u2", 2, 5, 7), compression=codec, pillow=pillow,
             photometric="minisblack")
    for codec in ["lzw", "deflate"]:
        for kind in ["u1", "u2", "i4"]:
            save(f"{codec}-{kind}-predictor", smooth(kind, 2, 13, 17), compression=codec,
                 predictor=2, pillow=kind != "i4", photometric="minisblack")
        for kind in ["f4", "f8"]:
            save(f"{codec}-{kind}-predictor", smooth(kind, 2, 13, 17), compression=codec,
                 predictor=3, pillow=False, photometric="minisblack")
    save("deflate-big-endian-predictor", smooth("u2", 1, 13, 17), compression="deflate",
         predictor=2, byteorder=">", pillow=False, photometric="minisblack")
    jpeg("jpeg-gray", smooth("u1", 1, 24, 32), photometric="minisblack")
    color = np.stack([smooth("u1", 1, 24, 32)] * 3, -1)
    color[..., 1] //= 2
    jpeg("jpeg-ycbcr", color, photometric="rgb")


def jpeg(name, stack, **options):
    """Lossy, so the samples are Pillow's; tifffile's decoder must be within 2 of them."""
    name += ".tif"
    with tifffile.TiffWriter(here / name) as file:
        for page in stack:
            file.write(page, compression="jpeg", metadata=None, contiguous=False, **options)
    with Image.open(here / name) as image:
        ours = np.asarray(image)
    theirs = tifffile.imread(here / name)
    assert np.abs(ours.astype(int) - theirs.astype(int)).max() <= 2, name
    array = ours[None] if ours.ndim == 3 else ours[None, ..., None]
    note(name, array, "decoded")


def strips_and_tiles():
    save("strips-of-2", noise("u2", 2, 7, 5), "mapped", rowsperstrip=2, photometric="minisblack")
    save("tiles", noise("u2", 2, 37, 21), tile=(16, 16), photometric="minisblack")
    save("tiles-lzw", noise("u1", 1, 17, 33), tile=(16, 32), compression="lzw",
         photometric="minisblack")
    save("tiles-color", noise("u1", 1, 20, 18, 3), tile=(16, 16), photometric="rgb")
    save("tiles-planar", noise("u2", 1, 20, 18, 3), tile=(16, 16), photometric="rgb",
         planarconfig="separate")


def colors():
    save("rgb", noise("u1", 2, 5, 7, 3), "mapped", photometric="rgb")
    save("rgb-u2", noise("u2", 1, 5, 7, 3), "mapped", photometric="rgb", pillow=False)
    save("rgba", noise("u1", 1, 5, 7, 4), "mapped", photometric="rgb", extrasamples=["unassalpha"])
    save("planar", noise("u1", 2, 5, 7, 3), "mapped", photometric="rgb", planarconfig="separate")
    save("planar-f4-lzw", smooth("f4", 3, 5, 7)[None].transpose(0, 2, 3, 1), photometric="rgb",
         planarconfig="separate", compression="lzw", rowsperstrip=2)
    for kind in ["u1", "u2"]:
        codes = noise(kind, 1, 5, 7)
        name = f"min-is-white-{kind}.tif"
        tifffile.imwrite(here / name, codes, photometric="miniswhite", metadata=None)
        white = np.iinfo(kind).max - codes
        if kind == "u1":
            with Image.open(here / name) as image:
                np.testing.assert_array_equal(np.asarray(image), white[0])
        note(name, white[..., None], "decoded")
    for name, palette in [("palette", noise("u2", 3, 256)),
                          ("palette-gray", np.tile(noise("u2", 1, 256), (3, 1)))]:
        codes = noise("u1", 1, 5, 7)
        tifffile.imwrite(here / f"{name}.tif", codes, photometric="palette", colormap=palette,
                         metadata=None)
        looked_up = np.moveaxis(palette[:, codes] >> 8, 0, -1)
        with Image.open(here / f"{name}.tif") as image:
            np.testing.assert_array_equal(np.asarray(image.convert("RGB")), looked_up[0])
        note(f"{name}.tif", looked_up[..., :1] if "gray" in name else looked_up, "decoded")


def few_bits():
    for bits in [1, 2, 4, 10, 12, 14]:
        codes = rng.integers(0, 1 << bits, (5, 7))
        name = f"bits-{bits}.tif"
        raw_tiff(name, 7, 5, {258: [bits], 259: [1], 262: [1], 277: [1]},
                 packed_bits(codes, bits))
        np.testing.assert_array_equal(tifffile.imread(here / name).astype(int), codes)
        note(name, (codes * (255 // ((1 << bits) - 1) if bits < 8 else 1))[None, ..., None],
             "decoded")
    codes = rng.integers(0, 2, (5, 7))
    raw_tiff("bits-1-white.tif", 7, 5, {258: [1], 259: [1], 262: [0], 277: [1]},
             packed_bits(codes, 1))
    with Image.open(here / "bits-1-white.tif") as image:
        np.testing.assert_array_equal(np.asarray(image).astype(int), 1 - codes)
    note("bits-1-white.tif", ((1 - codes) * 255)[None, ..., None], "decoded")


def axes():
    stack = noise("u2", 3, 2, 2, 5, 7)
    tifffile.imwrite(here / "imagej-tzc.tif", stack, imagej=True, metadata={"axes": "TZCYX"})
    note("imagej-tzc.tif", stack[:, 0, 0][..., None], "mapped")
    stack = noise("f4", 4, 5, 7)
    tifffile.imwrite(here / "imagej-z.tif", stack, imagej=True, metadata={"axes": "ZYX"})
    note("imagej-z.tif", stack[..., None], "mapped")
    for name, order in [("ome-tzc", "TZCYX"), ("ome-czt", "CZTYX"), ("ome-zct", "ZCTYX")]:
        sizes = {"T": 3, "Z": 2, "C": 2}
        stack = noise("u1", *[sizes[axis] for axis in order[:3]], 5, 7)
        tifffile.imwrite(here / f"{name}.tif", stack, ome=True, metadata={"axes": order},
                         photometric="minisblack")
        moved = np.moveaxis(stack, order.index("T"), 0)
        note(f"{name}.tif", moved[:, 0, 0][..., None], "mapped")
    # All planes behind one directory, as ImageJ writes stacks beyond 4 GiB.
    stack = noise("u2", 5, 5, 7).astype(">u2")
    raw_tiff("imagej-one-page.tif", 7, 5,
             {258: [16], 259: [1], 262: [1], 277: [1], 279: 70,
              270: b"ImageJ=1.53t\nimages=5\nslices=5\nloop=false\n\0"},
             stack.tobytes(), order=">")
    np.testing.assert_array_equal(tifffile.imread(here / "imagej-one-page.tif"), stack)
    note("imagej-one-page.tif", stack[..., None], "mapped")
    # A preview among the pages is no frame.
    pages = noise("u1", 2, 6, 8)
    with tifffile.TiffWriter(here / "preview.tif") as file:
        file.write(pages[0], metadata=None)
        file.write(pages[0][::2, ::2], subfiletype=1, metadata=None)
        file.write(pages[1], metadata=None)
    note("preview.tif", pages[..., None], "mapped")


for old in here.glob("*.tif"):
    old.unlink()
types()
compressions()
strips_and_tiles()
colors()
few_bits()
axes()
(here / "values.txt").write_text("".join(rows))
