"""What a terminal at the far end of a line shows: text by place, and nothing else."""

import re

TOKEN = re.compile(
    rb"\x1b\[([?>0-9;$]*)([@-~])|\x1b[\]P].*?\x1b\\|\x1b\(.|\x1b.|[\x00-\x1f]"
    rb"|[\x20-\x7f]|[\xc0-\xff][\x80-\xbf]*", re.S)


class Screen:
    """Applies whole bursts of the viewer's output to a grid of characters."""

    def __init__(self, rows, columns):
        self.rows, self.columns = rows, columns
        self.cells = [[" "] * columns for _ in range(rows)]
        self.row = self.column = 0
        self.saved = (0, 0)
        self.cells_written = 0

    def text(self, row):
        return "".join(self.cells[row])

    def feed(self, data):
        for match in TOKEN.finditer(data):
            text, final = match.group(), match.group(2)
            if final is not None:
                self._control(match.group(1), final)
            elif text == b"\x1b7":
                self.saved = (self.row, self.column)
            elif text == b"\x1b8":
                self.row, self.column = self.saved
            elif text[:1] == b"\x1b":
                pass
            elif text == b"\r":
                self.column = 0
            elif text == b"\n":
                self.row = min(self.row + 1, self.rows - 1)
            elif text == b"\b":
                self.column = max(self.column - 1, 0)
            elif text >= b" ":
                self._put(text.decode("utf-8", "replace"))

    def _put(self, character):
        if self.column >= self.columns:
            self.row, self.column = min(self.row + 1, self.rows - 1), 0
        self.cells[self.row][self.column] = self.last = character
        self.column += 1
        self.cells_written += 1

    def _control(self, numbers, final):
        if numbers[:1] in (b"?", b">"):
            return
        values = [int(part or 0) for part in numbers.split(b";")] if b"$" not in numbers else [0]
        first = max(values[0], 1)
        if final == b"H":
            second = values[1] if len(values) > 1 else 1
            self.row, self.column = first - 1, max(second, 1) - 1
        elif final == b"d":
            self.row = first - 1
        elif final == b"G":
            self.column = first - 1
        elif final == b"A":
            self.row -= first
        elif final == b"B":
            self.row += first
        elif final == b"C":
            self.column += first
        elif final == b"D":
            self.column -= first
        elif final == b"b":
            for _ in range(first):
                self._put(self.last)
        elif final == b"X":
            self._erase(self.row, self.column, self.column + first)
        elif final == b"K":
            start = 0 if values[0] else self.column
            self._erase(self.row, start, self.column + 1 if values[0] == 1 else self.columns)
        elif final == b"J":
            start = 0 if values[0] else self.row + 1
            for row in range(start, self.rows):
                self._erase(row, 0, self.columns)
            if values[0] == 0:
                self._erase(self.row, self.column, self.columns)
        self.row = min(max(self.row, 0), self.rows - 1)
        self.column = min(max(self.column, 0), self.columns - 1)

    def _erase(self, row, start, end):
        for column in range(start, min(end, self.columns)):
            self.cells[row][column] = " "
