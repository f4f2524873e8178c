"""Makes the forms (modals) to open, without the store: a form opens within 3 s or not at all."""

from collections.abc import Mapping
from typing import Any

import discord

from adapters.bounded import BoundedDict
from adapters.discord.commands.definitions import MENUS
from adapters.discord.incoming.modals import modal
from adapters.discord.names import Opener, opener_of
from bot.commands.registry import Command, Shape
from bot.core import Core
from bot.locales.areas import Areas
from bot.locales.speech import Speech
from bot.ports.reply import Ask

MOST_QUESTIONS = 200
"""Questions kept in memory."""


class Forms:
    """Makes the forms of one bot."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._asked: BoundedDict[int, Ask] = BoundedDict(MOST_QUESTIONS)
        """The last question put to each person, by account id. The store has it too, but may be too slow for a form.

        Lost at a restart: the form then opens empty, and the stored arguments still count.
        """

    def remember(self, interaction: discord.Interaction, ask: Ask) -> None:
        """Keep the question put to a person, for the form that its button opens."""
        self._asked[interaction.user.id] = ask

    def immediate_form(self, interaction: discord.Interaction) -> discord.ui.Modal | None:
        """The form an interaction opens as its first response, made without the store; None when it opens none."""
        data: Mapping[str, Any] = interaction.data or {}
        if interaction.type is discord.InteractionType.component and (
            opened := opener_of(str(data.get("custom_id", "")))
        ):
            return self._form_of_button(interaction, opened)
        if interaction.type is not discord.InteractionType.modal_submit:
            # The person did something else, perhaps had their data erased.
            self._asked.pop(interaction.user.id, None)
        if interaction.type is not discord.InteractionType.application_command or data.get("name") in MENUS:
            return None
        command = self._core.registry.find(str(data.get("name", "")))
        given = {option["name"]: str(option["value"]) for option in data.get("options", ())}
        if command is None or "file" in given or not _lacks_words(command, given):
            return None
        return self._new_form(interaction, command, (), "", given)

    def _form_of_button(self, interaction: discord.Interaction, opened: Opener) -> discord.ui.Modal | None:
        """The form a button opens: with the arguments given so far if it belongs to the person's last question."""
        ask = self._asked.get(interaction.user.id)
        if ask and ask.prompt == opened.prompt:
            return self.form_for(interaction, ask)
        command = self._core.registry.find(opened.command)
        # The words alone: a choice shown as usual would replace one that was made and is not in memory any more.
        return self._new_form(interaction, command, opened.fields[:1], opened.prompt) if command else None

    def _new_form(
        self,
        interaction: discord.Interaction,
        command: Command,
        fields: tuple[str, ...],
        prompt: str,
        values: Mapping[str, str] | None = None,
    ) -> discord.ui.Modal:
        speech = self.speech(interaction)
        return modal(command, fields, speech, self._areas(), prompt=prompt, values=values, open_to_all=self._is_open())

    def form_for(self, interaction: discord.Interaction, ask: Ask) -> discord.ui.Modal:
        """The form for a question, with the arguments given so far.

        Raises:
            LookupError: its command is not registered.
        """
        command = self._core.registry.find(ask.command)
        if command is None:
            raise LookupError(ask.command)
        speech, areas = self.speech(interaction), self._areas()
        # New feedback shows all fields, so that choices made before can be reviewed.
        fields = () if command.limited == "filings" else ask.fields
        words, open_to_all = ask.words, self._is_open()
        return modal(
            command,
            fields,
            speech,
            areas,
            asks=words,
            prompt=ask.prompt,
            values=ask.values,
            open_to_all=open_to_all,
        )

    def _areas(self) -> tuple[str, ...]:
        """The areas to choose from: those of the only community, or the default ones; none with several communities."""
        own = self._core.settings.communities
        if len(own) > 1:
            return ()
        return tuple(Areas(own[0].areas if own else (), self._core.languages.all().values()).offered)

    def _is_open(self) -> bool:
        """Whether everyone who finds the bot sees what is for everyone, in all communities: the form's is unknown."""
        own = self._core.settings.communities
        return bool(own) and all(one.open for one in own)

    def speech(self, interaction: discord.Interaction) -> Speech:
        """The language of the person's Discord app; the one they chose with the bot is in the store."""
        return self._core.languages.speech(str(interaction.locale), self._core.settings.language)


def _lacks_words(command: Command, given: Mapping[str, str]) -> bool:
    """Whether a required long text is missing."""
    words = [item for item in command.parameters if item.shape is Shape.LONG and item.required]
    return any(not given.get(item.name, "").strip() for item in words)
