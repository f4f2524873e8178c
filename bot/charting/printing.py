"""Draws an impact page as a PNG: `python -m bot.charting.printing` reads JSON and writes the picture."""

import json
import sys
from typing import Any

from bot.charting.sheet import BOLD, INK, POINT, SOFT, WIDTH, Sheet

TRACK, CALM = "#dde6ee", "#3b6ea5"
MARGIN, GAP = 0.16, 0.14
VALUE, LINE = 0.24, 0.125
"""Inches of height of a tile's value, and of each line below it."""


def draw(page: dict[str, Any]) -> bytes:
    """A page as a PNG, 1,080 pixels wide and as long as it needs.

    Args:
        page: the values of a `Page`.
    """
    sheet = Sheet(MARGIN)
    _lines(sheet, page["title"], 10.5, weight=BOLD)
    sheet.at += 0.04
    _lines(sheet, page["subtitle"], 8, SOFT)
    sheet.at += GAP
    _tiles(sheet, page["tiles"])
    for heading, lines in ((page["heading"], page["lines"]), (page["praised"], page["praise"])):
        _list(sheet, heading, lines)
    _heading(sheet, page["counting"])
    for line in page["definitions"]:
        _lines(sheet, line, 6.3, SOFT)
        sheet.at += 0.03
    return sheet.png(MARGIN)


def _lines(sheet: Sheet, words: str, size: float, colour: str = INK, weight: str = "normal") -> None:
    """Write a paragraph over the whole width, and move down below it."""
    for line in sheet.wrapped(words, size, WIDTH - 2 * MARGIN, weight):
        sheet.text(line, size, MARGIN, colour=colour, weight=weight)
        sheet.at += size * POINT * 1.35


def _list(sheet: Sheet, heading: str, lines: list[str]) -> None:
    """Write lines under their heading; nothing without lines."""
    if not lines:
        return
    _heading(sheet, heading)
    for line in lines:
        _lines(sheet, line, 7.5)
        sheet.at += 0.03
    sheet.at += GAP / 2


def _heading(sheet: Sheet, words: str) -> None:
    sheet.bar(MARGIN, WIDTH - 2 * MARGIN, 0, 0.008, TRACK)
    sheet.at += GAP / 1.5
    _lines(sheet, words, 8, weight=BOLD)
    sheet.at += 0.04


def _tiles(sheet: Sheet, tiles: list[dict[str, Any]]) -> None:
    """Draw tiles, two a row; a row is as tall as its taller tile."""
    width = (WIDTH - 2 * MARGIN - GAP) / 2
    for place in range(0, len(tiles), 2):
        row = enumerate(tiles[place : place + 2])
        sheet.at += max(_tile(sheet, tile, MARGIN + side * (width + GAP), width) for side, tile in row) + GAP


def _tile(sheet: Sheet, tile: dict[str, Any], left: float, width: float) -> float:
    """Draw a tile; return its height in inches."""
    sheet.text(tile["value"], 13, left, colour=CALM, weight=BOLD)
    if tile["share"] is not None:
        _share(sheet, tile, left, width)
    down = VALUE
    for words, size, colour in ((tile["label"], 7, INK), (tile["note"], 6.3, SOFT)):
        for line in sheet.wrapped(words, size, width):
            sheet.text(line, size, left, down, colour=colour)
            down += LINE if line else 0
    return down


def _share(sheet: Sheet, tile: dict[str, Any], left: float, width: float) -> None:
    """Draw a share as a bar beside its value, with the interval as a line through it."""
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
