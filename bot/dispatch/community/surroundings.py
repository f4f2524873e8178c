"""Finds the community before there is an event: for a word being completed, or a form about to open."""

from typing import NamedTuple

from sqlmodel import Session

from bot.core import Core
from bot.delivery.envelope import account_mark
from bot.dispatch.community.belonging import find_belonging
from bot.ports.inbound import Inbound, Role
from bot.settings.config import CommunitySettings
from storage.models import Community, Member
from storage.people import communities, members, situation
from storage.people.situation import AnyCommunity
from storage.traffic import prompts


class Surroundings(NamedTuple):
    """The community where somebody acts, and who they are there.

    Attributes:
        community: None when it is not known.
        member: None when they are new.
        role: their role in it.
    """

    community: AnyCommunity | None
    member: Member | None
    role: Role


def surroundings(session: Session, core: Core, inbound: Inbound) -> Surroundings:
    """The community of the place; of a private chat, the one its person takes part in or chose."""
    chat, actor = inbound.chat, inbound.actor
    member = members.find(session, actor.platform, actor.id)
    if not chat.private:
        found = communities.of_place(session, chat.platform, chat.id, chat.within)
        return Surroundings(found, member, actor.role)
    parts = situation.parts(session, member.id if member else None)
    belonging = find_belonging(session, core, inbound, member, parts)
    return Surroundings(belonging.community, member, actor.role if belonging.role is None else belonging.role)


async def settings_around(core: Core, inbound: Inbound, prompt: str = "") -> CommunitySettings | None:
    """The settings of the community that a form is for; None when it is not known which.

    Args:
        prompt: the id of the question that the form answers; empty when it is a new one.

    Raises:
        StoreError: the store cannot be read.
    """

    def job(session: Session) -> AnyCommunity | None:
        holder = account_mark(core.store.keys, inbound.actor)
        asked = prompts.find(session, prompt, holder) if prompt else None
        if asked is not None and asked.community_id is not None:
            return session.get(Community, asked.community_id)
        return surroundings(session, core, inbound).community

    found = await core.store.read(job)
    return core.settings_of(found) if found else None
