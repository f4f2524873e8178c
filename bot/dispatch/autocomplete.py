"""Completes partly typed arguments: areas, and the numbers of feedback the person may see."""

from collections.abc import Iterable
from itertools import islice

from sqlmodel import Session

from bot.core import Core
from bot.dispatch.community.surroundings import Surroundings, settings_around, surroundings
from bot.feedback.items import title
from bot.language.text.normalise import fold
from bot.locales.areas import Areas
from bot.locales.speech import Speech
from bot.ports.inbound import Inbound, Role
from bot.recognition.contacts import mask
from bot.settings.config import CommunitySettings
from storage.items import feedback
from storage.items.desk import backlog, completion
from storage.items.public import browsing
from storage.models import Feedback, Member
from storage.people import marks
from storage.people.situation import AnyCommunity

SHOWN = 25
"""The most items offered of each sort."""
COMPARED = 5_000
"""How many of the newest items have their words compared with those typed."""
MOST_DIGITS = 9


async def areas(core: Core, inbound: Inbound, speech: Speech, typed: str) -> list[tuple[str, str]]:
    """The areas whose name contains the typed text, as pairs of the name in the person's language and the area."""
    own = await settings_around(core, inbound)
    known = core.wording.known(own.key if own else None)
    speech = core.wording.speech(known.id if known else None, speech.language)
    named = [(speech.area(area), area) for area in offered_areas(core, own)]
    return [(name, area) for name, area in named if fold(typed) in fold(name)]


def offered_areas(core: Core, own: CommunitySettings | None) -> tuple[str, ...]:
    """The areas to choose from in a community; none when it is not known which of several it is."""
    if own is None and len(core.settings.communities) > 1:
        return ()
    own = own or core.settings_alone()
    return Areas(own.areas if own else (), core.languages.all().values()).offered


async def numbers(core: Core, inbound: Inbound, typed: str, most: int) -> list[tuple[int, str]]:
    """Feedback whose number or title contains the typed text, as pairs of number and label.

    Only feedback this person may see: their own first; for a command of the team's, what waits for the team.

    Args:
        inbound: who types, where, and which command.
        most: the most results.
    """
    digits = typed.strip().lstrip("#")

    def job(session: Session) -> dict[int, str]:
        around = surroundings(session, core, inbound)
        found = _seen(session, core, inbound, around, digits)
        return {item.number: title(item, 80) for item in found if item.text and _fits(item, digits)}

    found = await core.store.read(job)
    return [(number, f"#{number} {words}") for number, words in islice(found.items(), most)]


def _fits(item: Feedback, typed: str) -> bool:
    """Whether an item's number contains what is typed, or its words every word of it, without accents and case.

    Contact data is not compared, since a match would reveal what is masked.
    """
    said = fold(mask(item.text))
    return typed in str(item.number) or all(word in said for word in fold(typed).split())


def _seen(session: Session, core: Core, inbound: Inbound, around: Surroundings, typed: str) -> Iterable[Feedback]:
    """What a person may see of the community where they are, in the order it is offered."""
    here, moderates = around.community, around.role >= Role.MODERATOR
    if here is None:
        return ()
    command = core.registry.find(inbound.command) if inbound.command else None
    teams = _of_team(session, here, typed) if moderates else []
    if command is not None and command.role > Role.MEMBER:
        return teams
    return [
        *_own(session, core, here, around.member),
        *teams,
        *(item for item, _ in backlog.top(session, here.id, SHOWN)),
    ]


def _of_team(session: Session, here: AnyCommunity, typed: str) -> list[Feedback]:
    """What moderators see: by number or words, where any are typed; what waits for them, and what was filed last."""
    number = typed.isascii() and typed.isdecimal() and len(typed) <= MOST_DIGITS
    named = completion.beginning(session, here.id, typed, SHOWN) if number else []
    said = _saying(session, here, fold(typed).split()) if typed and not number else []
    waiting = [item for item, _ in backlog.waiting(session, here.id, SHOWN)]
    return [*named, *waiting, *said, *backlog.latest(session, here.id, SHOWN)]


def _saying(session: Session, here: AnyCommunity, words: list[str]) -> list[Feedback]:
    """The items with all of these words, the newest first. Only the newest `COMPARED` are searched, to be fast."""
    known = completion.newest_words(session, here.id, COMPARED)
    found = (own for own, text in known if all(word in fold(text) for word in words))
    return browsing.rows(session, list(islice(found, SHOWN)))


def _own(session: Session, core: Core, here: AnyCommunity, member: Member | None) -> list[Feedback]:
    if member is None:
        return []
    theirs = marks.of_person(core.store.keys, here, member.id, member, core.clock.now())
    return feedback.of_author(session, here.id, member.id, theirs, SHOWN)
