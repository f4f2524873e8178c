"""From what Discord sends to what the core understands."""

from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp
import discord

from adapters.discord.definitions import MENUS
from adapters.discord.modals import filled, uploads
from adapters.discord.names import PLATFORM, form_of, token_of
from adapters.discord.rights import Rights
from bot.context import Core
from bot.events import Actor, Chat, File, Inbound, Said

MOST_FILES = 10


class Receiver:
    """Reads interactions and messages for one bot."""

    def __init__(self, core: Core, client: discord.Client, rights: Rights) -> None:
        self._core = core
        self._client = client
        self._rights = rights

    async def pressed_or_typed(self, interaction: discord.Interaction) -> Inbound | None:
        """What an interaction means; None when it is not for us."""
        data: Mapping[str, Any] = interaction.data or {}
        match interaction.type:
            case discord.InteractionType.application_command:
                return await self._called(interaction, data)
            case discord.InteractionType.component:
                token = token_of(str(data.get("custom_id", "")))
                return await self._inbound(interaction, button=token) if token else None
            case discord.InteractionType.modal_submit:
                return await self._submitted(interaction, data)
            case _:
                return None

    async def whoever(self, interaction: discord.Interaction) -> Inbound:
        """Who is there and where, whatever they are about to do."""
        return await self._inbound(interaction)

    async def said(self, message: discord.Message) -> Inbound | None:
        """What a message means; None when it is not for us."""
        if message.author.bot or message.webhook_id or self._client.user is None:
            return None
        private = message.guild is None
        called = self._client.user in message.mentions
        if not (private or called or self._overheard(message)):
            return None
        text = message.content.replace(f"<@{self._client.user.id}>", "").replace(f"<@!{self._client.user.id}>", "")
        return Inbound(
            id=str(message.id),
            actor=await self._author(message),
            chat=self._chat(message.channel.id, private=private, staff=False),
            at=message.created_at,
            text=text.strip(),
            addressed=private or called,
            attachments=await self._files([_described(one) for one in message.attachments]) if private else (),
        )

    def _overheard(self, message: discord.Message) -> bool:
        own = self._core.settings.discord
        return own.message_content and message.channel.id in own.help_channels

    async def _called(self, interaction: discord.Interaction, data: Mapping[str, Any]) -> Inbound:
        name = str(data.get("name", ""))
        if name in MENUS:
            return await self._from_menu(interaction, data, MENUS[name])
        given = {option["name"]: option["value"] for option in data.get("options", ())}
        resolved = data.get("resolved", {}).get("attachments", {})
        files = [resolved[number] for number in [given.pop("file", None)] if number in resolved]
        args = {key: str(value) for key, value in given.items()}
        return await self._inbound(interaction, command=name, args=args, files=files)

    async def _from_menu(self, interaction: discord.Interaction, data: Mapping[str, Any], command: str) -> Inbound:
        """A message's menu: its words, and who wrote them."""
        message = data.get("resolved", {}).get("messages", {}).get(str(data.get("target_id")), {})
        text, author = str(message.get("content", "")), message.get("author", {})
        if command == "ask":
            return await self._inbound(interaction, command=command, args={"question": text})
        name = str(author.get("global_name") or author.get("username", ""))
        person = Actor(PLATFORM, str(author.get("id", "")), name)
        said = Said(person, text, str(message.get("id", "")), bot=bool(author.get("bot")))
        return await self._inbound(interaction, command=command, about=said)

    async def _submitted(self, interaction: discord.Interaction, data: Mapping[str, Any]) -> Inbound | None:
        form = form_of(str(data.get("custom_id", "")))
        if form is None:
            return None
        command, prompt = form
        args, files = filled(data), uploads(data)
        return await self._inbound(interaction, command=command, args=args, files=files, answers=prompt or None)

    async def _inbound(
        self, interaction: discord.Interaction, *, files: Sequence[Mapping[str, Any]] = (), **what: Any
    ) -> Inbound:
        role = await self._rights.role(interaction.user, interaction.permissions)
        locale = str(interaction.locale) if interaction.locale else None
        user = interaction.user
        channel = interaction.channel_id or 0
        return Inbound(
            id=str(interaction.id),
            actor=Actor(PLATFORM, str(user.id), user.display_name, role, locale),
            chat=self._chat(
                channel, private=interaction.guild_id is None, staff=channel in await self._rights.staff_channels()
            ),
            at=interaction.created_at,
            attachments=await self._files(files),
            **what,
        )

    async def _author(self, message: discord.Message) -> Actor:
        person = message.author
        permissions = discord.Permissions.none()
        if isinstance(person, discord.Member) and isinstance(message.channel, discord.abc.GuildChannel):
            permissions = message.channel.permissions_for(person)
        role = await self._rights.role(person, permissions)
        return Actor(PLATFORM, str(person.id), person.display_name, role)

    def _chat(self, channel: int, *, private: bool, staff: bool) -> Chat:
        found = self._client.get_channel(channel)
        guild = getattr(found, "guild", None)
        parent = getattr(found, "parent_id", None) or (guild.id if guild else "")
        return Chat(PLATFORM, str(channel), private=private, staff=staff, within=str(parent))

    async def _files(self, described: Sequence[Mapping[str, Any]]) -> tuple[File, ...]:
        """Take files now: their links expire."""
        most = self._core.settings.limits.megabytes * 1_000_000
        return tuple([await self._file(one, most) for one in described[:MOST_FILES]])

    async def _file(self, one: Mapping[str, Any], most: int) -> File:
        name, kind = str(one.get("filename", "file")), str(one.get("content_type") or "application/octet-stream")
        if int(one.get("size", 0)) > most:
            return File(name, kind, b"", taken=False)
        try:
            content = await self._client.http.get_from_cdn(str(one["url"]))
        except (discord.HTTPException, aiohttp.ClientError):
            return File(name, kind, b"", taken=False)
        return File(name, kind, content)


def _described(attachment: discord.Attachment) -> Mapping[str, Any]:
    return {
        "filename": attachment.filename,
        "content_type": attachment.content_type,
        "size": attachment.size,
        "url": attachment.url,
    }
