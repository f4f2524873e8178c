"""Looks for cards that stand in a channel already, posted by an attempt whose answer was lost or a bot that stopped."""

from collections.abc import Mapping
from datetime import datetime

import discord

from adapters.bounded import BoundedDict
from adapters.discord.outgoing.drawing.faces import mark_of
from adapters.discord.outgoing.sending import NONCE_LIFETIME
from bot.clock import Clock
from storage.values import frozen

LOOKED_AT = 100
"""Messages of a channel, the last ones, among which the bot looks for its own; one request."""
Channel = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread


@frozen
class _Look:
    """A look at a channel: when, and the messages of the bot's own cards by their marks."""

    at: datetime
    cards: Mapping[int, int]


class PostedCards:
    """The looks of one bot.

    A channel is looked at again after `NONCE_LIFETIME`: what was posted before the last look was seen then, and what
    was posted since is still recognised by its nonce.
    """

    def __init__(self, client: discord.Client, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._looks: BoundedDict[int, _Look] = BoundedDict()

    async def find(self, channel: Channel, mark: int, *, afresh: bool = False) -> int | None:
        """The id of the bot's own message in a channel that has a mark; None where there is none, or none is shown.

        Args:
            afresh: whether to look again in any case.
        """
        look, now = self._looks.get(channel.id), self._clock.now()
        if afresh or look is None or not now - NONCE_LIFETIME <= look.at <= now:
            look = self._looks[channel.id] = _Look(now, await self._read(channel))
        return look.cards.get(mark)

    async def _read(self, channel: Channel) -> Mapping[int, int]:
        me = self._client.user
        try:
            return {
                mark_of(message): message.id
                async for message in channel.history(limit=LOOKED_AT)
                if me and message.author.id == me.id and mark_of(message)
            }
        except discord.Forbidden:
            # Without Read Message History a repeat is recognised by its nonce alone.
            return {}
