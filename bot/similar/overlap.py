"""Tells by shared words whether a text is about one of a few things, where there is no encoder.

TF-IDF does not work here: from few texts it cannot learn which words are rare.
"""

from collections.abc import Iterable, Sequence

SHARE, FEWEST = 0.75, 2
"""The least share, and the least number, of a text's content words that a thing must have."""
LESS, MORE = 0.6, 3
"""The same for a longer text: a smaller share of more words."""


def nearest(text: str, things: Sequence[Iterable[str]]) -> int | None:
    """The place of the thing that a text is most likely about; None when it is about none of them.

    Args:
        things: of each, several wordings of it.
    """
    said = _words(text)
    shares = [_share(said, wordings) for wordings in things]
    best = max(range(len(shares)), key=shares.__getitem__, default=None)
    return best if best is not None and shares[best] else None


def _share(said: Sequence[frozenset[str]], wordings: Iterable[str]) -> float:
    """The share of content words that are in one of the wordings; 0 when it is too low."""
    known = frozenset[str]().union(*(forms for wording in wordings for forms in _words(wording)))
    found = sum(not forms.isdisjoint(known) for forms in said)
    share = found / len(said) if said else 0.0
    return share if (share >= SHARE and found >= FEWEST) or (share >= LESS and found >= MORE) else 0.0


def _words(text: str) -> list[frozenset[str]]:
    """The content words, each as the set of its stems."""
    # Imported here: they bring the stemmer.
    from bot.language.text.frame import unframe  # noqa: PLC0415
    from bot.language.text.words import content, read  # noqa: PLC0415

    return [word.forms for word in content(read(unframe(text)))]
