"""Converts Telegram's updates to `Inbound`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from telegram import Bot, CallbackQuery, Chat, Message, MessageEntity, MessageOriginUser, Update, User
from telegram.constants import ChatType

from adapters.telegram.incoming.files import FileReference, fetch, files_of
from adapters.telegram.outgoing.mention import mentioned
from adapters.telegram.places import PLATFORM, Spot, message_id
from adapters.telegram.rights import Rights
from bot.commands.arguments import nearest, split
from bot.commands.registry import Command
from bot.core import Core
from bot.delivery.envelope import account_mark, prompt_chat
from bot.dispatch.joining import JOIN
from bot.ports import inbound
from bot.ports.inbound import Actor, Inbound, Means, Role, Said
from storage.traffic import prompts

_COMMAND = re.compile(r"\s*/(?P<name>[^\s@/]+)(?:@(?P<bot>\w+))?(?:\s+(?P<payload>\S+))?")
MEANS = Means(forms=False, durable=True, largest_file=50_000_000)
_MENTIONS = (MessageEntity.MENTION, MessageEntity.TEXT_MENTION)
_JOIN = f"{JOIN}_"
"""Starts a deep link's payload that brings an invitation."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The text of a message, as the core reads it.

    Attributes:
        text: without the bot's mention.
        addressed: whether it is addressed to the bot.
        command: the command a deep link started.
        button: the token of the button pressed, or of the one a deep link started.
    """

    text: str
    addressed: bool
    command: str | None = None
    button: str | None = None


class Receiver:
    """Converts updates for one bot."""

    def __init__(self, core: Core, bot: Bot, rights: Rights) -> None:
        self._core = core
        self._bot = bot
        self._rights = rights

    async def read(self, updates: Sequence[Update]) -> Inbound | None:
        """Convert one update, or all updates of an album; None when they are not for the bot."""
        first = updates[0]
        if first.callback_query:
            return await self._read_press(first, first.callback_query)
        message = first.message or first.edited_message
        if message is None or not _from_a_person(message):
            return None
        return await self._read_message(updates, message)

    @property
    def _means(self) -> Means:
        return replace(MEANS, link=f"https://t.me/{self._bot.username}?start=")

    async def _read_message(self, updates: Sequence[Update], message: Message) -> Inbound | None:
        told = [one.message for one in updates if one.message and (one.message.caption or one.message.text)]
        spoken = self._read_text(told[0] if told else message)
        if spoken is None or (_speaks_as_channel(message) and not spoken.addressed):
            return None
        found = [file for one in updates if one.message for file in files_of(one.message)]
        first, edited = updates[0], updates[0].edited_message is not None
        return Inbound(
            id=str(first.update_id),
            actor=await self._author(message, spoken),
            chat=await self._chat(message.chat, message, "" if message.sender_chat else _author_id(message)),
            at=message.edit_date or message.date,
            command=spoken.command,
            text=spoken.text,
            button=spoken.button,
            addressed=spoken.addressed,
            attachments=await self._files(found) if spoken.addressed and not edited else (),
            message=message_id(message.chat.id, message.message_id),
            edited=edited,
            about=_replied_to(message.reply_to_message) if self._command(spoken) else None,
            forwarded=_is_forwarded(message),
            parts=tuple(str(one.update_id) for one in updates[1:]),
            means=self._means,
            asked=mentioned(message.reply_to_message) if self._is_mine(message.reply_to_message) else "",
            aside=not spoken.addressed and _is_aside(message),
        )

    async def _read_press(self, update: Update, query: CallbackQuery) -> Inbound | None:
        if query.message is None or query.data is None:
            return None
        topic = query.message if isinstance(query.message, Message) else None
        spoken = Spoken("", addressed=True, button=query.data)
        return Inbound(
            id=str(update.update_id),
            actor=await self._actor(query.from_user, query.message.chat, topic, spoken),
            chat=await self._chat(query.message.chat, topic, str(query.from_user.id)),
            at=self._core.clock.now(),
            button=query.data,
            pressed=message_id(query.message.chat.id, query.message.message_id) if topic else "",
            means=self._means,
        )

    def _read_text(self, message: Message) -> Spoken | None:
        """Read a message's text; None for a command that is, or may be, another bot's."""
        text = message.text or message.caption or ""
        private = message.chat.type == ChatType.PRIVATE
        command = _COMMAND.match(text)
        if command:
            name, bot, payload = command.group("name", "bot", "payload")
            if bot and bot.lower() != self._bot.username.lower():
                return None
            if name.lower() == "start" and payload:
                # In a group it is sent when the bot is added by a link.
                return self._read_deep_link(payload) if private else None
            known = private or bot or self._resembles_ours(name)
            return Spoken(text, addressed=True) if known else None
        called, text = self._strip_mention(message, text)
        return Spoken(text, addressed=private or called or self._is_mine(message.reply_to_message))

    def _is_mine(self, message: Message | None) -> bool:
        """Whether the bot wrote a message."""
        return bool(message and message.from_user and message.from_user.id == self._bot.id)

    def _resembles_ours(self, name: str) -> bool:
        """Whether a command without a bot's name is, or resembles, a registered one; a group may have other bots."""
        registry = self._core.registry
        return registry.find(name) is not None or nearest(registry, name, Role.MEMBER) is not None

    def _read_deep_link(self, payload: str) -> Spoken:
        """Read a deep link's payload: the name of a command, an invitation, or the token of a button."""
        if self._core.registry.find(payload):
            return Spoken("", addressed=True, command=payload)
        if payload.startswith(_JOIN):
            return Spoken(f"/{JOIN} {payload.removeprefix(_JOIN)}", addressed=True)
        return Spoken("", addressed=True, button=payload)

    def _strip_mention(self, message: Message, text: str) -> tuple[bool, str]:
        """Whether a text mentions the bot, and the text without that mention."""
        own = f"@{self._bot.username}".lower()
        marked = message.parse_entities([MessageEntity.MENTION]) or message.parse_caption_entities(
            [MessageEntity.MENTION]
        )
        for name in marked.values():
            if name.lower() == own:
                return True, text.replace(name, "", 1).strip()
        return False, text

    async def _author(self, message: Message, spoken: Spoken) -> Actor:
        """Who wrote a message; an anonymous administrator has one id for the group, and cannot be written to."""
        if message.sender_chat and _speaks_as_channel(message):
            channel = message.sender_chat
            return Actor(PLATFORM, f"channel {channel.id}", channel.title or "", account=False)
        if message.sender_chat or message.from_user is None:
            nobody = Actor(PLATFORM, f"anonymous in {message.chat.id}", message.chat.title or "", account=False)
            spot = _spot_of(message.chat, message)
            anywhere = await self._anywhere(spoken, nobody, spot)
            return replace(nobody, role=await self._rights.role_of_anonymous(spot, anywhere=anywhere))
        return await self._actor(message.from_user, message.chat, message, spoken)

    async def _actor(self, user: User, chat: Chat, message: Message | None, spoken: Spoken) -> Actor:
        look_up, spot = self._role_matters(spoken), _spot_of(chat, message)
        person = Actor(PLATFORM, str(user.id), user.full_name, locale=user.language_code)
        if chat.type == ChatType.PRIVATE:
            roles = await self._rights.roles_in_private(user.id, look_up=look_up)
            return replace(person, role=max(roles.values(), default=Role.MEMBER), roles=roles)
        anywhere = look_up and await self._anywhere(spoken, person, spot)
        return replace(person, role=await self._rights.role(user.id, spot, look_up=look_up, anywhere=anywhere))

    def _role_matters(self, spoken: Spoken) -> bool:
        """Whether the role may matter, so that Telegram is asked for it.

        Not for filing and asking, which are frequent and need no role. Text without a command may answer a prompt that
        only moderators get.
        """
        command = self._command(spoken)
        return spoken.addressed and (command is None or command.limited not in ("filings", "questions"))

    async def _anywhere(self, spoken: Spoken, person: Actor, spot: Spot) -> bool:
        """Whether it works in a place without a community: some commands do, and text that answers their prompt."""
        command = self._command(spoken)
        if command or spoken.button or not spoken.addressed:
            return bool(command and command.anywhere)
        keys, now = self._core.store.keys, self._core.clock.now()
        holder, where = account_mark(keys, person), prompt_chat(keys, inbound.Chat(PLATFORM, str(spot)))
        asked = await self._core.store.read(lambda session: prompts.pending(session, holder, where, now))
        wanted = self._core.registry.find(asked.command) if asked else None
        return bool(wanted and wanted.anywhere)

    def _command(self, spoken: Spoken) -> Command | None:
        typed = split(spoken.text)
        name = spoken.command or (typed.name if typed else "")
        return self._core.registry.find(name) if name else None

    async def _chat(self, chat: Chat, message: Message | None, own: str) -> inbound.Chat:
        spot = _spot_of(chat, message)
        private = chat.type == ChatType.PRIVATE
        return inbound.Chat(
            PLATFORM,
            str(spot),
            private=private,
            staff=not private and await self._rights.is_staff_chat(spot.chat),
            overlooked=not private,
            within=str(chat.id) if spot.topic else "",
            own=own,
        )

    async def _files(self, found: list[FileReference]) -> tuple[inbound.File, ...]:
        return await fetch(self._bot, found, self._core.settings.limits.megabytes * 1_000_000) if found else ()


def _spot_of(chat: Chat, message: Message | None) -> Spot:
    topic = message.message_thread_id if message and message.is_topic_message else None
    return Spot(chat.id, topic)


def _replied_to(message: Message | None) -> Said | None:
    """The message a command replies to, with its author, or None.

    None for anonymous authors, for forwarded messages, which are not their sender's, and for the first message of a
    topic, which every message in the topic replies to.
    """
    if message is None or message.sender_chat or message.forward_origin or message.forum_topic_created:
        return None
    author = message.from_user
    if author is None:
        return None
    by = Actor(PLATFORM, str(author.id), author.full_name, locale=author.language_code)
    return Said(
        by,
        message.text or message.caption or "",
        message_id(message.chat.id, message.message_id),
        bot=author.is_bot,
        link=message.link or "",
        files=len(files_of(message)),
    )


def _is_aside(message: Message) -> bool:
    """Whether a message is said to somebody: it replies to theirs, or begins with a mention."""
    replied, first = message.reply_to_message, message.entities[0] if message.entities else None
    called = first is not None and first.type in _MENTIONS and not first.offset
    return called or (replied is not None and not replied.forum_topic_created)


def _is_forwarded(message: Message) -> bool:
    """Whether it repeats a message of somebody else; that of one's own is as if typed again."""
    origin = message.forward_origin
    if isinstance(origin, MessageOriginUser):
        return message.from_user is None or origin.sender_user.id != message.from_user.id
    return origin is not None


def _speaks_as_channel(message: Message) -> bool:
    """Whether somebody writes in the name of a channel; an anonymous administrator writes in that of the group."""
    return message.sender_chat is not None and message.sender_chat.id != message.chat.id


def _from_a_person(message: Message) -> bool:
    """Whether a person wrote it: not a bot, not what a linked channel posted, and not a service message."""
    author, speaks_as = message.from_user, message.sender_chat
    if author is None or message.is_automatic_forward:
        return False
    if author.is_bot and speaks_as is None:
        return False
    return bool(message.text or message.caption or files_of(message)) or _is_unreadable(message)


def _is_unreadable(message: Message) -> bool:
    """Whether it is a sticker, location, poll or the like in a private chat, which the core answers with a hint."""
    return message.chat.type == ChatType.PRIVATE and message.effective_attachment is not None


def _author_id(message: Message) -> str:
    return str(message.from_user.id) if message.from_user else ""
