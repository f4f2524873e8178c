"""Shortens and splits text without breaking a word or an emoji."""

import regex

_SPACE = regex.compile(r"\s+")
ELLIPSIS = "…"
_BREAKS = frozenset({" ", "\n", "\r\n"})


def excerpt(text: str, most: int) -> str:
    """The start of a text on one line, with an ellipsis when it was cut.

    Args:
        most: the most characters, the ellipsis included.
    """
    # Most labels and titles are one short line already, and need no regular expression.
    plain = text.isascii() and text.isprintable() and "  " not in text
    line = text.strip() if plain else _SPACE.sub(" ", text).strip()
    if len(line) <= most:
        return line
    return line[: _cut(line, most - len(ELLIPSIS))].rstrip() + ELLIPSIS


def split(text: str, most: int) -> list[str]:
    """Split a text into parts, between words where possible; joined, they are exactly the text.

    Args:
        most: the most characters of a part.
    """
    parts = []
    while len(text) > most:
        end = _cut(text, most) or most
        parts.append(text[:end])
        text = text[end:]
    return [*parts, text] if text or not parts else parts


def _cut(text: str, most: int) -> int:
    """The index to cut at: after the last space in the second half, else after the last grapheme cluster that fits.

    0 when even the first grapheme cluster is too long.
    """
    end = space = 0
    for grapheme in regex.finditer(r"\X", text[: most + 64]):
        if grapheme.end() > most:
            break
        end = grapheme.end()
        if grapheme[0] in _BREAKS and end > most // 2:
            space = end
    return space or end
