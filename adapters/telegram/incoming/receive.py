"""Converts Telegram's updates to `Inbound`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cached_property

from telegram import (
    Bot,
    CallbackQuery,
    Chat,
    ChatMemberUpdated,
    MaybeInaccessibleMessage,
    Message,
    MessageEntity,
    MessageOriginUser,
    Update,
)
from telegram.constants import ChatType
from telegram.helpers import create_deep_linked_url

from adapters.telegram.ephemeral import id_of, number_of
from adapters.telegram.incoming.actors import Actors, speaks_as_channel, spot_of
from adapters.telegram.incoming.files import FileReference, described, files_of
from adapters.telegram.incoming.spoken import Spoken, Texts
from adapters.telegram.incoming.tokens import read_text
from adapters.telegram.leaving import has_come
from adapters.telegram.outgoing.drawing.mention import mentioned
from adapters.telegram.places import PLATFORM, SETUP, Spot
from adapters.telegram.rights import Rights
from bot.core import Core
from bot.ports import inbound
from bot.ports.inbound import Actor, Inbound, Means, Role, Said

MEANS = Means(
    forms=False, durable=True, largest_file=50_000_000, asks=True, beside=False, recalls=True, pictures_apart=True
)
_MENTIONS = (MessageEntity.MENTION, MessageEntity.TEXT_MENTION)
ASKED_JUST_NOW = timedelta(minutes=1)
"""The time within which a group is not asked for its code again."""


class Receiver:
    """Converts updates for one bot."""

    def __init__(self, core: Core, bot: Bot, rights: Rights) -> None:
        self._core = core
        self._bot = bot
        self._rights = rights
        self._texts = Texts(core.registry, bot)
        self._actors = Actors(core, rights)

    async def read(self, updates: Sequence[Update]) -> Inbound | None:
        """Convert one update, or all updates of an album; None when they are not for the bot."""
        first = updates[0]
        if first.callback_query:
            return await self._read_press(first, first.callback_query)
        if first.my_chat_member:
            return await self._read_arrival(first, first.my_chat_member)
        message = first.message or first.edited_message
        if message is None or not _from_a_person(message):
            return None
        return await self._read_message(updates, message)

    @cached_property
    def _means(self) -> Means:
        return replace(MEANS, link=f"{create_deep_linked_url(self._bot.username)}?start=")

    async def _read_message(self, updates: Sequence[Update], message: Message) -> Inbound | None:
        told = [one.message for one in updates if one.message and (one.message.caption or one.message.text)]
        spoken = self._texts.read(told[0] if told else message)
        if spoken is None or (speaks_as_channel(message) and not spoken.addressed):
            return None
        if spoken.command == SETUP and await self._was_asked(message):
            return None
        return await self._inbound(updates, message, spoken)

    async def _inbound(self, updates: Sequence[Update], message: Message, spoken: Spoken) -> Inbound:
        found = [file for one in updates if one.message for file in files_of(one.message)]
        first, edited = updates[0], updates[0].edited_message is not None
        mine = message.reply_to_message if self._texts.is_mine(message.reply_to_message) else None
        actor = await self._actors.author(message, spoken)
        own = "" if message.sender_chat else _author_id(message)
        return Inbound(
            id=str(first.update_id),
            actor=actor,
            chat=await self._chat(message.chat, message, own, unseen=number_of(message) > 0),
            at=message.edit_date or message.date,
            command=spoken.command,
            text=spoken.text,
            button=spoken.button,
            answers=await self._question_answered(message, actor, spoken),
            addressed=spoken.addressed,
            attachments=self._files(found) if spoken.addressed and not edited else (),
            message=id_of(message, int(_author_id(message) or 0)),
            edited=edited,
            about=_replied_to(message.reply_to_message) if self._actors.command(spoken) else None,
            forwarded=_is_forwarded(message),
            parts=tuple(str(one.update_id) for one in updates[1:]),
            means=self._means,
            asked=mentioned(mine) if mine else "",
            aside=not spoken.addressed and _is_aside(message),
            quoted=read_text(mine) if mine and message.chat.type == ChatType.PRIVATE else "",
        )

    async def _read_press(self, update: Update, query: CallbackQuery) -> Inbound | None:
        if query.message is None or query.data is None:
            return None
        topic = query.message if isinstance(query.message, Message) else None
        spoken = Spoken("", addressed=True, button=query.data)
        actor = await self._actors.person(query.from_user, query.message.chat, topic, spoken)
        unseen = number_of(query.message) > 0
        return Inbound(
            id=str(update.update_id),
            actor=actor,
            chat=await self._chat(query.message.chat, topic, str(query.from_user.id), unseen=unseen),
            at=self._core.clock.now(),
            button=query.data,
            answers=await self._question_answered(query.message, actor, spoken),
            attachments=self._files(_quoted_files(topic)),
            pressed=id_of(query.message, query.from_user.id) if topic else "",
            aloud=not unseen and query.message.chat.type != ChatType.PRIVATE,
            means=self._means,
        )

    async def _read_arrival(self, update: Update, change: ChatMemberUpdated) -> Inbound | None:
        """Convert that the bot was added to a group that is no place yet, as if that administrator had typed /setup."""
        chat, person = change.chat, change.from_user
        if chat.type not in (ChatType.GROUP, ChatType.SUPERGROUP) or not has_come(change):
            return None
        spoken = Spoken("", addressed=True, command=SETUP)
        if person.is_bot:
            actor = await self._actors.nobody(chat, Spot(chat.id), spoken)
        else:
            actor = await self._actors.person(person, chat, None, spoken)
        if actor.role < Role.MODERATOR or await self._rights.is_place(chat.id):
            return None
        return Inbound(
            id=str(update.update_id),
            actor=actor,
            chat=await self._chat(chat, None, str(person.id) if actor.account else ""),
            at=change.date,
            command=SETUP,
            addressed=True,
            means=self._means,
        )

    async def _was_asked(self, message: Message) -> bool:
        """Whether the person was just asked for the code in this group, as when the bot was added by a link."""
        spot = spot_of(message.chat, message)
        asked = await self._actors.prompt(await self._actors.author(message, Spoken("", addressed=False)), spot)
        return bool(asked and asked.command == SETUP and asked.created_at > self._core.clock.now() - ASKED_JUST_NOW)

    async def _question_answered(self, message: MaybeInaccessibleMessage, person: Actor, spoken: Spoken) -> str | None:
        """The id of the prompt of an ephemeral question that is answered; such prompts belong to the private chat."""
        replied = message.reply_to_message if isinstance(message, Message) else None
        unseen = number_of(message) or number_of(replied)
        if not (unseen and person.id.isdecimal()) or self._actors.command(spoken):
            return None
        alone = await self._actors.prompt(person, Spot(int(person.id)))
        here = await self._actors.prompt(
            person, spot_of(message.chat, message if isinstance(message, Message) else None)
        )
        if alone is None or (here is not None and here.created_at > alone.created_at):
            return None
        return str(alone.id)

    async def _chat(self, chat: Chat, message: Message | None, own: str, *, unseen: bool = False) -> inbound.Chat:
        spot = spot_of(chat, message)
        private = chat.type == ChatType.PRIVATE
        return inbound.Chat(
            PLATFORM,
            str(spot),
            private=private,
            staff=not private and await self._rights.is_staff_chat(spot.chat),
            overlooked=not (private or unseen),
            within=str(chat.id) if spot.topic else "",
            own=own,
        )

    def _files(self, found: list[FileReference]) -> tuple[inbound.File, ...]:
        return described(self._bot, found, self._core.settings.limits.megabytes * 1_000_000)


def _quoted_files(message: Message | None) -> list[FileReference]:
    """The files of a person's own message that their message in the private chat quotes."""
    quoted = message.reply_to_message if message and message.chat.type == ChatType.PRIVATE else None
    return list(files_of(quoted)) if quoted else []


def _replied_to(message: Message | None) -> Said | None:
    """The message a command replies to, with its author, or None.

    None for anonymous authors, for forwarded messages, whose sender is not the author, and for the first message of a
    topic, to which every message in the topic is a reply.
    """
    if message is None or message.sender_chat or message.forward_origin or message.forum_topic_created:
        return None
    author = message.from_user
    if author is None:
        return None
    by = Actor(PLATFORM, str(author.id), author.full_name, locale=author.language_code)
    return Said(
        by,
        read_text(message),
        id_of(message, author.id),
        bot=author.is_bot,
        link=message.link or "",
        files=len(files_of(message)),
    )


def _is_aside(message: Message) -> bool:
    """Whether a message is directed at somebody: it is a reply, or begins with a mention."""
    replied, first = message.reply_to_message, message.entities[0] if message.entities else None
    called = first is not None and first.type in _MENTIONS and not first.offset
    return called or (replied is not None and not replied.forum_topic_created)


def _is_forwarded(message: Message) -> bool:
    """Whether it forwards somebody else's message; forwarding one's own counts as typing it again."""
    origin = message.forward_origin
    if isinstance(origin, MessageOriginUser):
        return message.from_user is None or origin.sender_user.id != message.from_user.id
    return origin is not None


def _from_a_person(message: Message) -> bool:
    """Whether a person wrote it, not a bot or a linked channel, and it is no service message."""
    author, speaks_as = message.from_user, message.sender_chat
    if author is None or message.is_automatic_forward:
        return False
    if author.is_bot and speaks_as is None:
        return False
    return bool(message.text or message.caption or files_of(message)) or _is_unreadable(message)


def _is_unreadable(message: Message) -> bool:
    """Whether it is a sticker, location, poll or the like in a private chat; the core answers it with a hint."""
    return message.chat.type == ChatType.PRIVATE and message.effective_attachment is not None


def _author_id(message: Message) -> str:
    return str(message.from_user.id) if message.from_user else ""
