"""Bytes for another viewer's own pixels: its output is parsed back into pixels, which are encoded again.

    python3 compare.py ENCODEBENCH CLIP... [--columns 160] [--rows 48] [--frames 13]
                       [--peers timg,chafa,mpv]

Only this comparison is fair, because a scaler alone changes the bytes by a fifth. Prints for each clip and
peer the peer's bytes, ours on every rung, and theirs / ours; our bytes of a frame behind the first one, and how
near the pixels that they draw come to the peer's (PSNR over all frames). Peers that are not installed are left out.
"""

import argparse
import math
import os
import re
import shutil
import subprocess
import tempfile

TOKEN = re.compile(rb"\x1b\[([?0-9;]*)([A-Za-z])|\x1b[78]|\n|\r|\x08|\xe2\x96[\x80-\x9f]|.", re.S)


class Pixels:
    """A terminal that shows half blocks and nothing else."""

    def __init__(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.grid = [[0] * columns for _ in range(rows * 2)]
        self.row = self.column = self.foreground = self.background = 0

    def color(self, numbers):
        values = [int(v or 0) for v in numbers.split(b";")]
        while values:
            kind = values.pop(0)
            if kind in (38, 48):
                if values.pop(0) == 5:
                    color = self.palette(values.pop(0))
                else:
                    r, g, b = values[:3]
                    del values[:3]
                    color = r << 16 | g << 8 | b
                if kind == 38:
                    self.foreground = color
                else:
                    self.background = color
            elif kind in (0, 39):
                self.foreground = 0
            if kind in (0, 49):
                self.background = 0

    def palette(self, index):
        if index >= 232:
            return 0x010101 * (8 + 10 * (index - 232))
        levels = [0, 95, 135, 175, 215, 255]
        index -= 16
        return levels[index // 36] << 16 | levels[index // 6 % 6] << 8 | levels[index % 6]

    def put(self, text):
        pair = {b" ": (self.background, self.background),
                b"\xe2\x96\x84": (self.background, self.foreground),
                b"\xe2\x96\x80": (self.foreground, self.background),
                b"\xe2\x96\x88": (self.foreground, self.foreground)}[text]
        if self.row < self.rows and self.column < self.columns:
            self.grid[2 * self.row][self.column], self.grid[2 * self.row + 1][self.column] = pair
        self.column += 1

    def apply(self, match):
        """True when a picture was drawn before this went back up."""
        text, numbers, final = match.group(), match.group(1), match.group(2)
        before = self.row
        if final == b"m":
            self.color(numbers)
        elif final in (b"H", b"f"):
            place = [int(v or 1) for v in numbers.split(b";")] + [1, 1]
            self.row, self.column = max(place[0], 1) - 1, max(place[1], 1) - 1
        elif final in (b"A", b"B"):
            self.row += int(numbers or 1) * (1 if final == b"B" else -1)
        elif final in (b"C", b"D"):
            self.column += int(numbers or 1) * (1 if final == b"C" else -1)
        elif final in (b"h", b"l", b"J", b"r") or text in (b"\x1b7", b"\x1b8"):
            pass
        elif text == b"\b":
            self.column -= 1
        elif text == b"\n":
            self.row, self.column = self.row + 1, 0
        elif text == b"\r":
            self.column = 0
        elif final is None:
            self.put(text)
        else:
            raise ValueError(text)
        return self.row < before


def pictures(output, columns, rows, count):
    """The first `count` pictures that a terminal would show, and the bytes that they took."""
    screen, found = Pixels(columns, rows), []
    for match in TOKEN.finditer(output):
        if screen.apply(match):
            found.append([list(line) for line in screen.grid])
            if len(found) == count:
                return found, match.start()
    return found + [screen.grid], len(output)


def command(peer, clip, columns, rows, frames):
    """A run that shows so many frames at least."""
    size = f"{columns}x{rows}"
    return {
        "timg": ["timg", "-ph", f"-g{size}", f"--frames={frames}", clip],
        "chafa": ["chafa", "-f", "symbols", "--symbols", "vhalf", "--colors", "full",
                  f"--size={size}", "--animate", "on", "--duration", "0.1", clip],
        "mpv": ["mpv", "--no-config", "--vo=tct", "--vo-tct-algo=half-blocks",
                f"--vo-tct-width={columns}", f"--vo-tct-height={rows}", "--really-quiet",
                "--framedrop=no", "--untimed", f"--frames={frames}", clip],
    }[peer]


def quality(path, wanted, columns, rows):
    """PSNR, in dB, of the frames in a file of EncodeBench against those that were wanted."""
    screen, total = Pixels(columns, rows), 0
    with open(path, "rb") as file:
        for picture in wanted:
            for match in TOKEN.finditer(file.read(int(file.readline()))):
                screen.apply(match)
            total += sum((a >> shift & 255) - (b >> shift & 255) and
                         ((a >> shift & 255) - (b >> shift & 255)) ** 2
                         for ours, theirs in zip(screen.grid, picture) for a, b in zip(ours, theirs)
                         if a != b for shift in (0, 8, 16))
    if total == 0:
        return math.inf
    return 10 * math.log10(255 ** 2 * len(wanted) * columns * rows * 2 * 3 / total)


def compare(bench, peer, clip, columns, rows, frames):
    output = subprocess.run(
        command(peer, clip, columns, rows, frames), stdin=subprocess.DEVNULL, capture_output=True,
        check=peer != "mpv").stdout
    found, size = pictures(output, columns, rows, frames)
    with tempfile.NamedTemporaryFile(delete=False) as file:
        for picture in found:
            for line in picture:
                file.write(b"".join(pixel.to_bytes(3, "big") for pixel in line))
    report = subprocess.run(
        [bench, file.name, str(columns), str(rows), file.name], capture_output=True, check=True, text=True
    ).stdout
    os.unlink(file.name)
    print(f"{os.path.basename(clip)}: {len(found)} frames, {peer} {size} bytes", flush=True)
    for line in report.splitlines()[1:]:
        rung, total, first, time = line.split()
        decibels = quality(f"{file.name}.{rung}", found, columns, rows)
        os.unlink(f"{file.name}.{rung}")
        each = (int(total) - int(first)) / max(len(found) - 1, 1)
        print(f"  {rung:8} {int(total):9} bytes, then {each:7.0f}/frame {decibels:5.1f} dB "
              f"{int(time):5} us/frame   {peer}/ours {size / int(total):.2f}", flush=True)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("bench")
    options.add_argument("clips", nargs="+")
    options.add_argument("--columns", type=int, default=160)
    options.add_argument("--rows", type=int, default=48)
    options.add_argument("--frames", type=int, default=13)
    options.add_argument("--peers", default="timg,chafa,mpv")
    given = options.parse_args()
    for clip in given.clips:
        for peer in given.peers.split(","):
            if shutil.which(peer):
                compare(given.bench, peer, clip, given.columns, given.rows, given.frames)


if __name__ == "__main__":
    main()
