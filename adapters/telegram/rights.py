"""Who moderates, who is staff: asked of Telegram, and believed for a minute."""

import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram import Bot, ChatMember
from telegram.error import TelegramError

from adapters.telegram.places import PLATFORM, Spot
from bot.context import Core
from bot.events import Role
from storage import communities
from storage.models import Place

T = TypeVar("T")
BELIEVED = 60.0
"""Seconds an answer of Telegram's is believed."""
FRESH = 5.0
"""Seconds the places known from the store are believed: `/setup` may have changed them."""
INSIDE = (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER)


class Rights:
    """Roles of people, by what Telegram says of the community's chats."""

    def __init__(self, core: Core, bot: Bot) -> None:
        self._core = core
        self._bot = bot
        self._named = frozenset(core.settings.telegram.moderators)
        self._held: dict[str, tuple[float, object]] = {}

    async def is_staff_place(self, spot: Spot) -> bool:
        """Whether digests go here."""
        return str(spot) in {place.external_id for place in await self._places() if place.staff}

    async def role(self, person: int, spot: Spot, *, private: bool, closely: bool) -> Role:
        """What a person may do here.

        Args:
            private: whether it is their chat with the bot, where they have the role they have elsewhere.
            closely: whether it matters; if not, Telegram is not asked about a private chat.
        """
        if not private:
            if await self.is_staff_place(spot):
                return Role.STAFF
            return await self._in_group(person, spot.chat)
        if not closely:
            return Role.MODERATOR if person in self._named else Role.MEMBER
        return await self._elsewhere(person)

    async def _in_group(self, person: int, chat: int) -> Role:
        moderates = person in self._named or person in await self._admins(chat)
        return Role.MODERATOR if moderates else Role.MEMBER

    async def _elsewhere(self, person: int) -> Role:
        best = Role.MODERATOR if person in self._named else Role.MEMBER
        for place in await self._places():
            chat = Spot.read(place.external_id).chat
            if place.staff and await self._is_inside(person, chat):
                return Role.STAFF
            if chat < 0 and person in await self._admins(chat):
                best = Role.MODERATOR
        return best

    async def _places(self) -> list[Place]:
        return await self._once("places", FRESH, self._read_places)

    async def _read_places(self) -> list[Place]:
        return await self._core.store.read(lambda session: communities.places(session, PLATFORM))

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
