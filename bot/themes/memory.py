"""Stores themes, so that they are recognised later and moderators can name, merge and mute them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import TypeVar

from sqlmodel import Session

from bot.core import Core
from bot.themes.survey import KNOWN_BY, Group, Survey, survey
from storage.items.signals import themes
from storage.people.situation import AnyCommunity
from storage.privacy.blending import blend
from storage.reports import digests

DAY = timedelta(hours=49)
"""The longest time between the stored and the real time of a nameless item: a day, in whatever time zone."""
AT_ONCE = 500
"""The most rows stored in one transaction, so that other writers do not wait for long."""
T = TypeVar("T")
Begun = Mapping[int, Group]
"""By id of a stored theme, the items that belong to it."""


async def store_themes(core: Core, community: AnyCommunity, since: datetime, until: datetime) -> Survey:
    """Store the themes of a period, their items, and the vectors that are not stored yet.

    Returns:
        The period's groups, each with the id of its theme.

    Raises:
        StoreError: the store cannot be read or written.
    """
    begun: Begun | None = None
    while begun is None:
        found = await survey(core, community.id, since, until)
        # Another process may have stored themes since this one read them; then they are read again.
        begun = await core.store.write(partial(_begin, community_id=community.id, found=found, now=core.clock.now()))
    await keep(core, found)
    for nameless in (False, True):
        since_nameless = core.clock.now() - DAY if nameless else None
        await _store(core, found, begun, since_nameless)
    return replace(found, groups=tuple(replace(one, theme=one.theme or own) for own, one in begun.items()))


async def keep(core: Core, found: Survey) -> None:
    """Store the vectors that a survey computed, so that the next survey of the period need not compute them again.

    Raises:
        StoreError: the store cannot be written.
    """
    every = found.material.every()
    for nameless in (False, True):
        since = core.clock.now() - DAY if nameless else None
        for some in _parts({own: row for own, row in found.made.items() if every[own].nameless is nameless}):
            job = partial(themes.keep_vectors, encoder=found.encoder, found=some)
            await core.store.write(partial(_blended, job=job, nameless_since=since))


async def _store(core: Core, found: Survey, begun: Begun, nameless_since: datetime | None) -> None:
    """Store the themes of items with a name, or of nameless ones, in transactions of their own."""
    which = nameless_since is not None
    wanted = {item.id for item in found.material.every().values() if item.nameless is which}
    pairs = {
        item.id: own for own, one in begun.items() for item in one.items if item.id in wanted and item.theme != own
    }
    # Nameless ones even where all are stored: on PostgreSQL those of a new theme share a transaction with others.
    begins = which and any(not one.own for one in begun.values())
    for several in [*_parts(pairs), *([{}] if begins else [])]:
        belong = partial(themes.belong, themes=several)
        await core.store.write(partial(_blended, job=belong, nameless_since=nameless_since))


def _begin(session: Session, community_id: int, found: Survey, now: datetime) -> Begun | None:
    """Store the new themes; None when another process stored some since they were read."""
    digests.hold(session, community_id)
    if themes.latest(session, community_id) != found.material.latest:
        return None
    begun = {one.own or themes.begin(session, community_id, now): one for one in found.groups}
    themes.touch(session, list(begun), now)
    # With some of its items in this transaction, by which the next survey recognises it.
    themes.belong(session, {item.id: own for own, one in begun.items() if not one.own for item in one.items[:KNOWN_BY]})
    return begun


def _blended(session: Session, job: Callable[[Session], None], nameless_since: datetime | None) -> None:
    """Run a job; for nameless items so that on PostgreSQL no row tells when its item was written."""
    job(session)
    if nameless_since is not None:
        session.flush()
        blend(session, nameless_since)


def _parts(found: Mapping[int, T]) -> Iterator[dict[int, T]]:
    waiting = iter(found.items())
    while some := dict(islice(waiting, AT_ONCE)):
        yield some
