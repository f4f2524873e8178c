"""Determines the actor of an update, their role, and the question the bot has asked them."""

from dataclasses import replace

from telegram import Chat, Message, User
from telegram.constants import ChatType

from adapters.telegram.incoming.spoken import Spoken
from adapters.telegram.places import PLATFORM, Spot
from adapters.telegram.rights import Rights, matters
from bot.commands.arguments import split
from bot.commands.registry import Command
from bot.core import Core
from bot.delivery.envelope import account_mark, prompt_chat
from bot.ports import inbound
from bot.ports.inbound import Actor, Role
from storage.models import Prompt
from storage.traffic import prompts


class Actors:
    """The actors of one bot's updates."""

    def __init__(self, core: Core, rights: Rights) -> None:
        self._core = core
        self._rights = rights

    async def author(self, message: Message, spoken: Spoken) -> Actor:
        """The author of a message."""
        if message.sender_chat and speaks_as_channel(message):
            channel = message.sender_chat
            return Actor(PLATFORM, f"channel {channel.id}", channel.title or "", account=False)
        if message.sender_chat or message.from_user is None:
            return await self.nobody(message.chat, spot_of(message.chat, message), spoken)
        return await self.person(message.from_user, message.chat, message, spoken)

    async def nobody(self, chat: Chat, spot: Spot, spoken: Spoken) -> Actor:
        """An anonymous administrator: all of a group share one id, and cannot be written to."""
        nobody = Actor(PLATFORM, f"anonymous in {chat.id}", chat.title or "", account=False)
        anywhere = await self._anywhere(spoken, nobody, spot)
        return replace(nobody, role=await self._rights.role_of_anonymous(spot, anywhere=anywhere))

    async def person(self, user: User, chat: Chat, message: Message | None, spoken: Spoken) -> Actor:
        """A person who acted in a chat, or in the topic of `message`."""
        spot = spot_of(chat, message)
        look_up = spoken.addressed and matters(self.command(spoken))
        person = Actor(PLATFORM, str(user.id), user.full_name, locale=user.language_code, handle=user.username or "")
        if chat.type == ChatType.PRIVATE:
            roles = await self._rights.roles_in_private(user.id, look_up=look_up)
            return replace(person, role=max(roles.values(), default=Role.MEMBER), roles=roles)
        anywhere = look_up and await self._anywhere(spoken, person, spot)
        return replace(person, role=await self._rights.role(user.id, spot, look_up=look_up, anywhere=anywhere))

    async def prompt(self, person: Actor, spot: Spot) -> Prompt | None:
        """The open question to a person in a chat; None when there is none."""
        keys, now = self._core.store.keys, self._core.clock.now()
        holder, where = account_mark(keys, person), prompt_chat(keys, inbound.Chat(PLATFORM, str(spot)))
        return await self._core.store.read(lambda session: prompts.pending(session, holder, where, now))

    def command(self, spoken: Spoken) -> Command | None:
        """The command that is called, or None."""
        typed = split(spoken.text)
        name = spoken.command or (typed.name if typed else "")
        return self._core.registry.find(name) if name else None

    async def _anywhere(self, spoken: Spoken, person: Actor, spot: Spot) -> bool:
        """Whether it works in a place without a community, as some commands and answers to their prompts do."""
        command = self.command(spoken)
        if command or spoken.button or not spoken.addressed:
            return bool(command and command.anywhere)
        asked = await self.prompt(person, spot)
        wanted = self._core.registry.find(asked.command) if asked else None
        return bool(wanted and wanted.anywhere)


def spot_of(chat: Chat, message: Message | None) -> Spot:
    """A chat, or the topic in it where a message was written."""
    topic = message.message_thread_id if message and message.is_topic_message else None
    return Spot(chat.id, topic)


def speaks_as_channel(message: Message) -> bool:
    """Whether somebody writes as a channel; an anonymous administrator writes as the group instead."""
    return message.sender_chat is not None and message.sender_chat.id != message.chat.id
