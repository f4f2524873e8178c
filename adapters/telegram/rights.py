"""Who moderates, who is staff: asked of Telegram, and believed for a minute."""

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from telegram import Bot, ChatMember
from telegram.error import Forbidden, TelegramError

from adapters.telegram.places import PLATFORM, Spot, is_spot
from bot.core import Core
from bot.ports.inbound import EVERYWHERE, Role
from storage import communities

T = TypeVar("T")
BELIEVED = 60.0
"""Seconds an answer of Telegram's is believed."""
DOUBTED = 10.0
"""Seconds for which Telegram is not asked again after it gave no answer: short, so that moderators wait little."""
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

    async def is_desk(self, chat: int) -> bool:
        """Whether a whole chat is the staff's: of a group with one topic for digests nobody knows who reads along."""
        here = [place for place in await self._places() if place.spot.chat == chat]
        return Known(Spot(chat), staff=True) in here and all(place.staff for place in here)

    async def role(self, person: int, spot: Spot, *, closely: bool, anywhere: bool = False) -> Role:
        """What a person may do in a group.

        Args:
            closely: whether it matters; if not, Telegram is not asked.
            anywhere: whether administrators count also where no community is.
        """
        if await self.is_desk(spot.chat):
            return Role.STAFF
        if person in self._named:
            return Role.MODERATOR
        asked = closely and (anywhere or await self._is_place(spot.chat))
        return Role.MODERATOR if asked and person in await self._admins(spot.chat) else Role.MEMBER

    async def roles_alone(self, person: int, *, closely: bool) -> Mapping[str, Role]:
        """What a person may do in their own chat with the bot, by the chat of a community's that lets them."""
        named = {EVERYWHERE: Role.MODERATOR} if person in self._named else {}
        return {**named, **await self._elsewhere(person)} if closely else named

    async def role_unseen(self, spot: Spot, *, anywhere: bool) -> Role:
        """What an administrator may do who speaks as the group."""
        if await self.is_desk(spot.chat):
            return Role.STAFF
        return Role.MODERATOR if anywhere or await self._is_place(spot.chat) else Role.MEMBER

    async def _elsewhere(self, person: int) -> Mapping[str, Role]:
        found: dict[str, Role] = {}
        for place in await self._places():
            chat = place.spot.chat
            if chat >= 0:
                continue
            if await self.is_desk(chat) and await self._is_inside(person, chat):
                found[str(place.spot)] = Role.STAFF
            elif person in await self._admins(chat):
                found[str(place.spot)] = Role.MODERATOR
        return found

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

        return await self._asked(chat, f"admins {chat}", ask, frozenset())

    async def _is_inside(self, person: int, chat: int) -> bool:
        async def ask() -> bool:
            member = await self._bot.get_chat_member(chat, person)
            return member.status in INSIDE or bool(getattr(member, "is_member", False))

        return await self._asked(chat, f"inside {chat} {person}", ask, False)

    async def _asked(self, chat: int, name: str, ask: Callable[[], Awaitable[T]], otherwise: T) -> T:
        """What Telegram says of a chat; otherwise, for a while, the least, be it of the name or of the whole chat."""
        closed = f"closed {chat}"
        if self._still(closed):
            return otherwise
        try:
            return await self._once(name, BELIEVED, ask)
        except TelegramError as error:
            # A chat that the bot was put out of tells nothing of anybody.
            out = isinstance(error, Forbidden) or "chat not found" in str(error).lower()
            self._hold(closed if out else name, DOUBTED, otherwise)
            return otherwise

    async def _once(self, name: str, seconds: float, ask: Callable[[], Awaitable[T]]) -> T:
        """What was learnt a moment ago, or is learnt now."""
        if self._still(name):
            return self._held[name][1]  # type: ignore[return-value]
        found = await ask()
        self._hold(name, seconds, found)
        return found

    def _still(self, name: str) -> bool:
        return name in self._held and self._held[name][0] > time.monotonic()

    def _hold(self, name: str, seconds: float, found: object) -> None:
        if len(self._held) > 10_000:
            self._held.clear()
        self._held[name] = (time.monotonic() + seconds, found)
