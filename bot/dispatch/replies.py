"""Finds the item that a reply to one of the bot's messages in a private chat is about."""

import re

from sqlmodel import Session

from bot.core import Core
from bot.ports.inbound import Inbound
from storage.items import feedback
from storage.people import communities, marks
from storage.people.situation import AnyCommunity, AnyMember
from storage.vocabulary import Audience, Status

_NUMBER = re.compile(r"#([0-9]{1,9})\b")


def item_replied(
    session: Session, inbound: Inbound, core: Core, community: AnyCommunity | None, member: AnyMember | None
) -> int | None:
    """The number of the item that the first line of the message replied to names, if this person wrote it; else None.

    None also for what the team does not read, and where the message is about another community.
    """
    line = inbound.quoted.strip().partition("\n")[0]
    named = _NUMBER.findall(line)
    if community is None or member is None or len(named) != 1:
        return None
    if len(communities.every(session)) > 1 and community.name not in line:
        return None
    item = feedback.by_number(session, community.id, int(named[0]))
    if item is None or item.audience is Audience.TRUSTED or item.status is Status.WITHDRAWN:
        return None
    theirs = marks.of_person(core.store.keys, community, member.id, member, core.clock.now())
    return item.number if item.author_id == member.id or item.author_hash in theirs else None
