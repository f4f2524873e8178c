"""Finds e-mail addresses in a text, also as people disguise them: “jane (at) example dot org”."""

import re
from collections.abc import Iterator
from functools import cache

_BEGIN = r"(?<![\w.+%@-])"
_LOCAL, _LABEL = r"[\w.+%-]{1,64}", r"[\w-]{1,63}"
_ENDING = r"[^\W\d_]{2,24}(?![\w-])"
_KNOWN = (
    r"(?:com|org|net|info|edu|gov|io|co|app|dev|eu|fr|uk|be|ch|ca|us|de|lu|es|it|nl|pt|ie|au|re|bzh|quebec)(?![\w-])"
)
"""The top-level domains accepted behind a word for the dot, since any word may follow “at this point”."""
_SIGN = r"(?: ?[(\[{] ?(?:at|a|à|@|arobase?) ?[)\]}] ?| @ | arobase? )"
"""Unambiguous replacements of the at sign."""
_DOT = r"(?: ?[(\[{] ?(?:dot|point|\.) ?[)\]}] ?| (?:dot|point) )"
_NAME = rf"{_LABEL}(?:(?:{_DOT}|[.+]){_LABEL}){{0,3}}"
_EXACT = re.compile(rf"{_BEGIN}{_LOCAL}@(?:{_LABEL}\.)+{_ENDING}")
_SPELT = (
    rf"{_BEGIN}{_NAME}{_SIGN}(?:{_LABEL}\.){{1,4}}{_ENDING}"
    rf"|{_BEGIN}{_NAME}(?:{_SIGN}|@)(?:{_LABEL}(?:\.|{_DOT})){{0,3}}{_LABEL}{_DOT}{_KNOWN}"
    # “at” is a common word: each dot has to be a word, too, or the name must not look like a word.
    rf"|{_BEGIN}{_NAME} at (?:{_LABEL} dot ){{1,4}}{_KNOWN}"
    rf"|{_BEGIN}(?=[^\W_]*[\d_.+-])[\w.+-]{{1,64}}(?<!\.) at (?:{_LABEL}\.){{1,4}}{_KNOWN}"
)
_HINT = re.compile(r"@|\bat\b|[(\[{] ?[aà] ?[)\]}]|\barobas", re.IGNORECASE)


def find_addresses(text: str) -> Iterator[tuple[int, int]]:
    """The start and end of each e-mail address in a text, without overlaps."""
    if _HINT.search(text) is None:
        return
    stop = 0
    for hit in sorted((*_EXACT.finditer(text), *_spelt().finditer(text)), key=lambda one: (one.start(), -one.end())):
        if hit.start() >= stop:
            stop = hit.end()
            yield hit.span()


# Compiled for the first text with a hint: it takes 20 ms, and few texts have one.
@cache
def _spelt() -> re.Pattern[str]:
    return re.compile(_SPELT, re.IGNORECASE)
