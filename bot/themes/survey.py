"""Finds the themes of a period: groups its items, and matches the groups with stored themes. Writes nothing."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlmodel import Session

from bot.core import Core
from bot.language.text.normalise import has_words
from bot.themes.history import Span
from storage.items.signals import themes
from storage.items.signals.themes import Said
from storage.models import Theme
from storage.values import frozen

if TYPE_CHECKING:
    from bot.language.encoding.encoder import Encoder
    from bot.themes.space import Stored

MOST = 50_000
"""The most items of a period that are read; of more, a sample, which is the same each time."""
SAMPLE = 2_500
"""The most items that are compared with each other, to bound memory; others join the most similar group."""
LABELLED = 200
"""The most items of a theme that its label is made from, the most central ones."""
MEMORY = timedelta(weeks=26)
"""How long after its last items a theme is recognised, unless a moderator changed it."""
KNOWN_BY = 30
"""The number of the newest items of a stored theme by which it is recognised."""


@frozen
class Group:
    """A group of similar items.

    Attributes:
        theme: the id of the stored theme that it counts as; 0 for none.
        own: the id of the stored theme that it is recognised as, which may have been merged into `theme`; 0 for none.
        items: its items, the most central first.
        before: its items in the period before.
    """

    theme: int
    own: int
    items: tuple[Said, ...]
    before: tuple[Said, ...] = ()


@frozen
class Material:
    """What is read for a survey: the items of a period and of the one before, and the stored themes.

    Attributes:
        total: the number of items of the period; more than were read where it is sampled.
        known: by id of a stored theme, its newest items.
        latest: the id of the newest stored theme, by which newer ones are noticed.
        span: the period; None where nothing was read from a store.
    """

    items: tuple[Said, ...]
    before: tuple[Said, ...]
    total: int
    themes: tuple[Theme, ...] = ()
    known: Mapping[int, tuple[Said, ...]] = field(default_factory=dict)
    latest: int = 0
    span: Span | None = None

    def every(self) -> dict[int, Said]:
        """All items by id, the period's first, in an order that does not depend on when they were stored."""
        known = sorted((item for some in self.known.values() for item in some), key=lambda item: item.id)
        return {item.id: item for item in (*self.items, *self.before, *known)}


@frozen
class Survey:
    """The groups of a period.

    Attributes:
        made: the computed vectors, to be stored.
        encoder: the id of their encoder; empty for none.
    """

    material: Material
    groups: tuple[Group, ...]
    made: "Stored" = field(default_factory=dict)
    encoder: str = ""


async def survey(
    core: Core, community_id: int, since: datetime, until: datetime, about: tuple[str, ...] = ()
) -> Survey:
    """The groups of a period, `until` excluded, of all areas or some.

    Raises:
        StoreError: the store cannot be read.
    """
    found = await core.store.read(lambda session: read(session, community_id, since, until, about))
    if not found.items:
        return Survey(found, ())
    encoder = await core.library.encoder()
    if encoder is None:
        return await asyncio.to_thread(_by_words, found, core.languages.codes)
    ids = list(found.every())
    stored = await core.store.read(partial(themes.vectors, encoder=encoder.id, ids=ids))
    return await asyncio.to_thread(_by_meaning, found, encoder, stored)


def _by_words(found: Material, languages: tuple[str, ...]) -> Survey:
    # Imported here, and in a thread of its own: it imports numpy and scipy.
    from bot.themes import grouping  # noqa: PLC0415

    return grouping.by_words(found, languages)


def _by_meaning(found: Material, encoder: "Encoder", stored: "Stored") -> Survey:
    from bot.themes import grouping  # noqa: PLC0415 - as above

    return grouping.by_meaning(found, encoder, stored)


def read(
    session: Session, community_id: int, since: datetime, until: datetime, about: tuple[str, ...] = ()
) -> Material:
    """Read the material of a survey; arguments as for `survey`."""
    earlier = since - (until - since)
    now = themes.ids_said(session, community_id, since, until, about)
    before = themes.ids_said(session, community_id, earlier, since, about)
    stored = themes.every(session, community_id, since - MEMORY)
    newest = themes.newest(session, [theme.id for theme in stored], KNOWN_BY)
    said = {item.id: item for item in themes.said(session, [own for ids in newest.values() for own in ids])}
    items = tuple(sort(themes.said(session, draw(now, MOST))))
    return Material(
        items,
        tuple(sort(themes.said(session, draw(before, MOST)))),
        len(now) if len(now) > MOST else len(items),
        tuple(stored),
        {own: tuple(said[one] for one in ids if one in said) for own, ids in newest.items()},
        themes.latest(session, community_id),
        Span(community_id, since, until, about),
    )


def sort(items: Sequence[Said]) -> list[Said]:
    """The items that have words, sorted by these, so that the order in which they were stored does not matter."""
    return sorted((item for item in items if has_words(item.text)), key=lambda item: (item.text, item.id))


def resolve(themes: Sequence[Theme]) -> dict[int, int]:
    """By theme id, the id of the theme that it counts as: the one it was merged into, or itself."""
    into = {theme.id: theme.merged_into for theme in themes}

    def root(own: int) -> int:
        seen = {own}
        while (next_ := into.get(own)) is not None and next_ not in seen:
            seen.add(next_)
            own = next_
        return own

    return {own: root(own) for own in into}


def draw(ids: Sequence[int], most: int) -> list[int]:
    """A sample of at most so many of these ids, by their digests: the same each time, and spread over the period."""
    if len(ids) <= most:
        return list(ids)
    return sorted(ids, key=lambda own: hashlib.sha256(str(own).encode()).digest())[:most]
