"""Moves footnotes to where they are referred to, in brackets, since an answer is shown without the rest of its page."""

import re
from collections.abc import Sequence

_NOTE = re.compile(r"\[\^(?P<name>[^\]\s]+)\]:\s*(?P<text>.*)\Z")
_REFERENCE = re.compile(r"\[\^(?P<name>[^\]\s]+)\]")
_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})")


def inline_notes(lines: Sequence[str]) -> list[str]:
    """The lines with footnotes inlined; their number stays the same. In titles, references are only removed."""
    notes: dict[str, str] = {}
    kept, name, code = [], "", False
    for line in lines:
        code ^= bool(_FENCE.match(line))
        found = None if code else _NOTE.match(line)
        if found:
            name = found["name"]
            notes[name] = found["text"].strip()
        elif name and line[:1] in (" ", "\t") and line.strip():
            notes[name] = f"{notes[name]} {line.strip()}".strip()
        else:
            name = ""
            kept.append(line)
            continue
        kept.append("")
    return [_inlined(line, notes) for line in kept] if notes else kept


def _inlined(line: str, notes: dict[str, str]) -> str:
    bare = _REFERENCE.sub("", line)
    if line.startswith("#") or bare.rstrip(" *_").endswith("?"):
        return bare
    return _REFERENCE.sub(lambda found: _bracketed(notes.get(found["name"])) or found[0], line)


def _bracketed(note: str | None) -> str:
    return "" if not note else f" ({note})"
