"""Completes partly typed arguments: areas, and the numbers of feedback the person may see."""

from collections.abc import Iterable

from sqlmodel import Session

from bot.core import Core
from bot.dispatch.community.surroundings import Surroundings, settings_around, surroundings
from bot.feedback.items import title
from bot.language.text.normalise import fold
from bot.locales.areas import Areas
from bot.locales.speech import Speech
from bot.ports.inbound import Inbound, Role
from bot.settings.config import CommunitySettings
from storage.items import backlog, feedback
from storage.models import Feedback, Member
from storage.people import marks
from storage.people.situation import AnyCommunity

SHOWN = 25
"""The items of each sort that are offered at most."""
MOST_DIGITS = 9


async def areas(core: Core, inbound: Inbound, speech: Speech, typed: str) -> list[tuple[str, str]]:
    """The areas whose name contains the typed text, as pairs of the name in the person's language and the area."""
    found = offered_areas(core, await settings_around(core, inbound))
    named = [(speech.area(area), area) for area in found]
    return [(name, area) for name, area in named if fold(typed) in fold(name)]


def offered_areas(core: Core, own: CommunitySettings | None) -> tuple[str, ...]:
    """The areas to choose from in a community; none when it is not known which of several it is."""
    known = core.settings.communities
    if own is None and len(known) > 1:
        return ()
    own = own or next(iter(known), None)
    return tuple(Areas(own.areas if own else (), core.languages.all().values()).offered)


async def numbers(core: Core, inbound: Inbound, typed: str, most: int) -> list[tuple[int, str]]:
    """Feedback whose number or title contains the typed text, as pairs of number and label.

    Only feedback this person may see: their own first; for a command of the team's, what waits for the team.

    Args:
        inbound: who types, where, and which command.
        most: the most results.
    """
    digits = typed.lstrip("#")

    def job(session: Session) -> dict[int, str]:
        around = surroundings(session, core, inbound)
        found = _seen(session, core, inbound, around, digits)
        return {item.number: title(item, 80) for item in found if item.text}

    found, wanted = await core.store.read(job), fold(digits)
    fitting = [(number, words) for number, words in found.items() if wanted in str(number) or wanted in fold(words)]
    return [(number, f"#{number} {words}") for number, words in fitting[:most]]


def _seen(session: Session, core: Core, inbound: Inbound, around: Surroundings, digits: str) -> Iterable[Feedback]:
    """What a person may see of the community where they are, in the order it is offered."""
    here, moderates = around.community, around.role >= Role.MODERATOR
    if here is None:
        return ()
    command = core.registry.find(inbound.command) if inbound.command else None
    teams = _of_team(session, here, digits) if moderates else []
    if command is not None and command.role > Role.MEMBER:
        return teams
    return [
        *_own(session, core, here, around.member),
        *teams,
        *(item for item, _ in backlog.top(session, here.id, SHOWN)),
    ]


def _of_team(session: Session, here: AnyCommunity, digits: str) -> list[Feedback]:
    """What moderators see: the item of this number, what waits for them, and what was filed last."""
    short = digits.isascii() and digits.isdecimal() and len(digits) <= MOST_DIGITS
    named = feedback.by_number(session, here.id, int(digits)) if short else None
    waiting = [item for item, _ in backlog.waiting(session, here.id, SHOWN)]
    return [*([named] if named and backlog.is_teams(named) else []), *waiting, *backlog.latest(session, here.id, SHOWN)]


def _own(session: Session, core: Core, here: AnyCommunity, member: Member | None) -> list[Feedback]:
    if member is None:
        return []
    theirs = marks.of_person(core.store.keys, here, member.id, member, core.clock.now())
    return feedback.of_author(session, here.id, member.id, theirs, SHOWN)
