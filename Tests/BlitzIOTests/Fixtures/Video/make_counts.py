#!/usr/bin/env python3
"""Makes the videos of this folder whose headers give a wrong count of frames or none, and counts.txt.

Needs ffmpeg for remuxing and PyAV (which carries an FFmpeg of its own) as the independent counter.
Run it after make_video.py. counts.txt has a line `NAME FRAMES CLAIM` for each file: the packets that
become pictures, and what the headers say, 0 for nothing.
"""
import pathlib
import struct
import subprocess

import av

HERE = pathlib.Path(__file__).parent


def remux(name, source, *options):
    subprocess.run(["ffmpeg", "-y", "-loglevel", "error", "-i", str(HERE / source), "-c", "copy",
                    "-fflags", "+bitexact", *options, str(HERE / name)], check=True)
    return bytearray((HERE / name).read_bytes())


def make():
    # Headers in front and a tail that is lost, as after a copy that broke off.
    whole = remux("cut.mp4", "h264_b.mp4", "-movflags", "+faststart")
    (HERE / "cut.mp4").write_bytes(whole[:len(whole) - 1300])
    # In fragments, whose count stands nowhere in front.
    remux("fragments.mp4", "h264_b.mp4", "-movflags", "+frag_keyframe+empty_moov+default_base_moof")
    # More frames than are looked at when a file is opened.
    subprocess.run(["ffmpeg", "-y", "-loglevel", "error", "-f", "lavfi", "-i",
                    "color=gray:size=16x16:rate=25", "-frames:v", "400", "-c:v", "libx264", "-crf",
                    "51", "-threads", "1", "-fflags", "+bitexact", "-flags:v", "+bitexact",
                    "-map_metadata", "-1", "-x264-params", "keyint=50:bframes=2",
                    str(HERE / "many.mp4")], check=True)
    # An edit list leaves out 25 of them.
    subprocess.run(["ffmpeg", "-y", "-loglevel", "error", "-ss", "1", "-i", str(HERE / "many.mp4"),
                    "-c", "copy", "-fflags", "+bitexact", str(HERE / "many_cut.mp4")], check=True)
    # A duration of four times the frames.
    whole = remux("many.mkv", "many.mp4")
    at = whole.index(b"\x44\x89\x88") + 3
    (seconds,) = struct.unpack(">d", whole[at:at + 8])
    whole[at:at + 8] = struct.pack(">d", 4 * seconds)
    (HERE / "many.mkv").write_bytes(whole)
    # A header of 17 frames too many.
    whole = remux("many.avi", "many.mp4")
    for at in (whole.index(b"avih") + 8 + 16, whole.index(b"strh") + 8 + 32):
        whole[at:at + 4] = (417).to_bytes(4, "little")
    (HERE / "many.avi").write_bytes(whole)
    (HERE / "many.mp4").unlink()
    # Written live: neither duration nor index.
    remux("live.mkv", "h264_open.mkv", "-live", "1", "-f", "matroska")
    # The header was never completed.
    whole = bytearray((HERE / "raw_gray.avi").read_bytes())
    for at in (whole.index(b"avih") + 8 + 16, whole.index(b"strh") + 8 + 32):
        whole[at:at + 4] = bytes(4)
    (HERE / "uncounted.avi").write_bytes(whole)


def duration(container, stream):
    """The frames of a file that says how long it is and not how many."""
    if stream.duration:
        return round(stream.duration * stream.time_base * stream.average_rate)
    if container.duration and container.format.name.startswith("matroska"):
        return round(container.duration / av.time_base * stream.average_rate)
    return 0


def count(name):
    with av.open(str(HERE / name)) as container:
        stream = container.streams.video[0]
        claim = stream.frames or duration(container, stream)
        frames = sum(1 for packet in container.demux(stream)
                     if packet.size and not packet.is_discard)
        return frames, claim


if __name__ == "__main__":
    make()
    with open(HERE / "counts.txt", "w") as out:
        for name in ["cut.mp4", "fragments.mp4", "live.mkv", "lying.avi", "uncounted.avi",
                     "many_cut.mp4", "many.mkv", "many.avi"]:
            print(name, *count(name), file=out)
