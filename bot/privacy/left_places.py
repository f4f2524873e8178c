"""Records the places the bot is removed from, and erases what belongs to them if it stays away."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlmodel import Session

from bot.core import Core
from bot.privacy import erasures
from storage.engine.errors import StoreError
from storage.items.public import cards
from storage.models import Community, Place
from storage.people import communities, left_places
from storage.people.situation import AnyCommunity

Matches = Callable[[str], bool]
"""Whether a place's id on the platform is one of those that are meant."""


class LeftPlaces:
    """Records in which places of one platform the bot is no longer."""

    def __init__(self, core: Core, platform: str) -> None:
        self._core = core
        self._platform = platform
        self._away: frozenset[str] | None = None
        """The ids of the places the bot is away from; None until they are read."""

    async def leave(self, matches: Matches) -> None:
        """Record that the bot was removed from places; errors are logged."""
        await self._note(matches, partial(left_places.leave, now=self._core.clock.now()), "left")

    async def come_back(self, matches: Matches) -> None:
        """Record that the bot is in places; the store is used only if it was away from them. Errors are logged."""
        if self._away is None or any(map(matches, self._away)):
            await self._note(matches, _come_back, "back")

    async def _note(self, matches: Matches, change: Callable[..., int], word: str) -> None:
        def job(session: Session) -> tuple[int, frozenset[str]]:
            here = [place for place in communities.places(session, self._platform) if matches(place.external_id)]
            changed = change(session, [place.id for place in here])
            session.expire_all()
            known = communities.places(session, self._platform)
            return changed, frozenset(place.external_id for place in known if place.left_at is not None)

        try:
            changed, self._away = await self._core.store.write(job)
        except StoreError as error:
            structlog.get_logger().error(self._platform, mend=str(error))
            return
        if changed:
            structlog.get_logger().info(self._platform, **{word: changed})


def _come_back(session: Session, place_ids: Collection[int]) -> int:
    """Record that the bot is in places again, and mark the cards there to be checked."""
    away = left_places.away(session, place_ids)
    cards.recheck(session, away)
    return left_places.come_back(session, away)


async def clear(core: Core) -> int:
    """Erase what belongs to the places the bot was removed from longer ago than the settings say.

    A community without any other place is erased entirely. If the settings name it, it is kept, and the log tells the
    operator how to erase it.

    Returns:
        The number of places that went.

    Raises:
        StoreError: the database cannot be read or written.
    """
    before = core.clock.now() - timedelta(days=core.settings.retention.left_places)
    gone = 0
    for place in await core.store.read(partial(left_places.left, before=before)):
        gone += await _clear_place(core, place, before)
    return gone


async def _clear_place(core: Core, place: Place, before: datetime) -> bool:
    last = await core.store.read(partial(left_places.is_last, place=place))
    found = await core.store.read(lambda session: session.get(Community, place.community_id)) if last else None
    if found is not None and may_be_erased(core, found):
        return await _erase_community(core, found, place, before)
    dropped = await core.store.write(partial(left_places.drop, place_id=place.id, before=before))
    if dropped and found is not None:
        mend = "the settings name it, so its data stays: to erase it, take it out of them before the bot leaves"
        structlog.get_logger().warning("left", community=found.key, mend=mend)
    return dropped


def may_be_erased(core: Core, community: AnyCommunity) -> bool:
    """Whether the settings do not name a community; where they name none at all, every community is kept."""
    named = {item.key for item in core.settings.communities}
    return bool(named) and community.key not in named


async def _erase_community(core: Core, community: Community, place: Place, before: datetime) -> bool:
    """Erase the people who belong to no other community, then the community. After a crash it is all done again."""
    for member_id in await core.store.read(partial(left_places.people, community_id=community.id)):
        await core.store.write(partial(_erase_person, core=core, member_id=member_id, only=community.id))

    def job(session: Session) -> bool:
        if not left_places.drop(session, place.id, before):
            return False
        left_places.erase_community(session, community.id)
        return True

    erased = await core.store.write(job)
    if erased:
        structlog.get_logger().warning("left", community=community.key, erased=True)
    return erased


def _erase_person(session: Session, core: Core, member_id: int, only: int) -> None:
    theirs = communities.of_member(session, core.store.keys, member_id, core.clock.now())
    if all(one.id == only for one in theirs):
        erasures.erase(session, core, member_id)
