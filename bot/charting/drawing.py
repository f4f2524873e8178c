"""Draws a figure as a PNG with matplotlib: `python -m bot.charting.drawing` reads JSON and writes the picture."""

import json
import sys
from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from bot.charting.sheet import BOLD, INK, SOFT, WIDTH, Sheet

TOP, LEFT, EDGE = 0.08, 0.12, 0.04
"""Inches above the title, left of it, and around charts and their numbers."""
TITLE, BAND, HEAD = 0.23, 0.13, 0.18
"""Inches of height of the title, of a line below it, and of the title of a chart."""
CHART, GAP, BAR = 1.06, 0.15, 0.46
"""Inches of height of a chart, between two, and of a bar."""
HALF_BAR, HALF_MARK = 0.08, 0.11
"""Inches from the middle of a bar to its edge, and to the end of the mark on it."""
SHADE, AXIS, CALM, LOUD = "#dde6ee", "#b8bec7", "#3b6ea5", "#c2410c"
"""`CALM` and `LOUD` differ in lightness, too, for people who do not tell the colours apart."""
PLAIN, SMALL, LINE = 9.0, 8.0, 58
"""The size of letters and of the smallest ones, in points (9 is 10 points of a phone's), and the letters in a line."""


def draw(figure: dict[str, Any]) -> bytes:
    """A figure as a PNG, 1,080 pixels wide.

    Args:
        figure: the values of a `Figure`.
    """
    sheet = Sheet(TOP)
    sheet.text(_short(figure["title"], 40), 11, LEFT, weight=BOLD)
    sheet.at += TITLE
    for line in wrap(figure["band"], LINE):
        sheet.text(line, SMALL, LEFT, colour=SOFT)
        sheet.at += BAND
    sheet.at += GAP / 2
    series = figure["series"]
    left = _margin(sheet, series)
    for start in range(0, len(series), 2):
        row = series[start : start + 2]
        # The last one of an odd number takes the whole row.
        wide = WIDTH / len(row)
        for place, one in enumerate(row):
            _chart(sheet, one, place * wide + left, wide - left - EDGE)
        sheet.at += HEAD + CHART + GAP
    if figure["bars"]:
        _bars(sheet, figure, left)
    return sheet.png(EDGE)


def _chart(sheet: Sheet, series: dict[str, Any], left: float, width: float) -> None:
    counts, low, high = series["counts"], series["low"], series["high"]
    unusual, colour = series["unusual"], LOUD if series["unusual"] else CALM
    bottom, most = sheet.at + HEAD + CHART, max(*counts, high or 0, 1) * 1.18

    def spot(place: float, count: float) -> tuple[float, float]:
        return left + width * (place + 0.5) / (len(counts) + 0.1), bottom - CHART * count / most

    sheet.text(series["label"], PLAIN, left, colour=colour if unusual else INK)
    if high is not None:
        _, top = spot(0, high)
        sheet.bar(left, width, top - sheet.at, spot(0, low)[1] - top, SHADE)
    sheet.line([(left, bottom), (left + width, bottom)], 0.8, AXIS)
    spots = [spot(place, count) for place, count in enumerate(counts)]
    if len(spots) > 1:
        sheet.line(spots, 1, SOFT)
    for one in spots:
        sheet.dot(one, 3, SOFT)
    sheet.dot(spots[-1], 11 if unusual else 8, colour, diamond=unusual)
    # The upper limit is the number that the digest names, too.
    for number in sorted({0, _top(series)}):
        before = left - EDGE - sheet.width(str(number), SMALL)
        sheet.number(str(number), SMALL, before, spot(0, number)[1], colour=SOFT)


def _bars(sheet: Sheet, figure: dict[str, Any], left: float) -> None:
    bars = figure["bars"]
    width = (WIDTH - left - EDGE) / 1.12 / max(1, *(bar["people"] for bar in bars), *(bar["before"] for bar in bars))
    sheet.text(figure["heading"], PLAIN, left, weight=BOLD)
    sheet.at += HEAD + GAP / 2
    for bar in bars:
        end, middle = left + width * bar["people"], sheet.at + BAR / 2
        sheet.text(_short(bar["label"], 38), PLAIN, left)
        sheet.bar(left, end - left, BAR / 2 - HALF_BAR, 2 * HALF_BAR, CALM)
        sheet.number(str(bar["people"]), PLAIN, end + EDGE, middle, weight=BOLD)
        if before := bar["before"]:
            at = left + width * before
            sheet.line([(at, middle - HALF_MARK), (at, middle + HALF_MARK)], 1.6, INK)
        sheet.at += BAR
    if any(bar["before"] for bar in bars):
        sheet.text(figure["before"], SMALL, left, colour=SOFT)
        sheet.at += BAND


def _margin(sheet: Sheet, series: Sequence[dict[str, Any]]) -> float:
    """The width in inches, left of charts and bars, for the charts' numbers."""
    return 2 * EDGE + max((sheet.width(str(_top(one)), SMALL) for one in series), default=0)


def _top(series: dict[str, Any]) -> int:
    """The upper limit of a chart as a whole number; without limits, its highest count."""
    return int(series["high"]) if series["high"] is not None else max(series["counts"])


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def main() -> None:
    """Read a figure from standard input, and write the picture to standard output."""
    sys.stdout.buffer.write(draw(json.load(sys.stdin)))


if __name__ == "__main__":
    main()
