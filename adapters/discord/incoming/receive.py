"""Converts Discord's interactions and messages to `Inbound`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import discord
from discord.utils import utcnow

from adapters.discord import contacts
from adapters.discord.commands.definitions import MENUS
from adapters.discord.incoming.addressing import (
    from_a_person,
    is_forwarded,
    is_in_post_of,
    is_reply_to,
    is_reply_to_card,
    words_answered,
)
from adapters.discord.incoming.files import Files
from adapters.discord.incoming.forums import forum_of, with_title
from adapters.discord.incoming.modals import read_fields, read_uploads
from adapters.discord.incoming.tokens import UNKNOWN, Words, people_of, read_tokens
from adapters.discord.names import PLATFORM, edit_id, form_of, is_choice, token_of
from adapters.discord.rights import Rights
from bot.commands.arguments import split
from bot.core import Core
from bot.feedback.audience.trusted import accounts_on
from bot.ports.inbound import Actor, Chat, Inbound, Means, Role, Said

MESSAGE_MEANS = Means(forms=False, durable=True)
"""For messages: no form can be opened from one, and its answer goes through the outbox."""
STEPWISE = Means(forms=False)
LINK = "https://discord.com/channels"
EDIT_WINDOW = timedelta(hours=1)
"""How old an edit may be: Discord sends old edits again when a preview or a pin is added."""


class Receiver:
    """Converts interactions and messages for one bot."""

    def __init__(self, core: Core, client: discord.Client, rights: Rights) -> None:
        self._core = core
        self._client = client
        self._rights = rights
        self._files = Files(client, core.settings.limits.megabytes * 1_000_000)

    async def read_interaction(self, interaction: discord.Interaction) -> Inbound | None:
        """Convert a command, button or submitted form; None for anything else."""
        data: Mapping[str, Any] = interaction.data or {}
        match interaction.type:
            case discord.InteractionType.application_command:
                return await self._read_command(interaction, data)
            case discord.InteractionType.component:
                # A foreign button, such as a former bot's, is passed on too, and answered as no longer in use.
                return await self._read_press(interaction, str((data.get("values") or [data.get("custom_id", "")])[0]))
            case discord.InteractionType.modal_submit:
                return await self._read_form(interaction, data)
            case _:
                return None

    async def read_context(self, interaction: discord.Interaction, command: str | None = None) -> Inbound:
        """Convert who acts, where, and with which command, without its arguments: for completions and forms."""
        return await self._inbound(interaction, command=command)

    async def read_message(self, message: discord.Message) -> Inbound | None:
        """Convert a message; None when it is neither addressed to the bot nor in a help channel."""
        addressed = self.is_addressed(message)
        if not (addressed or self._is_in_help_channel(message)):
            return None
        inbound = await self._read_text(message, addressed=addressed)
        return replace(inbound, attachments=self._files.of_message(message)) if addressed else inbound

    async def read_edit(self, message: discord.Message) -> Inbound | None:
        """Convert an edited message; None when it is not addressed to the bot, or its text was not edited recently."""
        at = message.edited_at
        if at is None or utcnow() - at > EDIT_WINDOW or not self.is_addressed(message):
            return None
        return replace(await self._read_text(message, addressed=True), id=edit_id(message.id, at), at=at, edited=True)

    async def _read_text(self, message: discord.Message, *, addressed: bool) -> Inbound:
        """Convert a message, without the bot's mention in its text."""
        me = self._client.user.id if self._client.user else 0
        guild = message.guild.id if message.guild else None
        said = message.message_snapshots[0].content if is_forwarded(message) else message.content
        words = said.replace(f"<@{me}>", "", 1).replace(f"<@!{me}>", "", 1).strip()
        text = with_title(message.channel, message.id, words)
        actor, forum = await self._author(message, text), forum_of(message.channel)
        return Inbound(
            id=str(message.id),
            actor=actor,
            chat=await self._chat(actor, message.channel.id, guild, overlooked=guild is not None, forum=forum),
            at=message.created_at,
            text=text,
            addressed=addressed,
            message=str(message.id),
            forwarded=is_forwarded(message),
            quoted=words_answered(message, self._client.user),
            means=MESSAGE_MEANS if addressed else STEPWISE,
            tokens=self._tokens([text], message.guild, {one.id: one.display_name for one in message.mentions}),
        )

    def is_addressed(self, message: discord.Message) -> bool:
        """Whether a person addresses the bot: in a private chat, by mention, or by reply.

        A reply to a card is talk about the item, also where it calls the card's author, unless its words name the bot.
        """
        me = self._client.user
        if me is None or not from_a_person(message):
            return False
        if is_reply_to_card(message):
            return me.mention in message.content
        return message.guild is None or me in message.mentions or is_reply_to(message, me)

    def forget_places(self) -> None:
        """Drop the cached places, because one was set up."""
        self._rights.forget_places()

    def _is_in_help_channel(self, message: discord.Message) -> bool:
        if not from_a_person(message):
            return False
        if is_reply_to_card(message) or is_in_post_of(message, self._client.user):
            return False
        own = self._core.settings.discord
        here = {message.channel.id, getattr(message.channel, "parent_id", None)}
        return own.message_content and not here.isdisjoint(own.help_channels)

    async def _read_command(self, interaction: discord.Interaction, data: Mapping[str, Any]) -> Inbound:
        name = str(data.get("name", ""))
        if name in MENUS:
            return await self._read_menu(interaction, data, MENUS[name])
        given = {option["name"]: option["value"] for option in data.get("options", ())}
        resolved = data.get("resolved", {}).get("attachments", {})
        files = [resolved[number] for number in [given.pop("file", None)] if number in resolved]
        args = {key: str(value) for key, value in given.items()}
        return await self._inbound(interaction, command=name, args=args, files=files)

    async def _read_menu(self, interaction: discord.Interaction, data: Mapping[str, Any], command: str) -> Inbound:
        """Convert a message command, with the message it was used on."""
        resolved = data.get("resolved", {})
        message = resolved.get("messages", {}).get(str(data.get("target_id")), {})
        number, author = str(message.get("id", "")), message.get("author", {})
        words, place = str(message.get("content", "")), interaction.channel
        text = with_title(place, int(number), words) if number else words
        account = str(author.get("id", ""))
        nick = resolved.get("members", {}).get(account, {}).get("nick")
        name = str(nick or author.get("global_name") or author.get("username", ""))
        by_program = bool(author.get("bot")) or "webhook_id" in message
        said = Said(
            Actor(PLATFORM, account, name),
            text,
            number,
            bot=by_program,
            link=f"{LINK}/{interaction.guild_id}/{interaction.channel_id}/{number}",
            files=len(message.get("attachments", ())),
        )
        found = await self._inbound(interaction, command=command, about=said)
        people = {**people_of(data), **people_of(message)}
        return replace(found, tokens=self._tokens([text], interaction.guild, people))

    async def _read_press(self, interaction: discord.Interaction, custom_id: str) -> Inbound:
        """Convert a button; one that fills in part of a typed question stays without forms."""
        message, means = interaction.message, STEPWISE if is_choice(custom_id) else Means()
        pressed = str(message.id) if message else ""
        aloud = message is not None and interaction.guild_id is not None and not message.flags.ephemeral
        token = token_of(custom_id) or ""
        return await self._inbound(interaction, button=token, pressed=pressed, aloud=aloud, means=means)

    async def _read_form(self, interaction: discord.Interaction, data: Mapping[str, Any]) -> Inbound | None:
        form = form_of(str(data.get("custom_id", "")))
        if form is None:
            return None
        command, prompt = form
        args, files = read_fields(data), read_uploads(data)
        return await self._inbound(interaction, command=command, args=args, files=files, answers=prompt or None)

    async def _inbound(
        self,
        interaction: discord.Interaction,
        *,
        files: Sequence[Mapping[str, Any]] = (),
        command: str | None = None,
        **what: Any,
    ) -> Inbound:
        user, channel = interaction.user, interaction.channel_id or 0
        locale = str(interaction.locale) if interaction.locale else None
        about: Said | None = what.get("about")
        texts = [*what.get("args", {}).values(), *([about.text] if about else [])]
        actor = await self._actor(user, interaction.permissions, channel, command, locale)
        forum = forum_of(interaction.channel)
        return Inbound(
            id=str(interaction.id),
            actor=actor,
            chat=await self._chat(actor, channel, interaction.guild_id, overlooked=False, forum=forum),
            at=interaction.created_at,
            command=command,
            attachments=self._files.read(files),
            tokens=self._tokens(texts, interaction.guild, people_of(interaction.data or {})),
            **what,
        )

    def _tokens(
        self, texts: Sequence[str], guild: discord.Guild | None, people: Mapping[int, str]
    ) -> Mapping[str, Words]:
        """The tokens in these texts, with their words; a trusted contact who is mentioned is known by them, too."""
        found = read_tokens(texts, guild, {**contacts.names(self._core), **people})
        for account in accounts_on(self._core, PLATFORM):
            for said in (found.get(f"<@{account}>"), found.get(f"<@!{account}>")):
                if isinstance(said, str) and said != UNKNOWN["person"]:
                    self._core.contact_names.meet(PLATFORM, account, said.removeprefix("@"))
        return found

    async def _author(self, message: discord.Message, text: str) -> Actor:
        person, permissions = message.author, discord.Permissions.none()
        if isinstance(person, discord.Member) and isinstance(
            message.channel, discord.abc.GuildChannel | discord.Thread
        ):
            permissions = message.channel.permissions_for(person)
        typed = split(text)
        return await self._actor(person, permissions, message.channel.id, typed.name if typed else None)

    async def _actor(
        self,
        person: discord.User | discord.Member,
        permissions: discord.Permissions,
        channel: int,
        command: str | None,
        locale: str | None = None,
    ) -> Actor:
        """Who acts, with their role as far as the command needs it."""
        known = self._core.registry.find(command) if command else None
        actor = Actor(PLATFORM, str(person.id), person.display_name, locale=locale, handle=person.name)
        if isinstance(person, discord.Member):
            anywhere = known is not None and known.anywhere
            return replace(actor, role=await self._rights.role(person, permissions, channel, anywhere=anywhere))
        # Filing and asking need no role, so Discord is not asked.
        look_up = known is None or known.limited not in ("filings", "questions")
        roles = await self._rights.roles_in_private(person, look_up=look_up)
        return replace(actor, role=max(roles.values(), default=Role.MEMBER), roles=roles)

    async def _chat(self, actor: Actor, channel: int, guild: int | None, *, overlooked: bool, forum: str) -> Chat:
        """The chat. A private one has its person's id, so that deliveries to it go to that person."""
        if guild is None:
            return Chat(PLATFORM, actor.id, private=True, own=actor.id)
        staff = channel in await self._rights.staff_channels()
        within = await self._rights.within(guild, actor.role)
        own = actor.id if overlooked else ""
        return Chat(PLATFORM, str(channel), staff=staff, overlooked=overlooked, within=within, own=own, forum=forum)
