"""A sheet that is drawn from the top down, and rendered as a PNG by matplotlib's renderer.

Only the renderer is used: with its figures and axes, matplotlib takes twice as long to import and to draw.
"""

import io
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgb
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from PIL import Image

WIDTH, DOTS = 4.0, 270
"""Inches, and dots an inch: 1,080 pixels, a phone's width, so that text is read without zooming."""
PAPER, INK, SOFT = "#fbfaf7", "#1f2430", "#5d6470"
"""Opaque paper, so that it is read on light and dark screens."""
BOLD = "bold"
POINT = 1 / 72
HALF_DIGIT = 0.365 * POINT
"""Half the height of a digit in inches, for each point of its size."""
_DIAMOND = 4
"""The number of corners of a diamond."""
_STRAIGHT = "lp"
"""Letters with the usual height and depth, so that all lines have the same baseline."""

Spot = tuple[float, float]
"""Inches from the left, and from the top."""


class Sheet:
    """A sheet as wide as a phone's screen, and as long as its content.

    Lengths are in inches, from the left and from the top; letters, lines and dots are measured in points.

    Attributes:
        at: the current position, in inches from the top.
    """

    def __init__(self, at: float) -> None:
        self.at = at
        self._ruler = _renderer(1, 1)
        self._marks: list[Callable[[Any], None]] = []

    def text(
        self, words: str, size: float, left: float, down: float = 0, *, colour: str = INK, weight: str = "normal"
    ) -> None:
        """Write a line, its top `down` inches below the current position."""
        _, height, below = self._ruler.get_text_width_height_descent(_STRAIGHT, _font(size, weight), ismath=False)
        self._write(words, _font(size, weight), left, self.at + down + (height - below) / DOTS, colour)

    def number(
        self, words: str, size: float, left: float, middle: float, *, colour: str = INK, weight: str = "normal"
    ) -> None:
        """Write a number, its middle `middle` inches from the top."""
        self._write(words, _font(size, weight), left, middle + HALF_DIGIT * size, colour)

    def width(self, words: str, size: float, weight: str = "normal") -> float:
        """The width of a line in inches."""
        wide, *_ = self._ruler.get_text_width_height_descent(words, _font(size, weight), ismath=False)
        return float(wide) / DOTS

    def wrapped(self, words: str, size: float, width: float, weight: str = "normal") -> list[str]:
        """Break a paragraph into lines of at most this width in inches; a wider word is a line of its own."""
        lines = [""]
        # At plain spaces only: French has other spaces before punctuation, which must not begin a line.
        for word in words.split(" "):
            longer = f"{lines[-1]} {word}".strip()
            if not lines[-1] or self.width(longer, size, weight) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def bar(self, left: float, width: float, down: float, tall: float, colour: str) -> None:
        """Draw a filled rectangle, its top `down` inches below the current position."""
        place = Affine2D().scale(width, tall).translate(left, self.at + down)
        self._draw(Path.unit_rectangle().transformed(place), colour)

    def line(self, spots: Sequence[Spot], thick: float, colour: str) -> None:
        """Draw a line from spot to spot."""
        self._draw(Path(np.array(spots)), colour, thick)

    def dot(self, spot: Spot, size: float, colour: str, *, diamond: bool = False) -> None:
        """Draw a dot, or a diamond, `size` points wide."""
        shape = Path.unit_regular_polygon(_DIAMOND) if diamond else Path.unit_circle()
        self._draw(shape.transformed(Affine2D().scale(size * POINT / 2).translate(*spot)), colour)

    def png(self, margin: float) -> bytes:
        """The sheet as a PNG, with a margin in inches below its content."""
        size = round(WIDTH * DOTS), round((self.at + margin) * DOTS)
        renderer = _renderer(*size)
        renderer.draw_path(_ink(renderer, PAPER), Path.unit_rectangle(), Affine2D().scale(*size), to_rgb(PAPER))
        for mark in self._marks:
            mark(renderer)
        target = io.BytesIO()
        Image.frombuffer("RGBA", size, renderer.buffer_rgba(), "raw", "RGBA", 0, 1).convert("RGB").save(target, "PNG")
        return target.getvalue()

    def _write(self, words: str, font: FontProperties, left: float, base: float, colour: str) -> None:
        at = left * DOTS, base * DOTS
        self._marks.append(lambda renderer: renderer.draw_text(_ink(renderer, colour), *at, words, font, 0))

    def _draw(self, path: Path, colour: str, thick: float = 0) -> None:
        """Draw a path as a line of this thickness in points; without one, fill it."""
        face = None if thick else to_rgb(colour)
        self._marks.append(
            lambda renderer: renderer.draw_path(_ink(renderer, colour, thick), path, _upright(renderer), face)
        )


def _renderer(width: int, height: int) -> Any:
    """A renderer for a picture of this size in dots; its library declares no types."""
    renderer: Any = RendererAgg
    return renderer(width, height, DOTS)


def _font(size: float, weight: str) -> FontProperties:
    return FontProperties(family="DejaVu Sans", size=size, weight=weight)


def _ink(renderer: Any, colour: str, thick: float = 0) -> Any:
    """The graphics context for a colour and a thickness."""
    ink = renderer.new_gc()
    ink.set_foreground(colour)
    ink.set_linewidth(thick)
    return ink


def _upright(renderer: Any) -> Affine2D:
    """The transformation from inches below the top to the renderer's dots, which are counted from the bottom."""
    return Affine2D().scale(DOTS, -DOTS).translate(0, renderer.height)
