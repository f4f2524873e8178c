"""Opens forms: from the registry alone, whatever the store is doing."""

from collections.abc import Mapping
from typing import Any

import discord

from adapters.discord.commands.definitions import MENUS
from adapters.discord.incoming.modals import modal
from adapters.discord.names import Opener, opener_of
from adapters.recent import Recent
from bot.commands.registry import Command, Shape
from bot.core import Core
from bot.locales.areas import Areas
from bot.locales.speech import Speech
from bot.ports.reply import Ask

MOST = 200
"""Questions remembered with what was answered so far."""


class Forms:
    """The forms of one bot."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._asked: Recent[int, Ask] = Recent(MOST)
        """What each person was asked last. The store has it too, but may be slow, and a form opens at once or never.

        Forgotten after a restart: then the form is empty, and what was given before still counts.
        """

    def remember(self, interaction: discord.Interaction, ask: Ask) -> None:
        """Keep what a person is asked, for the form its button opens."""
        self._asked[interaction.user.id] = ask

    def early(self, interaction: discord.Interaction) -> discord.ui.Modal | None:
        """The form to open before anything else, without the store; None when there is none to open."""
        data: Mapping[str, Any] = interaction.data or {}
        if interaction.type is discord.InteractionType.component and (
            opened := opener_of(str(data.get("custom_id", "")))
        ):
            return self._opened(interaction, opened)
        if interaction.type is not discord.InteractionType.modal_submit:
            # They went on to something else, perhaps to have everything erased.
            self._asked.pop(interaction.user.id, None)
        if interaction.type is not discord.InteractionType.application_command or data.get("name") in MENUS:
            return None
        command = self._core.registry.find(str(data.get("name", "")))
        given = {option["name"]: str(option["value"]) for option in data.get("options", ())}
        if command is None or "file" in given or not _lacks_words(command, given):
            return None
        return self._bare(interaction, command, (), "", given)

    def _opened(self, interaction: discord.Interaction, opened: Opener) -> discord.ui.Modal | None:
        """What a button opens: filled in with what the person gave, if it is their question."""
        ask = self._asked.get(interaction.user.id)
        if ask and ask.prompt == opened.prompt:
            return self.asked(interaction, ask)
        command = self._core.registry.find(opened.command)
        return self._bare(interaction, command, opened.fields, opened.prompt) if command else None

    def _bare(
        self,
        interaction: discord.Interaction,
        command: Command,
        fields: tuple[str, ...],
        prompt: str,
        values: Mapping[str, str] | None = None,
    ) -> discord.ui.Modal:
        speech = self.speech(interaction)
        return modal(command, fields, speech, self._areas(), prompt=prompt, values=values)

    def asked(self, interaction: discord.Interaction, ask: Ask) -> discord.ui.Modal:
        """The form for a question.

        Raises:
            LookupError: it is for no command of ours.
        """
        command = self._core.registry.find(ask.command)
        if command is None:
            raise LookupError(ask.command)
        speech, areas = self.speech(interaction), self._areas()
        # What was chosen for new feedback is shown with what it still lacks, to be looked at once more.
        fields = () if command.limited == "filings" else ask.fields
        return modal(command, fields, speech, areas, asks=ask.words, prompt=ask.prompt, values=ask.values)

    def _areas(self) -> tuple[str, ...]:
        """The areas to choose from: the only community's own, or the five impacts; none where there are several."""
        own = self._core.settings.communities
        if len(own) > 1:
            return ()
        return tuple(Areas(own[0].areas if own else (), self._core.languages.all().values()).offered)

    def speech(self, interaction: discord.Interaction) -> Speech:
        """The language a person has Discord in: what they chose is in the store."""
        return self._core.languages.speech(str(interaction.locale), self._core.settings.language)


def _lacks_words(command: Command, given: Mapping[str, str]) -> bool:
    """Whether a text it needs is missing."""
    words = [item for item in command.parameters if item.shape is Shape.LONG and item.required]
    return any(not given.get(item.name, "").strip() for item in words)
