"""Completes partly typed arguments: areas, and the numbers of feedback the person may see."""

from sqlmodel import Session

from bot.core import Core
from bot.dispatch.belonging import belonging
from bot.feedback.items import title
from bot.language.normalise import fold
from bot.locales.areas import Areas
from bot.locales.speech import Speech
from bot.ports.inbound import Inbound
from storage.items import backlog, feedback
from storage.people import communities, marks, members, situation
from storage.people.situation import AnyCommunity

OWN = 20
TOP = 25


async def areas(core: Core, inbound: Inbound, speech: Speech, typed: str) -> list[tuple[str, str]]:
    """The areas whose name contains the typed text, as pairs of the name in the person's language and the area."""
    community = await core.store.read(lambda session: _community(session, core, inbound))
    own = core.settings_of(community).areas if community else ()
    offered = Areas(own, core.languages.all().values()).offered
    named = [(speech.area(area), area) for area in offered]
    return [(name, area) for name, area in named if fold(typed) in fold(name)]


async def numbers(core: Core, inbound: Inbound, typed: str, most: int) -> list[tuple[int, str]]:
    """Feedback whose number or title contains the typed text, as pairs of number and label.

    Only feedback this person may see, their own first.

    Args:
        most: the most results.
    """
    found = await core.store.read(lambda session: _seen(session, core, inbound))
    wanted = fold(typed.lstrip("#"))
    fitting = [(number, words) for number, words in found.items() if wanted in str(number) or wanted in fold(words)]
    return [(number, f"#{number} {words}") for number, words in fitting[:most]]


def _seen(session: Session, core: Core, inbound: Inbound) -> dict[int, str]:
    actor, community = inbound.actor, _community(session, core, inbound)
    if community is None:
        return {}
    member = members.find(session, actor.platform, actor.id)
    own = []
    if member:
        theirs = marks.marks(core.store.keys, community, member.id, core.clock.now())
        own = feedback.of_author(session, community.id, member.id, theirs, OWN)
    shown = [*own, *(item for item, _ in backlog.top(session, community.id, TOP))]
    return {item.number: title(item, 80) for item in shown if item.text}


def _community(session: Session, core: Core, inbound: Inbound) -> AnyCommunity | None:
    """The community of the place; of a private chat, the one its person takes part in."""
    chat, actor = inbound.chat, inbound.actor
    if chat.private:
        member = members.find(session, actor.platform, actor.id)
        parts = situation.parts(session, member.id if member else None)
        return belonging(session, core, inbound, member, parts).community
    return communities.of_place(session, chat.platform, chat.id, chat.within)
