"""Ends people's part in a community when they are no longer in any of its places."""

from collections.abc import Callable

import structlog
from sqlmodel import Session

from bot.core import Core
from bot.ports.inbound import Actor
from storage.engine.errors import StoreError
from storage.people import communities, members

Matches = Callable[[str], bool]
"""Whether a place's id on the platform is the chat that was left, or one in it."""


async def account_left(core: Core, platform: str, account: str, chat: str, matches: Matches) -> None:
    """Note that an account left a chat, was removed from it or was banned. Errors are logged.

    Its membership of the chat's community ends, unless the platform says that it is in another place of the community,
    or gives no answer. What the person wrote stays theirs.
    """

    def read(session: Session) -> tuple[int, int, list[str]] | None:
        member, community = members.find(session, platform, account), communities.of_place(session, platform, chat)
        places = communities.places(session, platform)
        here = {place.community_id for place in places if matches(place.external_id)}
        own = next(iter(here), community.id if community else None)
        if member is None or own is None:
            return None
        return member.id, own, [one.external_id for one in places if one.community_id == own]

    try:
        found = await core.store.read(read)
        if found is None:
            return
        member_id, community_id, places = found
        others = [place for place in places if not matches(place)]
        if not others or await core.presence.is_gone(platform, account, community_id, others):
            await _end(core, platform, member_id, community_id)
    except StoreError as error:
        structlog.get_logger().error(platform, mend=str(error))


async def end_if_gone(core: Core, actor: Actor, member_id: int, community_id: int) -> bool:
    """End a person's membership of a community if their platform says that they are in none of its places any more.

    The platform is asked at most once within `bot.presence.BELIEVED` seconds. If the store cannot write, as on a full
    disk, that is logged and the membership continues: the message itself, which may be about danger, must be answered.

    Returns:
        Whether it was ended.

    Raises:
        StoreError: the store cannot be read.
    """
    presence, platform = core.presence, actor.platform
    if not presence.must_ask(platform, actor.id, community_id):
        return False

    def read(session: Session) -> list[str]:
        places = communities.places(session, platform)
        return [one.external_id for one in places if one.community_id == community_id]

    places = await core.store.read(read)
    if not await presence.is_gone(platform, actor.id, community_id, places):
        return False
    try:
        await _end(core, platform, member_id, community_id)
    except StoreError as error:
        structlog.get_logger().error(platform, mend=str(error))
        return False
    return True


async def _end(core: Core, platform: str, member_id: int, community_id: int) -> None:
    if await core.store.write(lambda session: communities.leave(session, member_id, community_id)):
        structlog.get_logger().info(platform, takes_part_no_more=1)
