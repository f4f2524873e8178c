"""Tells somebody on Telegram of a message that a place refuses, and posts it once the bot may write there again."""

from collections.abc import Awaitable, Callable, Collection
from functools import partial

import structlog
from sqlmodel import Session
from telegram import Bot
from telegram.error import TelegramError

from adapters.bounded import BoundedDict
from adapters.telegram.places import PLATFORM, Spot, is_in, is_spot
from bot.core import Core
from bot.delivery.envelope import account_mark, seal
from bot.delivery.refused import post_refused
from bot.ports.adapter import Address
from bot.ports.inbound import Actor
from bot.ports.reply import say
from storage.engine.errors import StoreError
from storage.people import communities
from storage.traffic import outbox

FindTeam = Callable[[int], Awaitable[Collection[int]]]
"""Finds the accounts of those who look after a chat and its community."""
MOST_TOLD = 10
"""People told of one refusal."""


class RefusedPosts:
    """The refusals of one bot.

    Args:
        find_team: whom to tell.
    """

    def __init__(self, core: Core, bot: Bot, find_team: FindTeam) -> None:
        self._core = core
        self._bot = bot
        self._find_team = find_team
        self._refusing: BoundedDict[int, None] = BoundedDict()
        """The chats that refused a message since this start."""
        self._told: BoundedDict[str, None] = BoundedDict()
        """The delivery keys of the messages of whose refusal somebody was told since this start."""

    async def add(self, address: Address, why: str) -> None:
        """Tell the team alone that a place refuses a message, which is kept; each of them once for each message."""
        if not is_spot(address.id):
            return
        chat = Spot.read(address.id).chat
        self._refusing[chat] = None
        if address.key in self._told:
            return
        self._told[address.key] = None
        try:
            name, team = await self._name(chat), sorted(await self._find_team(chat))
            await self._core.store.write(partial(self._owe, address=address, name=name, team=team[:MOST_TOLD]))
        except StoreError as error:
            structlog.get_logger().error("telegram", mend=str(error), refused=why)
            return
        self._core.debts.notify()

    async def resend_to(self, address: Address) -> None:
        """Post what a chat refused, since it takes messages again."""
        if address.private or not is_spot(address.id):
            return
        chat, posted = Spot.read(address.id).chat, not address.person
        # What was refused before this start is looked for with the next digest alone.
        if posted or chat in self._refusing:
            await self.end(chat)

    async def resend(self, chat: int) -> None:
        """Post what a chat refused, since the bot may write there again."""
        self._refusing.pop(chat, None)
        try:
            await post_refused(self._core, PLATFORM, partial(is_in, chat))
        except StoreError as error:
            structlog.get_logger().error("telegram", mend=str(error))

    def _owe(self, session: Session, address: Address, name: str, team: Collection[int]) -> None:
        place = communities.of_place(session, PLATFORM, address.id)
        speech = self._core.speech(place)
        words = speech.say(
            "The bot may not write in “{place}”, so a message to the team waits. It is posted there once the bot may "
            "write, or is added again.",
            place=name,
        )
        keys, payload = self._core.store.keys, self._core.codec.dump(say(words))
        for account in team:
            key = f"refused:{address.key}:{account}"
            sealed = seal(keys, PLATFORM, Address(str(account), True, key))
            holder = account_mark(keys, Actor(PLATFORM, str(account), ""))
            outbox.owe(session, key, payload, self._core.clock.now(), sealed=sealed, holder=holder)

    async def _name(self, chat: int) -> str:
        """The name of a chat, or its number when Telegram does not tell."""
        try:
            return (await self._bot.get_chat(chat)).title or str(chat)
        except TelegramError:
            return str(chat)
