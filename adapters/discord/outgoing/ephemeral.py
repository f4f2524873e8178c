"""Edits ephemeral messages, which Discord allows for 15 minutes, through their interaction."""

from datetime import timedelta

import discord

from adapters.bounded import BoundedDict
from adapters.discord.outgoing.drawing.layout import as_components
from adapters.discord.outgoing.drawing.payload import edit_arguments
from adapters.discord.outgoing.drawing.render import Outgoing
from adapters.discord.outgoing.refusals import is_about_message
from storage.values import frozen

LASTS = timedelta(minutes=14)
"""How long after a press or a command its answer can be edited, with a minute to spare."""
EXPIRED = frozenset({10015, 50027})
"""Discord's error codes for an interaction of more than 15 minutes ago."""


@frozen
class Editable:
    """An ephemeral message that can be edited through the interaction it answered last."""

    interaction: discord.Interaction
    is_laid_out: bool


class EphemeralMessages:
    """The ephemeral messages of one bot, in memory, since the tokens of interactions are not stored."""

    def __init__(self) -> None:
        self._editable: BoundedDict[str, Editable] = BoundedDict()
        """By message id."""

    def add(self, message: str, interaction: discord.Interaction, *, is_laid_out: bool) -> None:
        """Store the interaction through which a message can be edited."""
        self._editable[message] = Editable(interaction, is_laid_out)

    def holds(self, message: str) -> bool:
        """Whether a message is one of these ephemeral messages."""
        return message in self._editable

    async def edit(self, message: str, made: Outgoing) -> bool:
        """Edit a message; False when it was dismissed or can no longer be edited.

        Raises:
            discord.HTTPException: the error is not about this message.
        """
        found = self._editable[message]
        shown = as_components(made) if found.is_laid_out else made
        try:
            await found.interaction.edit_original_response(**edit_arguments(shown))
        except discord.HTTPException as error:
            if not (is_about_message(error) or error.code in EXPIRED):
                raise
            self._editable.pop(message, None)
            return False
        if shown.components:
            self._editable[message] = Editable(found.interaction, is_laid_out=True)
        return True
