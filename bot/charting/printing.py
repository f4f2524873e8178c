"""Draws an impact page as a PNG: `python -m bot.charting.printing` reads JSON and writes the picture."""

import io
import json
import sys
from typing import Any

import matplotlib as mpl

mpl.use("agg")

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Canvas
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle

WIDTH, DOTS = 4.0, 270
"""Inches, and dots an inch: 1,080 pixels, a phone's width."""
PAPER, INK, SOFT, TRACK, CALM = "#fbfaf7", "#1f2430", "#5d6470", "#dde6ee", "#3b6ea5"
STYLE: Any = {"font.family": "DejaVu Sans", "text.color": INK}
POINT = 1 / 72
MARGIN, GAP = 0.16, 0.14
VALUE, LINE = 0.24, 0.125
"""Inches of height of a tile's value, and of each line below it."""


class Sheet:
    """A sheet that is written from the top down; what it takes is known before it is cut.

    Attributes:
        at: inches from the top to what is written next.
    """

    def __init__(self, height: float) -> None:
        self.canvas = Canvas((WIDTH, height), dpi=DOTS, facecolor=PAPER)
        backend: Any = FigureCanvasAgg(self.canvas)
        self._pen = backend.get_renderer()
        self.height, self.at = height, MARGIN

    def text(self, words: str, size: float, left: float = MARGIN, *, down: float = 0, **how: Any) -> None:
        """Write a line; `down` inches below where the sheet stands."""
        y = 1 - (self.at + down) / self.height
        self.canvas.text(left / WIDTH, y, words, fontsize=size, va="top", ha="left", parse_math=False, **how)

    def bar(self, left: float, width: float, down: float, tall: float, colour: str) -> None:
        """Draw a bar."""
        y = 1 - (self.at + down + tall) / self.height
        shape = (left / WIDTH, y), width / WIDTH, tall / self.height
        self.canvas.add_artist(Rectangle(*shape, color=colour, lw=0, transform=self.canvas.transFigure))

    def lines(self, words: str, size: float, **how: Any) -> None:
        """Write a paragraph over the whole width, and go on below it."""
        for line in self.wrapped(words, size, WIDTH - 2 * MARGIN, weight=how.get("fontweight", "normal")):
            self.text(line, size, **how)
            self.at += size * POINT * 1.35

    def wrapped(self, words: str, size: float, width: float, weight: str = "normal") -> list[str]:
        """The lines of a paragraph that is so many inches wide; a word wider than that stands alone."""
        font, lines = FontProperties(size=size, weight=weight), [""]
        # At plain spaces alone: French has others before its punctuation, which must not begin a line.
        for word in words.split(" "):
            longer = f"{lines[-1]} {word}".strip()
            if not lines[-1] or self._pen.get_text_width_height_descent(longer, font, ismath=False)[0] <= width * DOTS:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines


def draw(page: dict[str, Any]) -> bytes:
    """A page as a PNG, 1,080 pixels wide and as long as it needs.

    Args:
        page: the values of a `Page`.
    """
    with mpl.rc_context(STYLE):
        # Written twice: the first time tells how long it is.
        sheet = _write(page, _write(page, WIDTH).at + MARGIN)
        target = io.BytesIO()
        sheet.canvas.savefig(target, format="png")
    return target.getvalue()


def _write(page: dict[str, Any], height: float) -> Sheet:
    sheet = Sheet(height)
    sheet.lines(page["title"], 10.5, fontweight="bold")
    sheet.at += 0.04
    sheet.lines(page["subtitle"], 8, color=SOFT)
    sheet.at += GAP
    _tiles(sheet, page["tiles"])
    for heading, lines in ((page["heading"], page["lines"]), (page["praised"], page["praise"])):
        _list(sheet, heading, lines)
    _heading(sheet, page["counting"])
    for line in page["definitions"]:
        sheet.lines(line, 6.3, color=SOFT)
        sheet.at += 0.03
    return sheet


def _list(sheet: Sheet, heading: str, lines: list[str]) -> None:
    """Lines under their heading; nothing without lines."""
    if not lines:
        return
    _heading(sheet, heading)
    for line in lines:
        sheet.lines(line, 7.5)
        sheet.at += 0.03
    sheet.at += GAP / 2


def _heading(sheet: Sheet, words: str) -> None:
    sheet.bar(MARGIN, WIDTH - 2 * MARGIN, 0, 0.008, TRACK)
    sheet.at += GAP / 1.5
    sheet.lines(words, 8, fontweight="bold")
    sheet.at += 0.04


def _tiles(sheet: Sheet, tiles: list[dict[str, Any]]) -> None:
    """Two tiles a row; a row is as tall as its taller tile."""
    width = (WIDTH - 2 * MARGIN - GAP) / 2
    for place in range(0, len(tiles), 2):
        row = enumerate(tiles[place : place + 2])
        sheet.at += max(_tile(sheet, tile, MARGIN + side * (width + GAP), width) for side, tile in row) + GAP


def _tile(sheet: Sheet, tile: dict[str, Any], left: float, width: float) -> float:
    """Draw a tile; how tall it is."""
    sheet.text(tile["value"], 13, left, fontweight="bold", color=CALM)
    if tile["share"] is not None:
        _share(sheet, tile, left, width)
    down = VALUE
    for words, size, colour in ((tile["label"], 7, INK), (tile["note"], 6.3, SOFT)):
        for line in sheet.wrapped(words, size, width):
            sheet.text(line, size, left, down=down, color=colour)
            down += LINE if line else 0
    return down


def _share(sheet: Sheet, tile: dict[str, Any], left: float, width: float) -> None:
    """A bar beside the value, with the interval as a line through it."""
    start, long = left + 0.75, width - 0.85
    sheet.bar(start, long, 0.05, 0.09, TRACK)
    sheet.bar(start, long * tile["share"], 0.05, 0.09, CALM)
    if tile["low"] is not None:
        sheet.bar(start + long * tile["low"], long * (tile["high"] - tile["low"]), 0.085, 0.02, INK)


def main() -> None:
    """Read a page from standard input, and write the picture to standard output."""
    sys.stdout.buffer.write(draw(json.load(sys.stdin)))


if __name__ == "__main__":
    main()
