"""Shortens and splits text without breaking a word or an emoji."""

import regex

_SPACE = regex.compile(r"\s+")
ELLIPSIS = "…"
_BREAKS = frozenset({" ", "\n", "\r\n"})


def excerpt(text: str, most: int) -> str:
    """The start of a text on one line, at most `most` characters, cut between words where there are any."""
    line = _SPACE.sub(" ", text).strip()
    if len(line) <= most:
        return line
    return line[: _cut(line, most - len(ELLIPSIS))].rstrip() + ELLIPSIS


def split(text: str, most: int) -> list[str]:
    """A text in parts of at most `most` characters; joined again they are the text, exactly."""
    parts = []
    while len(text) > most:
        end = _cut(text, most) or most
        parts.append(text[:end])
        text = text[end:]
    return [*parts, text] if text or not parts else parts


def _cut(text: str, most: int) -> int:
    """Where to cut: after the last space in the second half, else after the last grapheme that fits, if any."""
    end = space = 0
    for grapheme in regex.finditer(r"\X", text[: most + 64]):
        if grapheme.end() > most:
            break
        end = grapheme.end()
        if grapheme[0] in _BREAKS and end > most // 2:
            space = end
    return space or end
