"""Erases a person's data and redacts what quotes them; nameless items go at once, or one by one within a week."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.core import Core
from bot.delivery.envelope import account_mark
from bot.ports.inbound import Actor
from bot.privacy import persons
from bot.privacy.blocks import move_blocks
from bot.privacy.reasons import redact_answers, redact_reasons
from bot.privacy.redaction import redact_archive, redact_owner
from bot.privacy.traces import words_mark
from storage.answers import questions
from storage.engine.loading import one_by_id
from storage.items.support import joins
from storage.models import Feedback, Member, Question
from storage.people import communities, members
from storage.people.marks import former_of
from storage.privacy import departures, erasure
from storage.privacy.departures import Nameless
from storage.traffic import inbox, outbox
from storage.values import frozen

NOBODY = 0
"""The member id that nobody has."""


@frozen
class Forgotten:
    """What an erasure did.

    Attributes:
        blanked: the items whose text was blanked.
        blocked: whether a block of the person goes on without their name.
    """

    blanked: list[Feedback]
    blocked: bool


def hold(session: Session, account: Actor) -> int | None:
    """The member with this account, who is locked for an erasure until the transaction ends; None when unknown.

    The account is looked up again after locking: its person may have been erased meanwhile and be a new member now.
    """
    while (found := members.id_of(session, account.platform, account.id)) is not None:
        if erasure.hold(session, found):
            return found
    return None


def forget(session: Session, core: Core, member_id: int, *, at_once: bool) -> Forgotten:
    """Erase a person's data, and redact what quotes them.

    Args:
        at_once: whether what is nameless is erased now, too; else a plan is stored by which it leaves within a week.
    """
    keys = core.store.keys
    now = core.clock.now()
    if not erasure.hold(session, member_id):
        # Somebody else has erased them meanwhile.
        return Forgotten([], blocked=False)
    accounts = persons.accounts(session, member_id)
    blocked = move_blocks(session, keys, communities.every(session), member_id, accounts, now)
    asked = questions.of_asker(session, member_id)
    unnamed: list[str] = []
    if at_once:
        unnamed += persons.nameless_marks(session, core, member_id)
        asked += departures.asked(session, unnamed)
    said = [(one.id, one.text) for one in asked]
    joins.give_up(session, member_id, unnamed, now)
    redact_reasons(session, core, member_id)
    redact_owner(session, core.codec, member_id)
    former = former_of(one_by_id(session, Member, member_id).former)
    blanked = _erase(session, core, member_id, accounts, unnamed)
    for account in accounts:
        core.moderators.forget(account.platform, account.id)
        core.contact_names.forget(account.platform, account.id)
    redact_archive(session, core.codec, blanked, said)
    if not at_once:
        for own in (member_id, *former):
            departures.plan(session, keys, own, now)
    return Forgotten(blanked, blocked)


def forget_account(session: Session, core: Core, account: Actor, *, at_once: bool) -> None:
    """Erase what is kept of an account without a member: drafts, answers on their way, its words in others' drafts.

    Args:
        at_once: as for `forget`. A plan is stored even without a member, so that plans do not show who had nameless
            items.
    """
    _erase(session, core, NOBODY, [account], [])
    if not at_once:
        departures.plan(session, core.store.keys, NOBODY, core.clock.now())


def _erase(
    session: Session, core: Core, member_id: int, accounts: Sequence[Actor], nameless: Sequence[str]
) -> list[Feedback]:
    keys = core.store.keys
    words = [words_mark(keys, account) for account in accounts]
    for account in accounts:
        inbox.drop_parked(session, account.platform, account.id, core.clock.now())
    redact_answers(session, core, words)
    marks = [*(account_mark(keys, account) for account in accounts), *words, *nameless]
    return erasure.erase_person(session, member_id, marks)


def erase_nameless(session: Session, core: Core, one: Nameless) -> None:
    """Erase one nameless item or question, and redact what quotes it; the caller holds `digests.hold`."""
    if isinstance(one, Question):
        redact_archive(session, core.codec, (), [(one.id, one.text)])
        outbox.drop_held(session, one.holder)
        questions.withdraw(session, one)
    else:
        joins.scatter(session, one, None, core.clock.now())
        redact_archive(session, core.codec, [one])
        erasure.erase_items(session, [one.id])


def nameless(session: Session, core: Core, member_id: int) -> tuple[list[Feedback], list[Question]]:
    """A person's nameless items and questions in every community."""
    theirs = persons.nameless_marks(session, core, member_id)
    return departures.items(session, theirs), departures.asked(session, theirs)
