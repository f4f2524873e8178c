"""Suggests a known setting for an unknown one: the nearest in name, else all of its table."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

Write = Callable[[Sequence[str]], str]
"""Formats a path of keys as it was given: dotted, or as an environment variable."""


def hint(model: Any, path: Sequence[str], place: int, write: Write) -> str:
    """A suggestion after an unknown setting: the nearest known one, else all that are known there.

    Args:
        model: the settings as a whole.
        path: the keys that were given, the outermost first.
        place: the index of the first unknown key.
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - 3 MiB for who mistypes a setting

    names = known(model, path[:place])
    given = ".".join(path[place:])
    # Compared as a whole first: the second scorer also matches a short name to a part of a long one.
    found = process.extractOne(given, names, scorer=fuzz.ratio, score_cutoff=70)
    found = found or process.extractOne(given, names, score_cutoff=70)
    if found:
        return f" Did you mean {write([*path[:place], *found[0].split('.')])}?"
    return f" Known here: {', '.join(name for name in names if '.' not in name)}." if names else ""


def known(model: Any, path: Sequence[str]) -> list[str]:
    """The keys of the table at a path, and the dotted keys of the tables directly in it."""
    return list(_names(_table(model, path)))


def _names(table: Any) -> Iterator[str]:
    for key, field in getattr(table, "model_fields", {}).items():
        yield key
        yield from (f"{key}.{inner}" for inner in getattr(field.annotation, "model_fields", ()))


def _table(model: Any, path: Sequence[str]) -> Any:
    """The model of the table at a path; list indexes in the path are skipped."""
    for part in path:
        if not part.isdigit():
            field = getattr(model, "model_fields", {}).get(part)
            model = _inner(field.annotation) if field else None
    return model


def _inner(annotation: Any) -> Any:
    """The model inside the annotation `Section`, `Section | None` or `tuple[Section, ...]`, else the annotation."""
    arguments = [part for part in getattr(annotation, "__args__", ()) if hasattr(part, "model_fields")]
    return arguments[0] if arguments else annotation
