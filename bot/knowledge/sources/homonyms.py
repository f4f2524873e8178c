"""Makes equal questions of several files distinct by the file's name: `pool – Opening hours`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath
from urllib.parse import urlsplit

from bot.knowledge.sources.draft import Draft, Problem
from bot.language.text.normalise import fold, question_key

NAMELESS = frozenset(["index", "readme", "faq", ""])
"""File names that say less than the name of their folder."""


def tell_apart(found: Iterable[Draft | Problem]) -> Iterator[Draft | Problem]:
    """The drafts, with the name of their file before a question that another file answers differently.

    A question with a question mark stays as a further phrasing: asked without the name, all its answers are offered.
    """
    every = list(found)
    alike: dict[str, list[Draft]] = defaultdict(list)
    for one in every:
        if isinstance(one, Draft) and not one.id and one.source:
            alike[question_key(one.phrasings[0])].append(one)
    names = {id(one): name for group in alike.values() for one, name in _named(group)}
    for one in every:
        yield _renamed(one, names[id(one)]) if isinstance(one, Draft) and id(one) in names else one


def _named(group: Sequence[Draft]) -> Iterator[tuple[Draft, str]]:
    """Drafts with one question but different answers in several files, each with a unique name for its file."""
    sources = dict.fromkeys(one.source for one in group)
    if len(sources) < 2 or len({one.answer for one in group}) < 2:
        return
    parts = {source: _parts(source) for source in sources}
    depth = next((n for n in (1, 2, 3) if len({own[-n:] for own in parts.values()}) == len(parts)), 0)
    for one in group:
        if depth:
            yield one, " ".join(parts[one.source][-depth:])


def _parts(source: str) -> tuple[str, ...]:
    """The words of a file's folders and of its name, or of a page's path."""
    path = PurePath(urlsplit(source).path if "://" in source else source)
    words = [part.replace("-", " ").replace("_", " ").strip(" /") for part in (*path.parts[:-1], path.stem)]
    return tuple(words[:-1] if len(words) > 1 and fold(words[-1]) in NAMELESS else words)


def _renamed(one: Draft, name: str) -> Draft:
    first, *rest = one.phrasings
    asks = first.rstrip().endswith(("?", "\uff1f"))
    return replace(one, phrasings=(f"{name} – {first}", *([first] if asks else []), *rest))
