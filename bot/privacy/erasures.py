"""Erases a person as `/forgetme` does, lists who was erased, and erases them again from a database brought back."""

import asyncio
import contextlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import structlog
from sqlmodel import Session

from bot.core import Core
from bot.privacy import forgetting
from bot.settings.config import Settings
from storage.engine.errors import StoreError
from storage.engine.loading import by_id
from storage.models import Feedback, Member
from storage.people import members
from storage.people.marks import former_of
from storage.privacy import erased, erasure
from storage.privacy.erased import ErasedList
from storage.schema.opening import Location


def erased_list(settings: Settings) -> ErasedList:
    """The list of erased persons: where the settings say, else beside the database file or, on PostgreSQL, the key."""
    if settings.erased_file:
        return ErasedList(settings.erased_file)
    beside: Path = Location(settings.database, settings.key_file).file or settings.key_file
    return ErasedList(beside.with_name(f"{beside.name}.erased"))


def erase(session: Session, core: Core, member_id: int) -> list[Feedback]:
    """Erase a person everywhere, and redact what quotes them; their nameless items leave within the following week.

    Returns:
        The items with their name, whose text was blanked.
    """
    return forgetting.forget(session, core, member_id, at_once=False).blanked


async def marks(core: Core, member_id: int | None) -> list[str]:
    """The marks that `note` will list; to be read before the erasure, which deletes the accounts."""
    if member_id is None:
        return []
    found = await core.store.read(partial(_accounts, member_id=member_id))
    return [erased.mark(core.store.keys, account) for account in found]


def _accounts(session: Session, member_id: int) -> list[members.Account]:
    """A person's accounts, also as they were before accounts were joined, as an older database has them."""
    found, member = members.accounts_of(session, member_id), by_id(session, Member, member_id)
    former = former_of(member.former).items() if member else ()
    return [*found, *(one._replace(member_id=own, first_seen=day) for one in found for own, day in former)]


async def note(core: Core, listed: Sequence[str]) -> None:
    """List erased persons, after the erasure was committed, and empty the log that has pages from before it."""
    core.similar.refresh_soon()
    core.similar_of_team.refresh_soon()
    place = erased_list(core.settings)
    try:
        await asyncio.to_thread(place.add, listed, core.clock.now().date())
    except OSError as error:
        mend = f"{place.path} cannot be written ({error.strerror}): set erased_file. A backup could bring them back."
        structlog.get_logger().error("erased", mend=mend)
    # A write-ahead log that cannot be emptied now is emptied by the next sweep.
    with contextlib.suppress(StoreError):
        await core.store.maintain(erasure.scrub)


async def expire(core: Core) -> None:
    """Remove from the list who was erased so long ago that no backup is older; errors are logged."""
    place = erased_list(core.settings)
    try:
        await asyncio.to_thread(place.expire, core.clock.now().date())
    except OSError as error:
        mend = f"{place.path} cannot be written ({error.strerror}): check erased_file."
        structlog.get_logger().error("erased", mend=mend)


async def replay(core: Core) -> int:
    """Erase the persons on the list who are in the database again, as after an older backup was brought back.

    Returns:
        How many there were.

    Raises:
        StoreError: the database cannot be read or written.
        OSError: the list cannot be read.
    """
    listed = await asyncio.to_thread(erased_list(core.settings).marks, core.clock.now().date())
    found = await _found(core, listed) if listed else set[int]()
    for member_id in found:
        await core.store.write(partial(erase, core=core, member_id=member_id))
    if found:
        await core.store.maintain(erasure.scrub)
        structlog.get_logger().warning("erased", again=len(found), why="the database is older than their erasure")
    return len(found)


async def _found(core: Core, listed: frozenset[str]) -> set[int]:
    """The ids of the members one of whose accounts is listed."""
    found, last = set[int](), 0
    while page := await core.store.read(partial(members.accounts, after=last)):
        found |= {one.member_id for one in page if erased.mark(core.store.keys, one) in listed}
        last = page[-1].id
    return found
