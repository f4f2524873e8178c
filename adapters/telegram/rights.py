"""Who moderates, who is staff: asked of Telegram, and believed for a minute."""

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from telegram import Bot, ChatMember
from telegram.error import TelegramError

from adapters.telegram.places import PLATFORM, Spot, is_spot
from bot.context import Core
from bot.events import Role
from storage import communities

T = TypeVar("T")
BELIEVED = 60.0
"""Seconds an answer of Telegram's is believed."""
FRESH = 1.0
"""Seconds the places known from the store are believed: `/setup` may have changed them."""
INSIDE = (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER)


@dataclass(frozen=True, slots=True)
class Known:
    """A place of a community's.

    Attributes:
        staff: whether digests go there.
    """

    spot: Spot
    staff: bool


class Rights:
    """Roles of people, by what Telegram says of the community's chats."""

    def __init__(self, core: Core, bot: Bot) -> None:
        self._core = core
        self._bot = bot
        self._named = frozenset(core.settings.telegram.moderators)
        self._held: dict[str, tuple[float, object]] = {}

    async def is_staff_place(self, spot: Spot) -> bool:
        """Whether digests go here, or to the whole chat this is a topic of."""
        places = await self._places()
        return any(place.staff and place.spot in (spot, Spot(spot.chat)) for place in places)

    async def role(self, person: int, spot: Spot, *, closely: bool, anywhere: bool = False) -> Role:
        """What a person may do in a group.

        Args:
            closely: whether it matters; if not, Telegram is not asked.
            anywhere: whether administrators count also where no community is.
        """
        if await self._is_desk(spot):
            return Role.STAFF
        if person in self._named:
            return Role.MODERATOR
        asked = closely and (anywhere or await self._is_place(spot.chat))
        return Role.MODERATOR if asked and person in await self._admins(spot.chat) else Role.MEMBER

    async def role_alone(self, person: int, *, closely: bool) -> Role:
        """What a person may do in their own chat with the bot: the most they may do in the community's chats."""
        named = Role.MODERATOR if person in self._named else Role.MEMBER
        return max(named, await self._elsewhere(person)) if closely else named

    async def role_unseen(self, spot: Spot, *, anywhere: bool) -> Role:
        """What an administrator may do who speaks as the group."""
        if await self._is_desk(spot):
            return Role.STAFF
        return Role.MODERATOR if anywhere or await self._is_place(spot.chat) else Role.MEMBER

    async def _elsewhere(self, person: int) -> Role:
        best = Role.MEMBER
        for chat in dict.fromkeys(place.spot.chat for place in await self._places() if place.spot.chat < 0):
            if await self._is_closed(chat) and await self._is_inside(person, chat):
                return Role.STAFF
            if person in await self._admins(chat):
                best = Role.MODERATOR
        return best

    async def _is_desk(self, spot: Spot) -> bool:
        return await self.is_staff_place(spot) and await self._is_closed(spot.chat)

    async def _is_closed(self, chat: int) -> bool:
        """Whether a chat is the staff's alone: a topic for digests in the community's own group is read by all."""
        here = [place.staff for place in await self._places() if place.spot.chat == chat]
        return bool(here) and all(here)

    async def _is_place(self, chat: int) -> bool:
        """Whether a chat is a community's: anybody may add the bot to a group of their own, and administers that."""
        return any(place.spot.chat == chat for place in await self._places())

    async def _places(self) -> Sequence[Known]:
        return await self._once("places", FRESH, self._read_places)

    async def _read_places(self) -> Sequence[Known]:
        places = await self._core.store.read(lambda session: communities.places(session, PLATFORM))
        return [Known(Spot.read(one.external_id), one.staff) for one in places if is_spot(one.external_id)]

    async def _admins(self, chat: int) -> frozenset[int]:
        async def ask() -> frozenset[int]:
            return frozenset(admin.user.id for admin in await self._bot.get_chat_administrators(chat))

        try:
            return await self._once(f"admins {chat}", BELIEVED, ask)
        except TelegramError:
            # Not believed for a minute: who moderates must not wait for one lost answer.
            return frozenset()

    async def _is_inside(self, person: int, chat: int) -> bool:
        async def ask() -> bool:
            member = await self._bot.get_chat_member(chat, person)
            return member.status in INSIDE or bool(getattr(member, "is_member", False))

        try:
            return await self._once(f"inside {chat} {person}", BELIEVED, ask)
        except TelegramError:
            return False

    async def _once(self, name: str, seconds: float, ask: Callable[[], Awaitable[T]]) -> T:
        """What was learnt a moment ago, or is learnt now."""
        now = time.monotonic()
        held = self._held.get(name)
        if held and held[0] > now:
            return held[1]  # type: ignore[return-value]
        if len(self._held) > 10_000:
            self._held.clear()
        found = await ask()
        self._held[name] = (now + seconds, found)
        return found
