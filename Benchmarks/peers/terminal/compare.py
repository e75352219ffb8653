"""Bytes for timg's own pixels: timg's output is parsed back into pixels, which are encoded again.

    python3 compare.py ENCODEBENCH CLIP... [--columns 160] [--rows 48] [--frames 13]

Only this comparison is fair, because timg's scaler alone changes the bytes by a fifth. Prints for each clip
timg's bytes, ours on every rung, and timg / ours.
"""

import argparse
import os
import re
import subprocess
import tempfile

TOKEN = re.compile(rb"\x1b\[([?0-9;]*)([A-Za-z])|\n|\r|\xe2\x96[\x80-\x9f]|.", re.S)


def frames(output, columns, rows):
    """The pixel grids that a terminal would show, one for each time the cursor goes back up."""
    screen = [[0] * columns for _ in range(rows * 2)]
    row = column = foreground = background = 0
    found, begun = [], False
    for match in TOKEN.finditer(output):
        text = match.group()
        numbers, final = match.group(1), match.group(2)
        if final == b"m":
            values = [int(v or 0) for v in numbers.split(b";")]
            while values:
                kind = values.pop(0)
                if kind in (38, 48):
                    assert values.pop(0) == 2
                    r, g, b = values[:3]
                    del values[:3]
                    color = r << 16 | g << 8 | b
                    if kind == 38:
                        foreground = color
                    else:
                        background = color
        elif final == b"C":
            column += int(numbers or 1)
        elif final == b"B":
            row += int(numbers or 1)
        elif final == b"A":
            row -= int(numbers or 1)
            found.append([list(line) for line in screen])
            begun = False
        elif final in (b"h", b"l"):
            pass
        elif text == b"\n":
            row, column = row + 1, 0
        elif text == b"\r":
            column = 0
        elif final is None and row < rows and column < columns:
            upper, lower = {b" ": (background, background), b"\xe2\x96\x84": (background, foreground),
                            b"\xe2\x96\x80": (foreground, background)}[text]
            screen[2 * row][column], screen[2 * row + 1][column] = upper, lower
            column += 1
            begun = True
        else:
            raise ValueError(text)
    if begun:
        found.append(screen)
    return found


def main():
    options = argparse.ArgumentParser()
    options.add_argument("bench")
    options.add_argument("clips", nargs="+")
    options.add_argument("--columns", type=int, default=160)
    options.add_argument("--rows", type=int, default=48)
    options.add_argument("--frames", type=int, default=13)
    given = options.parse_args()
    for clip in given.clips:
        output = subprocess.run(
            ["timg", "-ph", f"-g{given.columns}x{given.rows}", f"--frames={given.frames}", clip],
            stdin=subprocess.DEVNULL, capture_output=True, check=True).stdout
        found = frames(output, given.columns, given.rows)
        with tempfile.NamedTemporaryFile(delete=False) as file:
            for frame in found:
                for line in frame:
                    file.write(b"".join(pixel.to_bytes(3, "big") for pixel in line))
        report = subprocess.run(
            [given.bench, file.name, str(given.columns), str(given.rows)],
            capture_output=True, check=True, text=True).stdout
        os.unlink(file.name)
        print(f"{os.path.basename(clip)}: {len(found)} frames, timg {len(output)} bytes")
        for line in report.splitlines()[1:]:
            rung, total, each, time = line.split()
            print(f"  {rung:8} {int(total):9} bytes {int(each):7}/frame "
                  f"{int(time):5} us/frame   timg/ours {len(output) / int(total):.2f}")


if __name__ == "__main__":
    main()
