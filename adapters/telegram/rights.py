"""The roles of people, from their status in the communities' chats, cached for a minute and while Telegram fails."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import TypeVar

from telegram import Bot, ChatMember
from telegram.error import Forbidden, TelegramError

from adapters.telegram.leaving import is_out
from adapters.telegram.lookups import Lookups
from adapters.telegram.places import PLATFORM, Spot, is_spot
from bot.commands.registry import Command
from bot.core import Core
from bot.ports.inbound import ALL_PLACES, Role
from storage.people import communities
from storage.values import frozen

T = TypeVar("T")
ROLES_TTL = 60.0
"""Seconds an answer of Telegram is cached."""
FAILURE_TTL = 10.0
"""Seconds for which a failed request is not repeated; short, since a new moderator has no role until then."""
PLACES_TTL = 1.0
"""Seconds the places are cached: short, since `/setup` changes them."""
MEMBER_STATUSES = (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER)


@frozen
class KnownPlace:
    """A place of a community.

    Attributes:
        staff: whether digests are posted there.
        community: the id of the community.
    """

    spot: Spot
    staff: bool
    community: int


def _staff_chats(places: Collection[KnownPlace]) -> Sequence[int]:
    """The chats that are staff places as a whole, even if they contain a topic for cards."""
    return list(dict.fromkeys(place.spot.chat for place in places if place.spot.topic is None and place.staff))


def matters(command: Command | None) -> bool:
    """Whether a command may depend on the caller's role, so that Telegram has to be asked for it.

    Not for filing and asking, which are frequent and need no role. Text without a command may answer a moderators'
    prompt.
    """
    return command is None or command.limited not in ("filings", "questions")


class Rights:
    """Determines the roles of people who act on Telegram."""

    def __init__(self, core: Core, bot: Bot) -> None:
        self._core = core
        self._bot = bot
        self._named = frozenset(core.settings.telegram.moderators)
        self._lookups = Lookups()

    async def is_staff_chat(self, chat: int) -> bool:
        """Whether a chat as a whole is a staff place; a group with a topic for digests has other readers."""
        return chat in _staff_chats(await self._places())

    async def read_chats(self) -> Mapping[int, bool]:
        """The groups of all communities, read from the store, each with whether it is a staff place as a whole."""
        places = await self._read_places()
        staff = set(_staff_chats(places))
        return {place.spot.chat: place.spot.chat in staff for place in places if place.spot.chat < 0}

    def forget_places(self) -> None:
        """Drop the cached places; called when one was set up."""
        self._lookups.forget("places")

    def forget(self, chat: int, person: int | None = None) -> None:
        """Drop cached answers about a chat, or about a person in it, after a change."""
        told = () if person is None else (f"inside {chat} {person}", f"present {chat} {person}")
        for name in (f"admins {chat}", f"closed {chat}", *told):
            self._lookups.forget(name)

    async def role(self, person: int, spot: Spot, *, look_up: bool, anywhere: bool = False) -> Role:
        """The role of a person in a group.

        Args:
            look_up: whether to ask Telegram who the administrators are.
            anywhere: whether administrators also count in a chat that belongs to no community.
        """
        if await self.is_staff_chat(spot.chat):
            return Role.STAFF
        if look_up and await self._is_staff_of(person, spot.chat):
            return Role.STAFF
        if person in self._named:
            return Role.MODERATOR
        asked = look_up and (anywhere or await self.is_place(spot.chat))
        return Role.MODERATOR if asked and person in await self._admins(spot.chat) else Role.MEMBER

    async def roles_in_private(self, person: int, *, look_up: bool) -> Mapping[str, Role]:
        """The roles of a person in their private chat, by the id of the place they have each in.

        Args:
            look_up: whether to ask Telegram; otherwise only the settings count.
        """
        named = {ALL_PLACES: Role.MODERATOR} if person in self._named else {}
        return {**named, **await self._roles_by_place(person)} if look_up else named

    async def roles_of(self, account: str) -> Mapping[str, Role]:
        """The roles of an account, by the id of the place it has each in."""
        return await self.roles_in_private(int(account), look_up=True) if account.isdecimal() else {}

    async def role_of_anonymous(self, spot: Spot, *, anywhere: bool) -> Role:
        """The role of an administrator who writes anonymously, as the group."""
        if await self.is_staff_chat(spot.chat):
            return Role.STAFF
        return Role.MODERATOR if anywhere or await self.is_place(spot.chat) else Role.MEMBER

    async def is_in_place(self, place: str, account: str) -> bool | None:
        """Whether an account is in the chat of a place; None if Telegram does not answer."""
        if not (is_spot(place) and account.isdecimal()):
            return None
        chat = Spot.read(place).chat

        async def ask() -> bool | None:
            member = await self._bot.get_chat_member(chat, int(account))
            return not is_out(member)

        return await self._ask_telegram(chat, f"present {chat} {account}", ask, None)

    async def find_team(self, chat: int) -> frozenset[int]:
        """The people responsible for a chat and its community: its administrators, and those named in the settings."""
        places = await self._places()
        own = {place.community for place in places if place.spot.chat == chat}
        chats = {chat, *(place.spot.chat for place in places if place.community in own and place.spot.chat < 0)}
        return self._named.union(*[await self._admins(one) for one in sorted(chats)])

    async def _roles_by_place(self, person: int) -> Mapping[str, Role]:
        found: dict[str, Role] = {}
        for place in await self._places():
            chat = place.spot.chat
            if chat >= 0:
                continue
            if await self.is_staff_chat(chat) and await self._is_member(person, chat):
                found[str(place.spot)] = Role.STAFF
            elif person in await self._admins(chat):
                found[str(place.spot)] = Role.MODERATOR
        return found

    async def _is_staff_of(self, person: int, chat: int) -> bool:
        """Whether a person is in a staff chat of the communities that a chat belongs to."""
        places = await self._places()
        own = {place.community for place in places if place.spot.chat == chat}
        theirs = _staff_chats([place for place in places if place.community in own])
        return any([await self._is_member(person, staff_chat) for staff_chat in theirs])

    async def is_place(self, chat: int) -> bool:
        """Whether a chat belongs to a community: anybody may add the bot to a group they administer themselves."""
        return any(place.spot.chat == chat for place in await self._places())

    async def _places(self) -> Sequence[KnownPlace]:
        return await self._lookups.find("places", PLACES_TTL, self._read_places)

    async def _read_places(self) -> Sequence[KnownPlace]:
        places = await self._core.store.read(lambda session: communities.places(session, PLATFORM))
        known = (one for one in places if is_spot(one.external_id))
        return [KnownPlace(Spot.read(one.external_id), one.staff, one.community_id) for one in known]

    async def _admins(self, chat: int) -> frozenset[int]:
        async def ask() -> frozenset[int]:
            found = await self._bot.get_chat_administrators(chat)
            return frozenset(admin.user.id for admin in found if not admin.user.is_bot)

        return await self._ask_telegram(chat, f"admins {chat}", ask, frozenset())

    async def _is_member(self, person: int, chat: int) -> bool:
        async def ask() -> bool:
            member = await self._bot.get_chat_member(chat, person)
            return member.status in MEMBER_STATUSES or bool(getattr(member, "is_member", False))

        return await self._ask_telegram(chat, f"inside {chat} {person}", ask, False)

    async def _ask_telegram(self, chat: int, name: str, ask: Callable[[], Awaitable[T]], otherwise: T) -> T:
        """Ask Telegram about a chat, with caching.

        Args:
            name: the key of the answer in the cache.
            otherwise: the answer after an error if there was none before, cached for `FAILURE_TTL` seconds; for the
                whole chat if the bot is not in it.
        """
        closed = f"closed {chat}"
        if self._lookups.is_new(closed):
            return otherwise
        try:
            return await self._lookups.find(name, ROLES_TTL, ask)
        except TelegramError as error:
            # The bot was removed from the chat: every request about it would fail.
            if isinstance(error, Forbidden) or "chat not found" in str(error).lower():
                self._lookups.forget(name)
                return self._lookups.assume(closed, FAILURE_TTL, otherwise)
            return self._lookups.assume(name, FAILURE_TTL, otherwise)
