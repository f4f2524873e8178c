"""Erases a person at the operator's command, as when they left, were banned, asked by letter, or were imported."""

import asyncio
from functools import partial

from sqlmodel import Session

from bot.core import Core
from bot.delivery.envelope import account_mark
from bot.language.text.normalise import fold
from bot.ports.inbound import Actor
from bot.privacy import erasures, forgetting, persons
from bot.privacy.copy import SECTIONS
from storage.models import Identity
from storage.people import members
from storage.privacy import belongings
from storage.privacy.belongings import Person
from storage.privacy.erasure_log import ErasureLog
from storage.values import frozen


@frozen
class Outcome:
    """What an erasure by the operator did.

    Attributes:
        known: whether the account was a member's.
        erased: the rows that were deleted or blanked, by kind; what had no name leaves later and is not counted.
    """

    known: bool
    erased: dict[str, int]


def log(core: Core) -> ErasureLog:
    """The log of erasures, beside the list of erased persons."""
    listed = erasures.erased_list(core.settings).path
    return ErasureLog(listed.with_name(f"{listed.name}.log"))


async def named(core: Core, name: str) -> list[Identity]:
    """The accounts whose display name has this name in it, whatever its case and accents; imported authors, too."""
    wanted, found, last = fold(name), list[Identity](), 0
    while page := await core.store.read(partial(members.page, after=last)):
        found += [one for one in page if wanted in fold(one.name)]
        last = page[-1].id
    return found


async def forget(core: Core, account: Actor) -> Outcome:
    """Erase the person with an account as `/forgetme` does, list them as erased, and log how much there was.

    Raises:
        StoreError: the database cannot be read or written.
        OSError: the log cannot be written; the person is erased.
    """
    known = await core.store.read(partial(members.id_of, platform=account.platform, external_id=account.id))
    listed = await erasures.marks(core, known)
    outcome = await core.store.write(partial(_forget, core=core, account=account))
    await erasures.note(core, listed)
    await asyncio.to_thread(log(core).add, core.clock.now().date(), outcome.erased)
    return outcome


def _forget(session: Session, core: Core, account: Actor) -> Outcome:
    member_id = forgetting.hold(session, account)
    accounts = [account] if member_id is None else persons.accounts(session, member_id)
    marks = tuple(account_mark(core.store.keys, one) for one in accounts)
    found = belongings.belongings(session, Person(member_id or forgetting.NOBODY, marks))
    if member_id is None:
        forgetting.forget_account(session, core, account, at_once=False)
    else:
        forgetting.forget(session, core, member_id, at_once=False)
    return Outcome(member_id is not None, {SECTIONS.get(table, table): len(rows) for table, rows in found.items()})
