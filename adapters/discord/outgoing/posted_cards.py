"""Finds cards already posted in a channel, by an attempt whose answer was lost or by a bot that stopped."""

from collections.abc import Mapping
from datetime import datetime

import discord

from adapters.bounded import BoundedDict
from adapters.discord.outgoing.drawing.faces import mark_of
from adapters.discord.outgoing.sending import NONCE_LIFETIME
from bot.clock import Clock
from storage.values import frozen

LOOKED_AT = 100
"""The number of a channel's last messages read in one request."""
Channel = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread


@frozen
class _Look:
    """The result of reading a channel: when, and the ids of the messages with the bot's cards, by mark."""

    at: datetime
    cards: Mapping[int, int]


class PostedCards:
    """Finds one bot's cards in channels.

    A channel is read again only after `NONCE_LIFETIME`: earlier cards were seen then, and for later ones Discord itself
    still deduplicates by nonce.
    """

    def __init__(self, client: discord.Client, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._looks: BoundedDict[int, _Look] = BoundedDict()

    async def find(self, channel: Channel, mark: int, *, refresh: bool = False) -> int | None:
        """The id of the bot's message with a mark in a channel; None if there is none, or the history may not be read.

        Args:
            refresh: whether to read the channel in any case.
        """
        look, now = self._looks.get(channel.id), self._clock.now()
        if refresh or look is None or not now - NONCE_LIFETIME <= look.at <= now:
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
            # Without Read Message History, only the nonce prevents duplicates.
            return {}
