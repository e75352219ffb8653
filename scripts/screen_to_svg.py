"""Turns a terminal screen (`tmux capture-pane -p -e` on stdin) into an SVG picture on stdout.

usage: screen_to_svg.py COLUMNSxROWS

Blocks, lines and braille dots become shapes, so that images and plots are exact; other characters
become text in whatever monospace font the reader has, stretched to the cell width.
"""

import html
import re
import sys
from collections import defaultdict

CELL = 8, 16
FOREGROUND, BACKGROUND = "#d0d0d0", "#101010"
BASE = (
    "000000 cd0000 00cd00 cdcd00 3b78ff cd00cd 00cdcd e5e5e5 "
    "7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff"
).split()
BLOCKS = {"▀": "top", "▄": "bottom", "█": "both", " ": "none"}
# Box drawing: the arms that reach from the middle to an edge.
ARMS = {
    "─": "lr", "│": "ud", "┌": "rd", "┐": "ld", "└": "ru", "┘": "lu", "├": "udr", "┤": "udl",
    "┬": "lrd", "┴": "lru", "┼": "lrud", "━": "lr", "┃": "ud",
}  # fmt: skip


def drawn(character):
    """Rectangles (x, y, width, height) inside a cell; none for what is not drawn."""
    width, height = CELL
    if character in ARMS:
        thick = 2 if character in "━┃" else 1
        x, y = (width - thick) // 2, (height - thick) // 2
        arms = {"l": (0, y, x + thick, thick), "r": (x, y, width - x, thick),
                "u": (x, 0, thick, y + thick), "d": (x, y, thick, height - y)}  # fmt: skip
        return [arms[arm] for arm in ARMS[character]]
    if "\u2800" < character <= "\u28ff":
        bits = ord(character) - 0x2800
        # Dots 1 to 8 of a braille cell, column by column but for the last row.
        places = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))
        return [
            (1 + 4 * column, 1 + 4 * row, 2, 2)
            for dot, (column, row) in enumerate(places)
            if bits >> dot & 1
        ]
    if "▁" <= character <= "▇":
        tall = 2 * (ord(character) - 0x2580)
        return [(0, height - tall, width, tall)]
    return []


def indexed(number):
    """The colour of an entry of xterm's 256-colour palette."""
    if number < 16:
        return "#" + BASE[number]
    if number >= 232:
        return "#" + f"{8 + 10 * (number - 232):02x}" * 3
    steps = (0, 95, 135, 175, 215, 255)
    number -= 16
    return "#" + "".join(f"{steps[number // d % 6]:02x}" for d in (36, 6, 1))


class Style:
    """What SGR sequences have set so far."""

    def __init__(self):
        self.reset()

    def reset(self):
        self.foreground, self.background = None, None
        self.bold = self.dim = self.reverse = self.underline = False

    def apply(self, sequence):
        codes = [int(code or 0) for code in sequence.split(";")]
        while codes:
            code = codes.pop(0)
            if code in (38, 48):
                kind = codes.pop(0)
                if kind == 2:
                    colour = "#" + "".join(f"{c:02x}" for c in codes[:3])
                    del codes[:3]
                else:
                    colour = indexed(codes.pop(0))
                setattr(self, "foreground" if code == 38 else "background", colour)
            elif code == 0:
                self.reset()
            elif code in (1, 2, 4, 7):
                setattr(self, {1: "bold", 2: "dim", 4: "underline", 7: "reverse"}[code], True)
            elif code == 22:
                self.bold = self.dim = False
            elif code in (24, 27):
                setattr(self, {24: "underline", 27: "reverse"}[code], False)
            elif 30 <= code <= 37 or 90 <= code <= 97:
                self.foreground = indexed(code - 30 if code < 40 else code - 82)
            elif 40 <= code <= 47 or 100 <= code <= 107:
                self.background = indexed(code - 40 if code < 50 else code - 92)
            elif code == 39:
                self.foreground = None
            elif code == 49:
                self.background = None

    def colours(self):
        pair = self.foreground or FOREGROUND, self.background or BACKGROUND
        return pair[::-1] if self.reverse else pair


def cells(line):
    """The characters of one captured line, each with its colours and weight."""
    style = Style()
    for sequence, character in re.findall(r"\x1b\[([0-9;]*)m|([^\x1b])", line):
        if character:
            yield character, *style.colours(), style.bold, style.dim
        else:
            style.apply(sequence)


def picture(text, columns, rows):
    """The whole SVG."""
    width, height = CELL
    boxes, shapes, texts = defaultdict(list), defaultdict(list), []

    def fill(colour, row_half, column):
        if colour != BACKGROUND:
            boxes[colour].append((row_half, column))

    for row, line in enumerate(text.split("\n")[:rows]):
        run = None
        for column, (character, ink, paper, bold, dim) in enumerate(cells(line)):
            part = BLOCKS.get(character)
            fill(ink if part in ("top", "both") else paper, 2 * row, column)
            fill(ink if part in ("bottom", "both") else paper, 2 * row + 1, column)
            look = (ink, bold, dim)
            shape = drawn(character)
            if shape:
                shapes[ink, dim] += [(column * width + x, row * height + y, w, h) for x, y, w, h in shape]
            elif part == "none" and run and run[1] + len(run[0]) == column:
                run[0].append(character)
                if run[0][-2:] == [" ", " "]:
                    run = None
            elif part is None:
                if not (run and run[2] == look and run[1] + len(run[0]) == column):
                    run = ([], column, look, row)
                    texts.append(run)
                run[0].append(character)

    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {columns * width} {rows * height}"'
        f' font-family="DejaVu Sans Mono,Menlo,Consolas,monospace" font-size="{width / 0.602:.2f}">'
    )
    yield f'<rect width="100%" height="100%" fill="{BACKGROUND}"/>'
    yield '<g shape-rendering="crispEdges">'
    for colour, places in boxes.items():
        yield f'<path fill="{colour}" d="{"".join(runs(places))}"/>'
    for (colour, dim), rectangles in shapes.items():
        path = "".join(f"M{x} {y}h{w}v{h}h-{w}z" for x, y, w, h in rectangles)
        faint = ' opacity="0.6"' if dim else ""
        yield f'<path fill="{colour}"{faint} d="{path}"/>'
    yield "</g>"
    for characters, column, (ink, bold, dim), row in texts:
        words = "".join(characters).rstrip()
        looks = (' font-weight="bold"' if bold else "") + (' opacity="0.6"' if dim else "")
        yield (
            f'<text x="{column * width}" y="{row * height + height * 0.78:g}" fill="{ink}"'
            f' textLength="{len(words) * width}" lengthAdjust="spacingAndGlyphs"{looks}'
            f' xml:space="preserve">{html.escape(words)}</text>'
        )
    yield "</svg>"


def runs(places):
    """Path data of half cells, neighbours in a row joined."""
    width, height = CELL[0], CELL[1] // 2
    start = None
    for place in [*places, None]:
        if start and place == (start[0], start[1] + length):
            length += 1
            continue
        if start:
            across = length * width
            yield f"M{start[1] * width} {start[0] * height}h{across}v{height}h-{across}z"
        start, length = place, 1


if __name__ == "__main__":
    extents = [int(number) for number in sys.argv[1].split("x")]
    print("\n".join(picture(sys.stdin.read(), *extents)))
