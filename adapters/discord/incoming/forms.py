"""Makes the forms (modals) to open, even while the store is slow, since a form must open within 3 s."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import discord

from adapters.bounded import BoundedDict
from adapters.discord.commands.definitions import MENUS
from adapters.discord.incoming.modals import modal
from adapters.discord.incoming.receive import Receiver
from adapters.discord.names import Opener, opener_of
from bot.commands.registry import Command, Shape
from bot.core import Core
from bot.delivery.envelope import account_mark
from bot.dispatch.autocomplete import offered_areas
from bot.dispatch.community.surroundings import settings_around
from bot.feedback.details import inputs_of_prompt
from bot.locales.speech import Speech
from bot.ports.reply import Ask, Input
from bot.settings.config import CommunitySettings
from storage.engine.errors import StoreError

MOST_QUESTIONS = 200
"""The most questions kept in memory."""
DETAILS = "particulars"
"""The command whose form asks the community's own questions."""
PATIENCE = 0.8
"""The most seconds to find a form's community; after that it opens without the community's own words and fields."""


class Forms:
    """Makes the forms of one bot."""

    def __init__(self, core: Core, receiver: Receiver) -> None:
        self._core = core
        self._receiver = receiver
        self._asked: BoundedDict[int, Ask] = BoundedDict(MOST_QUESTIONS)
        """The last question put to each person, by account id. The store has it too, but may be too slow for a form.

        Lost at a restart: the form then opens empty, and the stored arguments still count.
        """

    def remember(self, interaction: discord.Interaction, ask: Ask) -> None:
        """Keep a question to a person in memory, for the form that its button opens."""
        self._asked[interaction.user.id] = ask

    async def immediate_form(self, interaction: discord.Interaction) -> discord.ui.Modal | None:
        """The form an interaction opens as its first response, before it is handled; None when it opens none."""
        data: Mapping[str, Any] = interaction.data or {}
        if interaction.type is discord.InteractionType.component and (
            opened := opener_of(str(data.get("custom_id", "")))
        ):
            return await self._form_of_button(interaction, opened)
        if interaction.type is not discord.InteractionType.modal_submit:
            # The person did something else, such as erasing their data.
            self._asked.pop(interaction.user.id, None)
        if interaction.type is not discord.InteractionType.application_command or data.get("name") in MENUS:
            return None
        command = self._core.registry.find(str(data.get("name", "")))
        given = {option["name"]: str(option["value"]) for option in data.get("options", ())}
        if command is None or "file" in given or not _lacks_words(command, given):
            return None
        return await self._new_form(interaction, command, (), "", given)

    async def _form_of_button(self, interaction: discord.Interaction, opened: Opener) -> discord.ui.Modal | None:
        """The form a button opens, with the arguments given so far if it belongs to the person's last question."""
        ask = self._asked.get(interaction.user.id)
        if ask and ask.prompt == opened.prompt:
            return await self.form_for(interaction, ask)
        command = self._core.registry.find(opened.command)
        if command and command.name == DETAILS:
            inputs = await self._own_inputs(interaction, opened.prompt)
            return await self._new_form(interaction, command, opened.fields, opened.prompt, inputs=inputs)
        # Only the text: a choice shown at its default would replace one made before that is no longer in memory.
        return await self._new_form(interaction, command, opened.fields[:1], opened.prompt) if command else None

    async def form_for(self, interaction: discord.Interaction, ask: Ask) -> discord.ui.Modal:
        """The form for a question, with the arguments given so far.

        Raises:
            LookupError: its command is not registered.
        """
        command = self._core.registry.find(ask.command)
        if command is None:
            raise LookupError(ask.command)
        # New feedback shows all fields, so that choices made before can be reviewed.
        fields = () if command.limited == "filings" else ask.fields
        return await self._new_form(interaction, command, fields, ask.prompt, ask.values, ask.words, ask.inputs)

    async def _new_form(
        self,
        interaction: discord.Interaction,
        command: Command,
        fields: tuple[str, ...],
        prompt: str,
        values: Mapping[str, str] | None = None,
        words: str = "",
        inputs: Sequence[Input] = (),
    ) -> discord.ui.Modal:
        own = await self._community(interaction, command, prompt)
        known = self._core.settings.communities
        return modal(
            command,
            fields,
            self.speech(interaction, own),
            offered_areas(self._core, own),
            asks=words,
            prompt=prompt,
            values=values,
            inputs=inputs,
            open_to_all=own.open if own else bool(known) and all(one.open for one in known),
        )

    async def _community(
        self, interaction: discord.Interaction, command: Command, prompt: str
    ) -> CommunitySettings | None:
        """The settings of the community a form is for; None when there are several and finding it takes too long."""
        known = self._core.settings.communities
        if len(known) < 2:
            return self._core.settings_alone()
        try:
            async with asyncio.timeout(PATIENCE):
                inbound = await self._receiver.read_context(interaction, command.name)
                return await settings_around(self._core, inbound, prompt)
        except (TimeoutError, StoreError):
            return None

    async def _own_inputs(self, interaction: discord.Interaction, prompt: str) -> tuple[Input, ...]:
        """The fields for the community's own questions, read from the store; none when that takes too long."""
        try:
            async with asyncio.timeout(PATIENCE):
                inbound = await self._receiver.read_context(interaction, DETAILS)
                holder = account_mark(self._core.store.keys, inbound.actor)
                speech = self.speech(interaction)
                return await self._core.store.read(
                    lambda session: inputs_of_prompt(session, self._core, holder, prompt, speech)
                )
        except (TimeoutError, StoreError):
            return ()

    def speech(self, interaction: discord.Interaction, own: CommunitySettings | None = None) -> Speech:
        """The speech for the language of the person's Discord app; their choice in the bot would need the store.

        Args:
            own: the settings of the community whose words it uses.
        """
        known = self._core.wording.known(own.key if own else None)
        preferred = str(interaction.locale), self._core.settings.language
        return self._core.wording.speech(known.id if known else None, *preferred)


def _lacks_words(command: Command, given: Mapping[str, str]) -> bool:
    """Whether a required long text is missing."""
    words = [item for item in command.parameters if item.shape is Shape.LONG and item.required]
    return any(not given.get(item.name, "").strip() for item in words)
