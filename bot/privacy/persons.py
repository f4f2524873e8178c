"""Finds the keys of a person's data: their accounts, the keyed marks of these, and stored buttons."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from functools import partial
from itertools import product

from sqlmodel import Session

from bot.commands.buttons import button_holder
from bot.core import Core
from bot.delivery.envelope import account_mark
from bot.ports.inbound import Actor
from bot.privacy import blocks
from storage.engine.keys import Keys
from storage.engine.loading import by_id
from storage.models import Member
from storage.people import communities, marks, members
from storage.privacy import erasure
from storage.privacy.belongings import Person
from storage.traffic import buttons


async def person(core: Core, member_id: int | None, account: Actor) -> Person:
    """A person with all that finds their data; one without a member id has the given account only."""
    found = await core.store.read(lambda session: _accounts(session, member_id, account))
    marks = await core.store.read(lambda session: _marks(session, core, member_id or 0, found))
    since = await core.store.read(lambda session: _first_button(session, core, member_id))
    return Person(member_id or 0, tuple(marks), tuple(await pressable(core, found, since)))


def accounts(session: Session, member_id: int) -> list[Actor]:
    """A person's accounts on all platforms."""
    return [Actor(one.platform, one.external_id, one.name) for one in erasure.accounts(session, member_id)]


async def pressable(core: Core, theirs: Sequence[Actor], since: datetime) -> list[str]:
    """The tokens of earlier versions' buttons that only these accounts may press.

    Each has a mark of its own, which is computed with its token: no query finds them by the account.

    Args:
        since: only buttons made from this instant on are tried.
    """
    found: list[str] = []
    page = await core.store.read(partial(buttons.holders, since=since))
    while page:
        # In a thread: a page takes many keyed marks to compute, which would block the event loop.
        found += await asyncio.to_thread(_matching, core.store.keys, page, theirs)
        page = await core.store.read(partial(buttons.holders, since=since, after=page[-1][0]))
    return found


def _first_button(session: Session, core: Core, member_id: int | None) -> datetime:
    """The instant before which a person had no button that could still be pressed."""
    oldest = core.clock.now() - timedelta(days=core.settings.retention.buttons)
    seen = members.first_seen(session, member_id) if member_id is not None else None
    return max(oldest, datetime.combine(seen, time(), UTC)) if seen else oldest


def _matching(keys: Keys, page: Sequence[tuple[str, str]], theirs: Sequence[Actor]) -> list[str]:
    return [token for (token, holder), one in product(page, theirs) if holder == button_holder(keys, token, one)]


def _marks(session: Session, core: Core, member_id: int, theirs: Sequence[Actor]) -> list[str]:
    """The keyed marks of a person: of what is nameless, of their accounts, and of blocks from before an erasure."""
    keys, own = core.store.keys, [community.id for community in communities.every(session)]
    blocked = [blocks.block_mark(keys, one, account) for one, account in product(own, theirs)]
    return [*nameless_marks(session, core, member_id), *(account_mark(keys, account) for account in theirs), *blocked]


def _accounts(session: Session, member_id: int | None, account: Actor) -> list[Actor]:
    return accounts(session, member_id) if member_id is not None else [account]


def nameless_marks(session: Session, core: Core, member_id: int) -> list[str]:
    """The keyed marks of a person's nameless items and questions, in every community."""
    now, known = core.clock.now(), communities.every(session)
    member = by_id(session, Member, member_id)
    return [one for own in known for one in marks.of_person(core.store.keys, own, member_id, member, now)]
