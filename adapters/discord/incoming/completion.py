"""Autocompletes command options: areas, and the numbers of feedback."""

import asyncio
from collections.abc import Mapping
from typing import Any

import discord

from adapters.discord.incoming.receive import Receiver
from bot.core import Core
from bot.dispatch.autocomplete import areas, numbers
from bot.ports.inbound import Inbound

TIMEOUT = 2.5
"""Seconds to answer an autocompletion: Discord drops later answers."""
MOST_CHOICES = 25
LONGEST = 100


class Completions:
    """Answers the autocompletions of one bot."""

    def __init__(self, core: Core, receiver: Receiver) -> None:
        self._core = core
        self._receiver = receiver

    async def answer(self, interaction: discord.Interaction) -> None:
        """Answer with the choices that match the text typed so far; with none when finding them takes too long."""
        data: Mapping[str, Any] = interaction.data or {}
        option: Mapping[str, Any] = next((one for one in data.get("options", ()) if one.get("focused")), {})
        command = str(data.get("name", ""))
        try:
            async with asyncio.timeout(TIMEOUT):
                inbound = await self._receiver.read_context(interaction, command)
                choices = await self._choices(inbound, str(option.get("name")), str(option.get("value", "")))
        except TimeoutError:
            choices = []
        await interaction.response.autocomplete(choices)

    async def _choices(self, inbound: Inbound, option: str, typed: str) -> list[discord.app_commands.Choice[Any]]:
        if option == "area":
            speech = self._core.languages.speech(inbound.actor.locale, self._core.settings.language)
            offered = await areas(self._core, inbound, speech, typed)
            named = [(label, value[:LONGEST]) for label, value in offered]
            return [
                discord.app_commands.Choice(name=label[:LONGEST], value=value) for label, value in named[:MOST_CHOICES]
            ]
        found = await numbers(self._core, inbound, typed, MOST_CHOICES)
        return [discord.app_commands.Choice(name=label[:LONGEST], value=number) for number, label in found]
