"""Erases a person, with all that quotes them; what is nameless of theirs at once, or one by one within a week."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from bot.core import Core
from bot.delivery.envelope import account_mark
from bot.ports.inbound import Actor
from bot.privacy.blocks import outlast
from bot.privacy.redaction import redact_archive
from storage.answers import questions
from storage.models import Feedback, Question
from storage.people import communities, marks
from storage.privacy import departures, erasure
from storage.privacy.departures import Nameless
from storage.traffic import outbox


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What an erasure did.

    Attributes:
        blanked: the items whose text was blanked.
        blocked: whether a block of the person goes on without their name.
    """

    blanked: list[Feedback]
    blocked: bool


def forget(session: Session, core: Core, member_id: int, accounts: Sequence[Actor], *, at_once: bool) -> Forgotten:
    """Erase a person's data, and redact what quotes them.

    Args:
        accounts: the person's accounts.
        at_once: whether what is nameless is erased now, too; else a plan is stored by which it leaves within a week.
    """
    keys = core.store.keys
    now = core.clock.now()
    blocked = outlast(session, keys, communities.every(session), member_id, accounts, now)
    theirs = [account_mark(keys, account) for account in accounts]
    asked = questions.of_asker(session, member_id)
    if at_once:
        unnamed = nameless_marks(session, core, member_id)
        asked += departures.asked(session, unnamed)
        theirs += unnamed
    said = [(one.id, one.text) for one in asked]
    blanked = erasure.erase_person(session, member_id, theirs)
    redact_archive(session, core.codec, blanked, said)
    if not at_once:
        departures.plan(session, keys, member_id, now)
    return Forgotten(blanked, blocked)


def erase_nameless(session: Session, core: Core, one: Nameless) -> None:
    """Erase one nameless item or question, and redact what quotes it; the caller holds `digests.hold`."""
    if isinstance(one, Question):
        redact_archive(session, core.codec, (), [(one.id, one.text)])
        outbox.drop_held(session, one.holder)
        questions.withdraw(session, one)
    else:
        redact_archive(session, core.codec, [one])
        erasure.erase_items(session, [one.id])


def nameless(session: Session, core: Core, member_id: int) -> tuple[list[Feedback], list[Question]]:
    """A person's nameless items and questions in every community."""
    theirs = nameless_marks(session, core, member_id)
    return departures.items(session, theirs), departures.asked(session, theirs)


def nameless_marks(session: Session, core: Core, member_id: int) -> list[str]:
    """The keyed marks of a person's nameless items and questions, in every community."""
    now, known = core.clock.now(), communities.every(session)
    return [one for own in known for one in marks.marks(core.store.keys, own, member_id, now)]
