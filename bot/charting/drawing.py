"""Draws a figure as a PNG with matplotlib: `python -m bot.charting.drawing` reads JSON and writes the picture."""

import io
import json
import sys
from typing import Any

import matplotlib as mpl

mpl.use("agg")

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import MaxNLocator

WIDTH, DOTS = 4.0, 270
"""Inches, and dots an inch: 1,080 pixels, a phone's width, so that text is read without zooming."""
CHART, BAR, MARGINS = 1.15, 0.42, 1.15
"""Inches of height of a row of charts, of a bar, and of what is around them."""
PAPER, INK, SOFT, BAND, CALM, LOUD = "#fbfaf7", "#1f2430", "#5d6470", "#dde6ee", "#3b6ea5", "#c2410c"
"""Opaque paper, so that it is read on light and dark screens; the two colours differ in lightness, too."""
STYLE: Any = {"font.family": "DejaVu Sans", "font.size": 7.5, "text.color": INK, "axes.labelcolor": INK}


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
        canvas.suptitle(_short(figure["title"], 48), x=0.03, ha="left", fontsize=9.5, fontweight="bold")
        grid = canvas.add_gridspec(len(heights), 2, height_ratios=heights)
        for number, one in enumerate(series):
            _chart(canvas.add_subplot(grid[number // 2, number % 2]), one)
        if bars:
            _bars(canvas.add_subplot(grid[rows, :]), figure)
        canvas.supxlabel(figure["band"], fontsize=6.5, color=SOFT, x=0.03, ha="left")
        target = io.BytesIO()
        canvas.savefig(target, format="png")
    return target.getvalue()


def _chart(axes: Axes, series: dict[str, Any]) -> None:
    counts = series["counts"]
    last, colour = len(counts) - 1, LOUD if series["unusual"] else CALM
    if series["high"] is not None:
        axes.axhspan(series["low"], series["high"], color=BAND, lw=0)
    axes.plot(counts, color=SOFT, lw=1, marker="o", markersize=1.8)
    axes.plot(last, counts[last], "D" if series["unusual"] else "o", color=colour, markersize=6)
    axes.set_title(series["label"], loc="left", fontsize=8, color=colour if series["unusual"] else INK)
    axes.set_xticks([])
    axes.set_ylim(0, max(*counts, series["high"] or 0, 1) * 1.18)
    axes.set_xlim(-0.5, last + 0.6)
    axes.yaxis.set_major_locator(MaxNLocator(2, integer=True))
    _quiet(axes)


def _bars(axes: Axes, figure: dict[str, Any]) -> None:
    bars = figure["bars"]
    people = [bar["people"] for bar in bars]
    axes.barh(range(len(bars)), people, height=0.34, color=CALM)
    for place, bar in enumerate(bars):
        axes.text(0, place - 0.26, _short(bar["label"], 44), va="bottom", fontsize=7.5)
        axes.text(bar["people"], place, f" {bar['people']}", va="center", fontsize=7.5, fontweight="bold")
        axes.plot([bar["before"]] * 2, [place - 0.22, place + 0.22], color=INK, lw=1.2)
    axes.set_title(figure["heading"], loc="left", fontsize=8)
    axes.set_xlim(0, max(*people, *(bar["before"] for bar in bars), 1) * 1.12)
    axes.set_ylim(len(bars) - 0.6, -0.75)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_xlabel(figure["before"], fontsize=6.5, color=SOFT, loc="left")
    axes.spines[:].set_visible(False)


def _quiet(axes: Axes) -> None:
    axes.tick_params(length=0, labelsize=6.5, labelcolor=SOFT)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color("#b8bec7")


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def main() -> None:
    """Read a figure from standard input, and write the picture to standard output."""
    sys.stdout.buffer.write(draw(json.load(sys.stdin)))


if __name__ == "__main__":
    main()
