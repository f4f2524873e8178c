"""Handles messages that places refuse: the team is notified, and they are sent again once the bot may write there."""

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
"""Finds the accounts of the people responsible for a chat and its community."""
MOST_TOLD = 10
"""The most people notified of one refusal."""


class RefusedPosts:
    """The messages that places refused to accept from one bot.

    Args:
        find_team: finds the people to notify.
    """

    def __init__(self, core: Core, bot: Bot, find_team: FindTeam) -> None:
        self._core = core
        self._bot = bot
        self._find_team = find_team
        self._refusing: BoundedDict[int, None] = BoundedDict()
        """The chats that refused a message since this start."""
        self._told: BoundedDict[str, None] = BoundedDict()
        """The delivery keys of messages whose refusal was notified since this start."""

    async def add(self, address: Address, why: str) -> None:
        """Notify each team member privately, once for each message, that a place refused it and that it is kept."""
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
        """Resend what a chat refused, after it has accepted a message."""
        if address.private or not is_spot(address.id):
            return
        chat, posted = Spot.read(address.id).chat, not address.person
        # Refusals from before this start are only searched for with the next digest.
        if posted or chat in self._refusing:
            await self.resend(chat)

    async def resend(self, chat: int) -> None:
        """Resend what a chat refused, as the bot may write there again."""
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
        """The name of a chat, or its id if Telegram does not answer."""
        try:
            return (await self._bot.get_chat(chat)).title or str(chat)
        except TelegramError:
            return str(chat)
