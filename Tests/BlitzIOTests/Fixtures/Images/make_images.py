"""Writes the image fixtures beside this script, with what independent decoders make of them.

Needs numpy, pillow and opencv-python. PNG files are put together by hand, because no library writes
every layout; Pillow and OpenCV must agree on a file's values before they count. Run it in place:
it writes `*.png`, `*.jpg`, for each decodable one its name + `.npy` (rows x columns, or x 3 for colour), and
`index.txt` with file, condition and the least number of warnings.
"""

import io
import struct
import warnings
import zlib
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

warnings.simplefilter("ignore")
HERE = Path(__file__).parent
RANDOM = np.random.default_rng(20)
INDEX = []
GRAY, RGB, PALETTE, GRAY_ALPHA, RGBA = 0, 2, 3, 4, 6
CHANNELS = {GRAY: 1, RGB: 3, PALETTE: 1, GRAY_ALPHA: 2, RGBA: 4}
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def chunk(name, data, crc=None):
    crc = zlib.crc32(name + data) if crc is None else crc
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc)


def packed_rows(samples, depth):
    """Rows of bytes as PNG packs samples of `depth` bits."""
    rows = samples.reshape(samples.shape[0], -1)
    if depth == 16:
        return [row.astype(">u2").tobytes() for row in rows]
    if depth == 8:
        return [row.astype(np.uint8).tobytes() for row in rows]
    bits = (rows[:, :, None] >> np.arange(depth - 1, -1, -1)) & 1
    return [np.packbits(row.reshape(-1)).tobytes() for row in bits]


def filtered(rows, pixel, kinds):
    """Rows with PNG's five filters in turn."""
    out, above = b"", bytes(len(rows[0]) if rows else 0)
    for number, row in enumerate(rows):
        kind = kinds[number % len(kinds)]
        line = bytearray()
        for i, value in enumerate(row):
            left = row[i - pixel] if i >= pixel else 0
            up, corner = above[i], above[i - pixel] if i >= pixel else 0
            estimate = left + up - corner
            paeth = min((left, up, corner), key=lambda c: abs(estimate - c))
            line.append((value - (0, left, up, (left + up) // 2, paeth)[kind]) & 255)
        out += bytes([kind]) + bytes(line)
        above = row
    return out


def image_data(samples, color, depth, interlaced, kinds=(0, 1, 2, 3, 4)):
    pixel = max(1, CHANNELS[color] * depth // 8)
    passes = [samples]
    if interlaced:
        passes = [samples[y::dy, x::dx] for x, y, dx, dy in ADAM7]
    return b"".join(
        filtered(packed_rows(part, depth), pixel, kinds) for part in passes if part.size
    )


def png(samples, color, depth, interlaced=False, palette=None, transparency=None, extra=b"",
        data=None, body=None, end=True, pieces=1, kinds=(0, 1, 2, 3, 4)):
    height, width = samples.shape[:2]
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, int(interlaced))
    file = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra
    if palette is not None:
        file += chunk(b"PLTE", palette.astype(np.uint8).tobytes())
    if transparency is not None:
        file += chunk(b"tRNS", transparency)
    if body is None:
        data = image_data(samples, color, depth, interlaced, kinds) if data is None else data
        body = zlib.compress(data, 9)
    step = -(-len(body) // pieces)
    for start in range(0, len(body), step):
        file += chunk(b"IDAT", body[start:start + step])
    return file + (chunk(b"IEND", b"") if end else b"")


def note(name, condition, least_warnings=0):
    INDEX.append(f"{name}\t{condition}\t{least_warnings}")


def keep(name, file, expected, least_warnings=0):
    (HERE / name).write_bytes(file)
    np.save(HERE / (name + ".npy"), expected)
    note(name, "complete", least_warnings)


def keep_damaged(name, file):
    (HERE / name).write_bytes(file)
    note(name, "damaged")


def random_samples(height, width, color, depth):
    shape = (height, width) if CHANNELS[color] == 1 else (height, width, CHANNELS[color])
    smooth = np.add.outer(np.arange(height) * 3, np.arange(width) * 2)
    noise = RANDOM.integers(0, 1 << depth, shape)
    if depth < 8:
        return noise
    return (noise // 8 + (smooth if len(shape) == 2 else smooth[..., None])) % (1 << depth)


def decoded_twice(file, expected):
    """Pillow and OpenCV must see what the values were made from."""
    plain = cv2.imdecode(np.frombuffer(file, np.uint8), cv2.IMREAD_UNCHANGED)
    if plain.ndim == 3:
        # OpenCV makes gray with alpha BGRA of equal channels.
        plain = plain[..., 2::-1] if expected.ndim == 3 else plain[..., 0]
    if plain.ndim == 2 and expected.ndim == 3:
        plain = np.repeat(plain[..., None], 3, 2)
    assert np.array_equal(plain, expected), "OpenCV"
    image = Image.open(io.BytesIO(file))
    deep_colour = expected.dtype == np.uint16 and expected.ndim == 3
    if deep_colour or (expected.dtype == np.uint16 and image.mode in ("LA", "RGBA")):
        return  # Pillow reduces those to 8 bits
    values = np.asarray(image.convert("RGB") if expected.ndim == 3 else
                        image.convert("L") if image.mode in ("1", "LA", "P", "RGBA") else image)
    assert np.array_equal(values.astype(np.int64), expected), f"Pillow {image.mode}"


def png_layouts():
    depths = {GRAY: (1, 2, 4, 8, 16), RGB: (8, 16), GRAY_ALPHA: (8, 16), RGBA: (8, 16)}
    names = {GRAY: "gray", RGB: "rgb", GRAY_ALPHA: "gray-alpha", RGBA: "rgba"}
    for color, options in depths.items():
        for depth in options:
            for interlaced in (False, True):
                samples = random_samples(11, 13, color, depth)
                file = png(samples, color, depth, interlaced, pieces=3)
                expected = samples * (255 // ((1 << depth) - 1)) if depth < 8 else samples
                expected = expected.astype(np.uint16 if depth == 16 else np.uint8)
                expected = {GRAY_ALPHA: expected[..., 0], RGBA: expected[..., :3]}.get(color, expected)
                expected = np.ascontiguousarray(expected)
                decoded_twice(file, expected)
                keep(f"{names[color]}{depth}{'-interlaced' if interlaced else ''}.png", file, expected)


def png_palettes():
    for depth in (1, 2, 4, 8):
        for interlaced in (False, True):
            entries = min(1 << depth, 200)
            samples = RANDOM.integers(0, entries, (9, 10))
            for name, palette in (
                ("colour", RANDOM.integers(0, 256, (entries, 3))),
                ("gray", np.repeat(RANDOM.integers(0, 256, (entries, 1)), 3, 1)),
            ):
                file = png(samples, PALETTE, depth, interlaced, palette)
                expected = palette[samples].astype(np.uint8)
                expected = expected if name == "colour" else np.ascontiguousarray(expected[..., 0])
                keep(f"palette{depth}-{name}{'-interlaced' if interlaced else ''}.png", file, expected)
                values = np.asarray(Image.open(io.BytesIO(file)).convert("RGB"))
                assert np.array_equal(values if name == "colour" else values[..., 0], expected)


def png_filters():
    """Every filter in the first row and below, in rows longer than a vector register."""
    for name, color, depth in (("gray", GRAY, 8), ("gray", GRAY, 16), ("rgb", RGB, 8), ("rgb", RGB, 16)):
        for first in range(5):
            samples = random_samples(9, 37, color, depth)
            kinds = [(first + 3 * row) % 5 for row in range(9)]
            file = png(samples, color, depth, kinds=kinds, pieces=2)
            expected = samples.astype(np.uint16 if depth == 16 else np.uint8)
            decoded_twice(file, expected)
            keep(f"filters-{name}{depth}-{first}.png", file, expected)


def png_oddities():
    gray = random_samples(5, 7, GRAY, 8)
    u8 = gray.astype(np.uint8)
    keep("one-pixel.png", png(gray[:1, :1], GRAY, 8), u8[:1, :1])
    keep("one-column.png", png(gray[:, :1], GRAY, 8), u8[:, :1])
    keep("one-row-interlaced.png", png(gray[:1], GRAY, 8, True), u8[:1])
    keep("transparent-gray.png", png(gray, GRAY, 8, transparency=struct.pack(">H", 7)), u8)
    rgb = random_samples(5, 7, RGB, 8)
    keep("transparent-rgb.png", png(rgb, RGB, 8, transparency=bytes(6)), rgb.astype(np.uint8))
    palette = RANDOM.integers(0, 256, (4, 3))
    codes = RANDOM.integers(0, 4, (5, 7))
    keep("transparent-palette.png", png(codes, PALETTE, 8, palette=palette, transparency=b"\0\x80"),
         palette[codes].astype(np.uint8))
    text = chunk(b"tEXt", b"Comment\0" + b"x" * 40)
    keep("text.png", png(gray, GRAY, 8, extra=text), u8)
    keep("text-bad-crc.png", png(gray, GRAY, 8, extra=text[:-1] + b"!"), u8, 1)
    profile = chunk(b"iCCP", b"broken\0\0" + zlib.compress(b"no profile"))
    keep("bad-profile.png", png(gray, GRAY, 8, extra=profile), u8)
    body = zlib.compress(image_data(gray, GRAY, 8, False), 9)
    keep("bytes-after-data.png", png(gray, GRAY, 8, body=body + b"more"), u8, 1)
    keep("rows-after-data.png", png(gray, GRAY, 8, data=image_data(gray, GRAY, 8, False) * 2), u8, 1)
    trailing = png(gray, GRAY, 8, end=False) + text + chunk(b"IEND", b"")
    keep("text-after-data.png", trailing, u8)
    keep("bad-text-after-data.png", trailing.replace(text, text[:-1] + b"!"), u8, 1)
    keep("bytes-after-end.png", png(gray, GRAY, 8) + b"rest", u8)
    window = zlib.compressobj(9, wbits=9)
    body = window.compress(image_data(gray, GRAY, 8, False)) + window.flush()
    keep("small-window.png", png(gray, GRAY, 8, body=body), u8)
    keep("no-end.png", png(gray, GRAY, 8, end=False), u8, 1)
    keep("many-pieces.png", png(gray, GRAY, 8, pieces=50), u8)
    long_text = chunk(b"tEXt", b"Comment\0" + b"y" * 40_000)
    keep("header-far-away.png", png(codes, PALETTE, 8, palette=palette, extra=long_text),
         palette[codes].astype(np.uint8))


def png_damage():
    gray = random_samples(40, 30, GRAY, 8)
    whole = png(gray, GRAY, 8)
    data = image_data(gray, GRAY, 8, False)
    body = zlib.compress(data, 9)
    keep_damaged("cut-in-data.png", whole[:len(whole) // 2])
    keep_damaged("cut-in-check-sum.png", whole[:-12 - 2])
    keep_damaged("bad-data-crc.png", whole[:-13] + bytes([whole[-13] ^ 1]) + whole[-12:])
    keep_damaged("short-data.png", png(gray, GRAY, 8, data=data[:-100]))
    keep_damaged("bad-zlib-sum.png", png(gray, GRAY, 8, body=body[:-1] + bytes([body[-1] ^ 1])))
    keep_damaged("flipped-bit.png", png(gray, GRAY, 8, body=body[:60] + bytes([body[60] ^ 8]) + body[61:]))
    keep_damaged("bad-filter.png", png(gray, GRAY, 8, data=b"\x07" + data[1:]))
    keep_damaged("cut-in-header.png", whole[:20])
    keep_damaged("bad-header-crc.png", whole[:32] + bytes([whole[32] ^ 1]) + whole[33:])
    keep_damaged("signature-only.png", whole[:8])
    huge = struct.pack(">IIBBBBB", 65_000, 65_000, 8, 0, 0, 0, 0)
    keep_damaged("too-many-pixels.png", whole[:8] + chunk(b"IHDR", huge) + whole[33:])
    wide = struct.pack(">IIBBBBB", 100_000, 1, 8, 0, 0, 0, 0)
    keep_damaged("too-wide.png", whole[:8] + chunk(b"IHDR", wide) + whole[33:])
    none = struct.pack(">IIBBBBB", 0, 4, 8, 0, 0, 0, 0)
    keep_damaged("no-width.png", whole[:8] + chunk(b"IHDR", none) + whole[33:])


def jpeg(image, **options):
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", **options)
    return buffer.getvalue()


def keep_jpeg(name, file, least_warnings=0, clean=None):
    """Colour as Pillow sees it (or `clean`, the same image without oddities); OpenCV within 1."""
    image = Image.open(io.BytesIO(clean or file))
    expected = np.asarray(image)
    flags = cv2.IMREAD_IGNORE_ORIENTATION
    flags |= cv2.IMREAD_COLOR if expected.ndim == 3 else cv2.IMREAD_GRAYSCALE
    other = cv2.imdecode(np.frombuffer(file, np.uint8), flags)
    other = other[..., ::-1] if expected.ndim == 3 else other
    assert np.abs(other.astype(int) - expected).max() <= 1, name
    keep(name, file, expected, least_warnings)
    if expected.ndim == 3:
        luma = cv2.imdecode(
            np.frombuffer(file, np.uint8), cv2.IMREAD_GRAYSCALE | cv2.IMREAD_IGNORE_ORIENTATION)
        np.save(HERE / (name + ".luma.npy"), luma)


def scene(height, width):
    y, x = np.mgrid[:height, :width]
    rgb = np.stack([x * 5, y * 6, 255 - x * 3 - y * 2], -1) % 256
    rgb[height // 3:height // 2, width // 3:width // 2] = (250, 20, 40)
    return rgb.astype(np.uint8)


def jpegs():
    colour = Image.fromarray(scene(35, 45))
    gray = colour.convert("L")
    keep_jpeg("gray.jpg", jpeg(gray, quality=90))
    keep_jpeg("gray-progressive.jpg", jpeg(gray, quality=90, progressive=True))
    for name, sampling in (("444", 0), ("422", 1), ("420", 2)):
        keep_jpeg(f"colour-{name}.jpg", jpeg(colour, quality=92, subsampling=sampling))
    keep_jpeg("colour-progressive.jpg", jpeg(colour, quality=92, progressive=True))
    keep_jpeg("rgb-stored.jpg", jpeg(colour, quality=92, keep_rgb=True))
    keep_jpeg("one-pixel.jpg", jpeg(Image.fromarray(scene(1, 1))))
    exif = Image.Exif()
    exif[0x0112] = 6
    keep_jpeg("orientation.jpg", jpeg(gray, quality=90, exif=exif))
    encoded = cv2.imencode(".jpg", scene(35, 45), [cv2.IMWRITE_JPEG_RST_INTERVAL, 2])[1].tobytes()
    keep_jpeg("restarts.jpg", encoded)
    whole = jpeg(gray, quality=90)
    odd = whole[:20] + b"\0\0\0" + whole[20:]
    keep_jpeg("bytes-before-marker.jpg", odd, 1, clean=whole)
    keep_damaged("cut.jpg", whole[:len(whole) * 2 // 3])
    keep_damaged("cut-after-header.jpg", whole[:whole.index(b"\xff\xda") + 14])
    keep_damaged("cut-in-header.jpg", whole[:100])
    keep_damaged("bytes-before-marker-and-cut.jpg", odd[:len(odd) * 2 // 3])
    marker = encoded.index(b"\xff\xd1")
    keep_damaged("lost-restart.jpg", encoded[:marker] + b"\xff\xd6" + encoded[marker + 2:])
    cmyk = jpeg(colour.convert("CMYK"))
    (HERE / "cmyk.jpg").write_bytes(cmyk)
    reduced = Image.fromarray(scene(32, 48))
    file = jpeg(reduced, quality=92)
    (HERE / "divisible.jpg").write_bytes(file)
    for divisor in (2, 4, 8):
        image = Image.open(io.BytesIO(file))
        image.draft("L", (48 // divisor, 32 // divisor))
        np.save(HERE / f"divisible.jpg.{divisor}.npy", np.asarray(image))


for old in [*HERE.glob("*.png"), *HERE.glob("*.jpg"), *HERE.glob("*.npy")]:
    old.unlink()
png_layouts()
png_palettes()
png_filters()
png_oddities()
png_damage()
jpegs()
(HERE / "index.txt").write_text("\n".join(INDEX) + "\n")
