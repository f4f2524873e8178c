"""Draws a figure as a PNG with matplotlib: `python -m bot.charting.drawing` reads JSON and writes the picture."""

import io
import json
import sys
from textwrap import fill
from typing import Any

import matplotlib as mpl

mpl.use("agg")

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

WIDTH, DOTS = 4.0, 270
"""Inches, and dots an inch: 1,080 pixels, a phone's width, so that text is read without zooming."""
CHART, BAR, MARGINS = 1.2, 0.46, 1.1
"""Inches of height of a row of charts, of a bar, and of what is around them."""
PAPER, INK, SOFT, BAND, CALM, LOUD = "#fbfaf7", "#1f2430", "#5d6470", "#dde6ee", "#3b6ea5", "#c2410c"
"""Opaque paper, so that it is read on light and dark screens; the two colours differ in lightness, too."""
STYLE: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.facecolor": "none",
}
SMALL, LINE = 8.0, 58
"""Points of the smallest letters, on a phone 360 points wide 10 of its own, and how many are in a line."""


def draw(figure: dict[str, Any]) -> bytes:
    """A figure as a PNG, 1,080 pixels wide.

    Args:
        figure: the values of a `Figure`.
    """
    series, bars = figure["series"], figure["bars"]
    rows = -(-len(series) // 2)
    heights = [CHART] * rows + ([0.25 + BAR * len(bars)] if bars else [])
    with mpl.rc_context(STYLE):
        canvas = Canvas((WIDTH, sum(heights) + MARGINS), dpi=DOTS, facecolor=PAPER, layout="constrained")
        canvas.suptitle(_headed(figure), x=0.03, ha="left", fontsize=SMALL, color=SOFT, linespacing=1.15)
        canvas.text(0.03, 0.985, _short(figure["title"], 40), ha="left", va="top", fontsize=11, fontweight="bold")
        grid = canvas.add_gridspec(len(heights), 2, height_ratios=heights)
        for number, one in enumerate(series):
            # The last one of an odd number takes the whole row.
            alone = number == len(series) - 1 and number % 2 == 0
            _chart(canvas.add_subplot(grid[number // 2, :] if alone else grid[number // 2, number % 2]), one)
        if bars:
            _bars(canvas.add_subplot(grid[rows, :]), figure)
        target = io.BytesIO()
        canvas.savefig(target, format="png")
    return target.getvalue()


def _chart(axes: Axes, series: dict[str, Any]) -> None:
    counts = series["counts"]
    last, colour = len(counts) - 1, LOUD if series["unusual"] else CALM
    if series["high"] is not None:
        axes.axhspan(series["low"], series["high"], color=BAND, lw=0)
    axes.plot(counts, color=SOFT, lw=1, marker="o", markersize=2)
    mark = "D" if series["unusual"] else "o"
    axes.plot(last, counts[last], mark, color=colour, markersize=7, clip_on=False, zorder=5)
    axes.set_title(series["label"], loc="left", fontsize=9, color=colour if series["unusual"] else INK)
    axes.set_xticks([])
    axes.set_ylim(0, max(*counts, series["high"] or 0, 1) * 1.18)
    axes.set_xlim(-0.5, last + 0.6)
    # The most that is usual: the number that the digest names, too.
    axes.set_yticks([0, most] if (most := _top(series)) else [0])
    _quiet(axes)


def _bars(axes: Axes, figure: dict[str, Any]) -> None:
    bars = figure["bars"]
    people = [bar["people"] for bar in bars]
    axes.barh(range(len(bars)), people, height=0.34, color=CALM)
    for place, bar in enumerate(bars):
        axes.text(0, place - 0.24, _short(bar["label"], 38), va="bottom", fontsize=9)
        axes.text(bar["people"], place, f" {bar['people']}", va="center", fontsize=9, fontweight="bold")
        if bar["before"]:
            axes.plot([bar["before"]] * 2, [place - 0.24, place + 0.24], color=INK, lw=1.6)
    axes.set_title(figure["heading"], loc="left", fontsize=9, fontweight="bold")
    axes.set_xlim(0, max(*people, *(bar["before"] for bar in bars), 1) * 1.12)
    axes.set_ylim(len(bars) - 0.6, -0.75)
    axes.set_xticks([])
    axes.set_yticks([])
    if any(bar["before"] for bar in bars):
        axes.set_xlabel(figure["before"], fontsize=SMALL, color=SOFT, loc="left")
    axes.spines[:].set_visible(False)


def _headed(figure: dict[str, Any]) -> str:
    """Room for the title, and what the charts show, in lines as wide as the picture."""
    return f" \n \n{fill(figure['band'], LINE)}"


def _top(series: dict[str, Any]) -> int:
    """The most people that are usual, or there were."""
    return int(series["high"]) if series["high"] is not None else max(series["counts"])


def _quiet(axes: Axes) -> None:
    axes.tick_params(length=0, labelsize=SMALL, labelcolor=SOFT)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color("#b8bec7")


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def main() -> None:
    """Read a figure from standard input, and write the picture to standard output."""
    sys.stdout.buffer.write(draw(json.load(sys.stdin)))


if __name__ == "__main__":
    main()
