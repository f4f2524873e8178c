"""The content of an impact report's picture, as plain values that are passed to the process which draws it."""

from dataclasses import asdict
from typing import Any

from storage.values import frozen


@frozen
class Tile:
    """A figure.

    Attributes:
        note: the text below it; empty for none.
        share: a share from 0 to 1, drawn as a bar; None for other figures.
        low, high: the interval of the share, if one is shown.
    """

    label: str
    value: str
    note: str
    share: float | None
    low: float | None
    high: float | None


@frozen
class Page:
    """A page: figures as tiles, what changed below, and how the figures are counted at the end.

    Attributes:
        heading: the heading of the lines.
        praised: the heading of the praise.
        counting: the heading of the definitions.
        alt: the alternative text.
    """

    title: str
    subtitle: str
    tiles: tuple[Tile, ...]
    heading: str
    lines: tuple[str, ...]
    praised: str
    praise: tuple[str, ...]
    counting: str
    definitions: tuple[str, ...]
    alt: str

    def values(self) -> dict[str, Any]:
        """The page as values for JSON."""
        return asdict(self)
