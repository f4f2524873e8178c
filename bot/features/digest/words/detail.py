"""The levels of detail of a digest, tried in turn until its text is short enough."""

from storage.values import frozen

MOST_CHARACTERS = 1_800
"""The longest digest: readable on a phone, and a single message on every platform."""


@frozen
class Detail:
    """The largest numbers of themes or areas, quotes for each, characters of a quote, and rows of other lists."""

    areas: int
    quotes: int
    quote_length: int
    rows: int


DETAILS = (
    Detail(5, 2, 110, 5),
    Detail(4, 2, 90, 4),
    Detail(4, 2, 70, 3),
    Detail(4, 1, 80, 3),
    Detail(4, 1, 50, 3),
    Detail(3, 1, 60, 2),
    Detail(2, 0, 40, 1),
)
