"""Registers the messages of answers to interactions with the core, so that they are edited when items change."""

from dataclasses import replace

import discord

from adapters.discord.names import PLATFORM
from adapters.discord.outgoing.drawing.render import Outgoing
from adapters.discord.outgoing.ephemeral import LASTS
from adapters.discord.outgoing.sending import Sender
from bot.core import Core
from bot.ports.adapter import Address
from storage.values import frozen


@frozen
class Sent:
    """The one message of an answer.

    Attributes:
        id: its id.
        made: its content as sent.
        ephemeral: whether only one person sees it.
        in_place: whether it replaced the content of the message whose button was pressed.
    """

    id: str
    made: Outgoing
    ephemeral: bool = False
    in_place: bool = False


class SentAnswers:
    """Registers the answers of one bot.

    Args:
        sender: edits them.
    """

    def __init__(self, core: Core, sender: Sender) -> None:
        self._core = core
        self._sender = sender

    def note(self, interaction: discord.Interaction, key: str, sent: Sent | None) -> None:
        """Register the message of an answer.

        Args:
            sent: None where the answer became no message, or several.
        """
        if sent is None or not (sent.in_place or self._core.screens.shows(key)):
            return
        now = self._core.clock.now()
        self._sender.laid_out[sent.id] = bool(sent.made.components)
        if sent.ephemeral:
            self._sender.ephemeral.add(sent.id, interaction, is_laid_out=bool(sent.made.components))
        until = now + LASTS if sent.ephemeral else None
        to = replace(_address(interaction, key), edits=sent.id if sent.in_place else "")
        self._core.screens.deliver(PLATFORM, to, sent.id, now, until)


def _address(interaction: discord.Interaction, key: str) -> Address:
    """The address of an answer's chat; in a server it is edited there, also if only one person sees it."""
    if interaction.guild_id is None:
        return Address(str(interaction.user.id), True, key)
    return Address(str(interaction.channel_id), False, key)
