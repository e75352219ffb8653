#!/usr/bin/env python3
"""Makes the video fixtures of this folder and video.txt with what they must decode to.

Needs ffmpeg with libx264, libx265 and libvpx for encoding, and numpy and PyAV (which carries an
FFmpeg of its own) as the independent decoder. Usage: make_video.py, then look at the difference.

video.txt: a line `file NAME FRAMES ROWS COLUMNS BITS RANGE CODES` opens a file, where RANGE is
`limited` or `full` and CODES tells whether decoders agree to the bit (`exact`) or within one code
(`near`); then one line per frame, by presentation time: seconds after the first frame, the sum of
its luma codes, and the codes at the eight places `place(k)`.
"""
import pathlib
import subprocess

import av
import numpy as np

HERE = pathlib.Path(__file__).parent
ROWS, COLUMNS, FRAMES = 36, 50, 40


def place(k, rows, columns):
    """Row and column of the k-th sampled pixel; the test computes the same."""
    return (k * 7 + 3) % rows, (k * 13 + 5) % columns


def source(top):
    """A bright square wandering over a drifting ramp, a bar code of the frame number, noise."""
    random = np.random.default_rng(5)
    y, x = np.mgrid[:ROWS, :COLUMNS]
    stack = np.empty((FRAMES, ROWS, COLUMNS))
    for t in range(FRAMES):
        frame = 0.2 + 0.3 * ((x + 2 * y + 3 * t) % 64) / 64
        frame[(abs(x - 5 - t) < 5) & (abs(y - 18) < 6)] = 0.9
        for bit in range(6):
            frame[:6, bit * 8:bit * 8 + 8] = 0.1 + 0.8 * (t >> bit & 1)
        stack[t] = frame + random.normal(0, 0.01, frame.shape)
    return np.clip(stack * top, 0, top).round().astype(np.uint8 if top == 255 else np.uint16)


def encode(name, *options, pixels="gray", top=255, rate="25", before=()):
    command = ["ffmpeg", "-y", "-loglevel", "error", *before, "-f", "rawvideo", "-pix_fmt", pixels,
               "-s", f"{COLUMNS}x{ROWS}", "-r", rate, "-i", "-", "-threads", "1", "-fflags",
               "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1", *options,
               str(HERE / name)]
    subprocess.run(command, input=source(top).tobytes(), check=True)


def recode(name, source_name, *options, before=()):
    subprocess.run(["ffmpeg", "-y", "-loglevel", "error", *before, "-i", str(HERE / source_name),
                    "-fflags", "+bitexact", *options, str(HERE / name)], check=True)


def decode(name):
    """Luma planes as the decoder orders them for display, their times, and the name of the pixel format."""
    found = []
    with av.open(str(HERE / name)) as container:
        stream = container.streams.video[0]
        stream.thread_count = 1
        for frame in container.decode(stream):
            plane, bits = frame.planes[0], frame.format.components[0].bits
            kind = np.uint8 if bits <= 8 else np.dtype("<u2")
            codes = np.frombuffer(plane, kind).reshape(frame.height, -1)[:, :frame.width]
            time = None if frame.pts is None else float(frame.pts * stream.time_base)
            found.append((time, codes.astype(np.int64), bits, frame.format.name, frame.color_range))
    times = [f[0] for f in found]
    if None in times or times != sorted(times):  # a container without presentation times
        found = [(None, *f[1:]) for f in found]
    return found


def describe(name, agree, out):
    found = decode(name)
    _, codes, bits, pixels, color_range = found[0]
    full = color_range == 2 or pixels.startswith(("gray", "yuvj"))
    rows, columns = codes.shape
    print("file", name, len(found), rows, columns, bits, "full" if full else "limited", agree,
          file=out)
    for time, codes, *_ in found:
        sampled = [int(codes[place(k, rows, columns)]) for k in range(8)]
        # The first frame's time is taken off; what has no time at all is written as a dash.
        at = "-" if time is None or found[0][0] is None else f"{time - found[0][0]:.6f}"
        print(at, int(codes.sum()), *sampled, file=out)


X264 = ["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p"]
X265 = ["-c:v", "libx265", "-preset", "veryfast", "-pix_fmt", "yuv420p"]


def make():
    encode("h264_b.mp4", *X264, "-x264-params", "keyint=12:bframes=3:b-adapt=0:scenecut=0")
    encode("h264_open.mkv", *X264, "-x264-params",
           "keyint=10:bframes=3:b-adapt=0:scenecut=0:open-gop=1:b-pyramid=normal")
    encode("h264_untimed.avi", *X264, "-x264-params", "keyint=12:bframes=2:b-adapt=0:scenecut=0")
    encode("h264_bare.h264", *X264, "-x264-params", "keyint=12:bframes=2:b-adapt=0:scenecut=0")
    encode("h264_gray10.mov", "-c:v", "libx264", "-pix_fmt", "gray10le", "-preset", "veryfast",
           "-x264-params", "keyint=9:bframes=2", pixels="gray10le", top=1023)
    encode("hevc_open.mkv", *X265, "-x265-params",
           "log-level=none:keyint=10:min-keyint=10:open-gop=1:bframes=3:scenecut=0")
    encode("hevc_10bit.mp4", *X265[:-1], "yuv420p10le", "-x265-params",
           "log-level=none:keyint=16:bframes=3", pixels="gray10le", top=1023)
    encode("vp9.webm", "-c:v", "libvpx-vp9", "-auto-alt-ref", "1", "-lag-in-frames", "12", "-g", "16",
           "-pix_fmt", "yuv420p", "-b:v", "100k")
    encode("vp8_hidden.webm", "-c:v", "libvpx", "-auto-alt-ref", "1", "-lag-in-frames", "12", "-g",
           "16", "-pix_fmt", "yuv420p", "-b:v", "100k")
    encode("mpeg4_untimed.avi", "-c:v", "mpeg4", "-bf", "2", "-g", "12", "-q:v", "6")
    encode("mpeg4.mov", "-c:v", "mpeg4", "-bf", "2", "-g", "12", "-q:v", "6")
    encode("mpeg2.ts", "-c:v", "mpeg2video", "-bf", "2", "-g", "12", "-q:v", "6", "-f", "mpegts")
    encode("mjpeg.avi", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-q:v", "8")
    encode("ffv1_gray16.mkv", "-c:v", "ffv1", "-level", "3", "-g", "8", pixels="gray16le", top=65535,
           )
    encode("raw_gray.avi", "-c:v", "rawvideo", "-frames:v", "12")
    encode("raw_uyvy.mov", "-c:v", "rawvideo", "-pix_fmt", "uyvy422", "-frames:v", "7")
    # Frames 10 to 19 last four times as long.
    encode("vfr.mkv", *X264, "-x264-params", "keyint=12:bframes=2", "-vsync", "vfr", "-vf",
           "setpts='if(lt(N,10),N,if(lt(N,20),10+4*(N-10),N+30))/(25*TB)'")
    # An edit list leaves out the first frames, which are still needed for decoding.
    recode("trimmed.mp4", "h264_b.mp4", "-c", "copy", before=("-ss", "0.2"))
    # The picture becomes smaller half way.
    recode("small.ts", "mpeg2.ts", "-c:v", "mpeg2video", "-vf", "scale=32:32", "-frames:v", "5",
           "-output_ts_offset", "2")
    (HERE / "resized.ts").write_bytes(
        (HERE / "mpeg2.ts").read_bytes() + (HERE / "small.ts").read_bytes())
    (HERE / "small.ts").unlink()
    # The header counts five frames too many.
    avi = bytearray((HERE / "raw_gray.avi").read_bytes())
    for at in (avi.index(b"avih") + 8 + 16, avi.index(b"strh") + 8 + 32):
        avi[at:at + 4] = (17).to_bytes(4, "little")
    (HERE / "lying.avi").write_bytes(avi)
    # Red, green and blue ramps of 8 bits, lossless.
    subprocess.run(["ffmpeg", "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s",
                    "20x9", "-r", "10", "-i", "-", "-fflags", "+bitexact", "-c:v", "ffv1", "-level",
                    "3", "-pix_fmt", "bgr0", str(HERE / "ffv1_rgb.mkv")],
                   input=((np.arange(4 * 9 * 20 * 3) * 7) % 251).astype(np.uint8).tobytes(),
                   check=True)


EXACT = ["h264_b.mp4", "h264_open.mkv", "h264_untimed.avi", "h264_bare.h264", "h264_gray10.mov",
         "hevc_open.mkv", "hevc_10bit.mp4", "vp9.webm", "vp8_hidden.webm", "ffv1_gray16.mkv",
         "raw_gray.avi", "vfr.mkv", "trimmed.mp4", "lying.avi"]
NEAR = ["mpeg4_untimed.avi", "mpeg4.mov", "mpeg2.ts", "mjpeg.avi"]

if __name__ == "__main__":
    make()
    with open(HERE / "video.txt", "w") as out:
        for name in EXACT:
            describe(name, "exact", out)
        for name in NEAR:
            describe(name, "near", out)
    lossless = np.stack([f[1] for f in decode("ffv1_gray16.mkv")])
    assert (lossless == source(65535)).all()
    assert (np.stack([f[1] for f in decode("raw_gray.avi")]) == source(255)[:12]).all()
