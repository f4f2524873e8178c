"""Sends answers that a channel refuses to the person directly, or shows by a reaction that the bot cannot answer."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import aiohttp
import discord

from adapters.discord.outgoing.detours import notice
from bot.core import Core
from bot.ports.adapter import Address, Unreachable
from bot.ports.reply import Paragraph, Reply

Send = Callable[[Address, Reply], Awaitable[object]]
DONE, SILENCED = "✅", "🔇"
"""Reactions to a message that cannot be answered: the request is done; the bot cannot write here."""


class Fallbacks:
    """Sends refused answers of one bot another way.

    Args:
        send: sends to an address; raises `Unreachable` when that will never accept it.
    """

    def __init__(self, core: Core, client: discord.Client, send: Send) -> None:
        self._core = core
        self._client = client
        self._send = send

    async def send(self, address: Address, reply: Reply) -> bool:
        """Send what an address refused another way; False when there is none.

        Raises:
            TryLater: the other way may work later.
        """
        if address.detour is not None:
            speech = self._core.languages.speech(address.detour.language)
            there = Address(address.detour.chat, False, f"{address.key}/way", answers=address.answers)
            shown = notice(self._core.registry, speech, address.detour)
            done = address.detour.received or address.detour.changed
        elif address.person and not address.private:
            speech = self._core.languages.speech(address.language, self._core.settings.language)
            there = Address(address.person, True, f"{address.key}/alone")
            words = speech.say("I may not write where this was asked, so the answer comes here:")
            shown, done = replace(reply, blocks=(Paragraph(words), *reply.blocks)), False
        else:
            return False
        try:
            await self._send(there, shown)
        except Unreachable:
            if address.detour and address.detour.passed:
                # A reaction cannot say that somebody's message was passed on.
                return False
            chat = address.detour.chat if address.detour else address.id
            return await self._react(chat, address.answers, DONE if done else SILENCED)
        return True

    async def _react(self, chat: str, message: str, sign: str) -> bool:
        """React to a message; False when Discord refuses that too."""
        if not (chat.isdecimal() and message.isdecimal()):
            return False
        there = self._client.get_partial_messageable(int(chat)).get_partial_message(int(message))
        try:
            await there.add_reaction(sign)
        except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError):
            return False
        return True
