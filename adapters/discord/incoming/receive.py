"""From what Discord sends to what the core understands."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import discord
from discord.utils import utcnow

from adapters.discord.commands.definitions import MENUS
from adapters.discord.incoming.files import Files
from adapters.discord.incoming.modals import filled, uploads
from adapters.discord.names import PLATFORM, edit_id, form_of, is_choice, token_of
from adapters.discord.rights import Rights
from bot.commands.arguments import split
from bot.core import Core
from bot.ports.inbound import Actor, Chat, Inbound, Means, Role, Said

JSON = Mapping[str, Any]
TYPED = Means(forms=False, durable=True)
"""What can be done about a message: no form opens from it, and nobody holds a call open for its answer."""
STEPWISE = Means(forms=False)
SAID = (discord.MessageType.default, discord.MessageType.reply)
FRESH = timedelta(hours=1)
"""How long ago new words can have been written; with a preview or a pin Discord tells of old ones again."""


class Receiver:
    """Reads interactions and messages for one bot."""

    def __init__(self, core: Core, client: discord.Client, rights: Rights) -> None:
        self._core = core
        self._client = client
        self._rights = rights
        self._files = Files(client, core.settings.limits.megabytes * 1_000_000)

    async def pressed_or_typed(self, interaction: discord.Interaction) -> Inbound | None:
        """What an interaction means; None when it is not for us."""
        data: JSON = interaction.data or {}
        match interaction.type:
            case discord.InteractionType.application_command:
                return await self._called(interaction, data)
            case discord.InteractionType.component:
                # A button that is none of ours, as of a bot that was here before, is in no use either.
                return await self._pressed(interaction, str(data.get("custom_id", "")))
            case discord.InteractionType.modal_submit:
                return await self._submitted(interaction, data)
            case _:
                return None

    async def whoever(self, interaction: discord.Interaction) -> Inbound:
        """Who is there and where, whatever they are about to do."""
        return await self._inbound(interaction)

    async def said(self, message: discord.Message) -> Inbound | None:
        """What a message means; None when it is not for us."""
        addressed = self.is_meant(message)
        if not (addressed or self._overheard(message)):
            return None
        inbound = await self._typed(message, addressed=addressed)
        return replace(inbound, attachments=await self._files.taken_from(message)) if addressed else inbound

    async def reworded(self, message: discord.Message) -> Inbound | None:
        """What new words for a message to the bot mean; None when none were written, as with a mere preview."""
        at = message.edited_at
        if at is None or utcnow() - at > FRESH or not self.is_meant(message):
            return None
        return replace(await self._typed(message, addressed=True), id=edit_id(message.id, at), at=at, edited=True)

    async def _typed(self, message: discord.Message, *, addressed: bool) -> Inbound:
        """The words of a message, without the bot's name."""
        me = self._client.user.id if self._client.user else 0
        guild = message.guild.id if message.guild else None
        text = message.content.replace(f"<@{me}>", "", 1).replace(f"<@!{me}>", "", 1).strip()
        return Inbound(
            id=str(message.id),
            actor=await self._author(message, text),
            chat=await self._chat(message.author, message.channel.id, guild, overlooked=guild is not None),
            at=message.created_at,
            text=text,
            addressed=addressed,
            message=str(message.id),
            means=TYPED if addressed else STEPWISE,
        )

    def is_meant(self, message: discord.Message) -> bool:
        """Whether a person says a message to the bot: alone, by its name, or in reply."""
        me = self._client.user
        if me is None or not _from_a_person(message):
            return False
        return message.guild is None or me in message.mentions or _replies_to(message, me)

    def forget_places(self) -> None:
        """Look up anew which places are whose: one was set up."""
        self._rights.forget()

    def _overheard(self, message: discord.Message) -> bool:
        if not _from_a_person(message):
            return False
        own = self._core.settings.discord
        here = {message.channel.id, getattr(message.channel, "parent_id", None)}
        return own.message_content and not here.isdisjoint(own.help_channels)

    async def _called(self, interaction: discord.Interaction, data: JSON) -> Inbound:
        name = str(data.get("name", ""))
        if name in MENUS:
            return await self._from_menu(interaction, data, MENUS[name])
        given = {option["name"]: option["value"] for option in data.get("options", ())}
        resolved = data.get("resolved", {}).get("attachments", {})
        files = [resolved[number] for number in [given.pop("file", None)] if number in resolved]
        args = {key: str(value) for key, value in given.items()}
        return await self._inbound(interaction, command=name, args=args, files=files)

    async def _from_menu(self, interaction: discord.Interaction, data: JSON, command: str) -> Inbound:
        """A message's menu: its words, and who wrote them."""
        resolved = data.get("resolved", {})
        message = resolved.get("messages", {}).get(str(data.get("target_id")), {})
        text, author = str(message.get("content", "")), message.get("author", {})
        if command == "ask":
            return await self._inbound(interaction, command=command, args={"question": text})
        number = str(author.get("id", ""))
        nick = resolved.get("members", {}).get(number, {}).get("nick")
        name = str(nick or author.get("global_name") or author.get("username", ""))
        by_program = bool(author.get("bot")) or "webhook_id" in message
        said = Said(Actor(PLATFORM, number, name), text, str(message.get("id", "")), bot=by_program)
        return await self._inbound(interaction, command=command, about=said)

    async def _pressed(self, interaction: discord.Interaction, custom_id: str) -> Inbound:
        """A button; a question whose words are typed goes on as it began, and shows what is chosen so far."""
        message = str(interaction.message.id) if interaction.message else ""
        means = STEPWISE if is_choice(custom_id) else Means()
        return await self._inbound(interaction, button=token_of(custom_id) or "", pressed=message, means=means)

    async def _submitted(self, interaction: discord.Interaction, data: JSON) -> Inbound | None:
        form = form_of(str(data.get("custom_id", "")))
        if form is None:
            return None
        command, prompt = form
        args, files = filled(data), uploads(data)
        return await self._inbound(interaction, command=command, args=args, files=files, answers=prompt or None)

    async def _inbound(
        self,
        interaction: discord.Interaction,
        *,
        files: Sequence[JSON] = (),
        command: str | None = None,
        **what: Any,
    ) -> Inbound:
        user, channel = interaction.user, interaction.channel_id or 0
        locale = str(interaction.locale) if interaction.locale else None
        return Inbound(
            id=str(interaction.id),
            actor=await self._actor(user, interaction.permissions, channel, command, locale),
            chat=await self._chat(user, channel, interaction.guild_id, overlooked=False),
            at=interaction.created_at,
            command=command,
            attachments=await self._files.taken(files),
            **what,
        )

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
        """Who acts, with what they may do by that command."""
        known = self._core.registry.find(command) if command else None
        actor = Actor(PLATFORM, str(person.id), person.display_name, locale=locale)
        if isinstance(person, discord.Member):
            anywhere = known is not None and known.anywhere
            return replace(actor, role=await self._rights.role(person, permissions, channel, anywhere=anywhere))
        # What files or asks something is the same for everybody.
        closely = known is None or known.limited not in ("filings", "questions")
        roles = await self._rights.roles_alone(person, closely=closely)
        return replace(actor, role=max(roles.values(), default=Role.MEMBER), roles=roles)

    async def _chat(
        self, person: discord.User | discord.Member, channel: int, guild: int | None, *, overlooked: bool
    ) -> Chat:
        """Where it is. A private chat goes by its person, so that what is owed there is owed to them."""
        if guild is None:
            return Chat(PLATFORM, str(person.id), private=True, own=str(person.id))
        staff = channel in await self._rights.staff_channels()
        own = str(person.id) if overlooked else ""
        return Chat(PLATFORM, str(channel), staff=staff, overlooked=overlooked, within=str(guild), own=own)


def _from_a_person(message: discord.Message) -> bool:
    """Whether a person wrote it: neither a bot, nor Discord of itself, as of a pin, a call or the end of a poll."""
    return message.type in SAID and not (message.author.bot or message.webhook_id)


def _replies_to(message: discord.Message, me: discord.ClientUser) -> bool:
    """Whether it answers what the bot said, also with the mention switched off."""
    answered = message.reference.resolved if message.reference else None
    return isinstance(answered, discord.Message) and answered.author.id == me.id
