"""Answers interactions in time: at once where that is possible, else acknowledged first."""

import asyncio
from collections.abc import Mapping
from typing import Any

import discord
import structlog

from adapters.discord.definitions import MENUS
from adapters.discord.modals import modal
from adapters.discord.names import form_of, opener_id, opener_of
from adapters.discord.receive import Receiver
from adapters.discord.sending import messages, opener
from bot.areas import Areas
from bot.autocomplete import areas, numbers
from bot.context import Core
from bot.ports import Handle
from bot.registry import Command, Shape
from bot.reply import Ask, Reply
from bot.speech import Speech

AT_ONCE = 1.5
"""Seconds to answer without acknowledging first: a form can only be the very first response, within 3 s."""
SUGGESTIONS = 25
UNKNOWN_INTERACTION = 10062


class Interactions:
    """Answers each interaction of one bot."""

    def __init__(self, core: Core, handle: Handle, receiver: Receiver) -> None:
        self._core = core
        self._handle = handle
        self._receiver = receiver

    async def answer(self, interaction: discord.Interaction) -> None:
        """Answer, whatever happens: nothing ends as “the application did not respond”."""
        try:
            if interaction.type is discord.InteractionType.autocomplete:
                await self._complete(interaction)
            elif form := self._form(interaction):
                await interaction.response.send_modal(form)
            else:
                await self._respond(interaction)
        except discord.HTTPException as error:
            if error.code != UNKNOWN_INTERACTION:
                structlog.get_logger().error("discord", refused=error.code, status=error.status)
        except Exception as error:
            structlog.get_logger().error("discord", error=type(error).__name__)

    async def _respond(self, interaction: discord.Interaction) -> None:
        private = self._is_private(interaction)
        working = asyncio.create_task(self._work(interaction))
        done, _ = await asyncio.wait([working], timeout=AT_ONCE)
        if done:
            await self._show_first(interaction, working.result())
            return
        await interaction.response.defer(ephemeral=private, thinking=True)
        await self._show_later(interaction, await working)

    async def _work(self, interaction: discord.Interaction) -> Reply | None:
        inbound = await self._receiver.pressed_or_typed(interaction)
        return await self._handle(inbound) if inbound else None

    async def _show_first(self, interaction: discord.Interaction, reply: Reply | None) -> None:
        """Answer as the first response, with a form where one is asked for."""
        if reply is None:
            await interaction.response.defer()
            return
        ask = next((block for block in reply.blocks if isinstance(block, Ask)), None)
        if ask is not None and interaction.type is not discord.InteractionType.modal_submit:
            await interaction.response.send_modal(self._modal(interaction, ask))
            return
        first, *rest = messages(reply)
        await interaction.response.send_message(**first, ephemeral=reply.private)
        for message in rest:
            await interaction.followup.send(**message, ephemeral=reply.private)

    async def _show_later(self, interaction: discord.Interaction, reply: Reply | None) -> None:
        """Answer after an acknowledgement: a form cannot open any more by itself, so a button opens it."""
        if reply is None:
            await interaction.delete_original_response()
            return
        ask = next((block for block in reply.blocks if isinstance(block, Ask)), None)
        shown = opener(ask, opener_id(ask.command, ask.prompt), self._speech(interaction)) if ask else None
        for message in [shown] if shown else messages(reply):
            await interaction.followup.send(**message, ephemeral=reply.private)

    def _form(self, interaction: discord.Interaction) -> discord.ui.Modal | None:
        """The form to open before anything else, from the registry alone; None when there is none to open."""
        data: Mapping[str, Any] = interaction.data or {}
        if interaction.type is discord.InteractionType.component:
            opened = opener_of(str(data.get("custom_id", "")))
            command = self._core.registry.find(opened[0]) if opened else None
            return self._bare(interaction, command, opened[1]) if opened and command else None
        if interaction.type is not discord.InteractionType.application_command or data.get("name") in MENUS:
            return None
        command = self._core.registry.find(str(data.get("name", "")))
        given = {option["name"]: str(option["value"]) for option in data.get("options", ())}
        if command is None or "file" in given or not _lacks_words(command, given):
            return None
        return self._bare(interaction, command, "", given)

    def _bare(
        self, interaction: discord.Interaction, command: Command, prompt: str, values: Mapping[str, str] | None = None
    ) -> discord.ui.Modal:
        return modal(command, (), self._speech(interaction), self._areas(), prompt=prompt, values=values)

    def _modal(self, interaction: discord.Interaction, ask: Ask) -> discord.ui.Modal:
        command = self._core.registry.find(ask.command)
        if command is None:
            raise LookupError(ask.command)
        speech = self._speech(interaction)
        return modal(command, ask.fields, speech, self._areas(), prompt=ask.prompt, values=ask.values)

    def _areas(self) -> tuple[str, ...]:
        """The areas to choose from: the only community's own, or the five impacts."""
        own = self._core.settings.communities
        named = own[0].areas if len(own) == 1 else ()
        return tuple(Areas(named, self._core.languages.all().values()).offered)

    def _speech(self, interaction: discord.Interaction) -> Speech:
        return self._core.languages.speech(str(interaction.locale), self._core.settings.language)

    def _is_private(self, interaction: discord.Interaction) -> bool:
        """How to acknowledge: as the command is registered; what a button does is not known yet, so privately."""
        data: Mapping[str, Any] = interaction.data or {}
        form = form_of(str(data.get("custom_id", "")))
        name = form[0] if form else str(data.get("name", ""))
        command = self._core.registry.find(name) if name else None
        return not (command and command.public)

    async def _complete(self, interaction: discord.Interaction) -> None:
        """Offer what fits what is typed so far."""
        data: Mapping[str, Any] = interaction.data or {}
        option: Mapping[str, Any] = next((one for one in data.get("options", ()) if one.get("focused")), {})
        typed, speech = str(option.get("value", "")), self._speech(interaction)
        if option.get("name") == "area":
            choices: list[discord.app_commands.Choice[Any]] = [
                discord.app_commands.Choice(name=label[:100], value=value[:100])
                for label, value in areas(self._areas(), speech, typed)[:SUGGESTIONS]
            ]
        else:
            inbound = await self._receiver.whoever(interaction)
            found_numbers = await numbers(self._core, inbound, typed, SUGGESTIONS)
            choices = [discord.app_commands.Choice(name=label[:100], value=number) for number, label in found_numbers]
        await interaction.response.autocomplete(choices)


def _lacks_words(command: Command, given: Mapping[str, str]) -> bool:
    """Whether a text it needs is missing."""
    return any(item.shape is Shape.LONG and item.required and item.name not in given for item in command.parameters)
