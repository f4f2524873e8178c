"""Handles answers that a chat refuses: sent privately, replaced by a hint to the private chat, or by a reaction."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram import Bot
from telegram.constants import ReactionEmoji
from telegram.error import TelegramError

from adapters.telegram.outgoing.hints import Hints
from adapters.telegram.outgoing.refusals import Refusals
from bot.core import Core
from bot.ports.adapter import Address, Detour, Unreachable
from bot.ports.reply import Ask, Paragraph, Reply

Send = Callable[[Address, Reply], Awaitable[object]]


class Fallbacks:
    """Sends refused answers of one bot another way.

    Args:
        send: sends a reply to an address, without fallbacks.
    """

    def __init__(self, core: Core, bot: Bot, hints: Hints, refusals: Refusals, send: Send) -> None:
        self._core = core
        self._bot = bot
        self._hints = hints
        self._refusals = refusals
        self._send = send

    async def send(self, address: Address, reply: Reply) -> bool:
        """Inform a person of an answer that its chat refused; return whether that was possible.

        Raises:
            TryLater: it was not sent now.
            Uncertain: it may have been sent.
        """
        if address.detour is not None:
            if await self._post_hint(address, address.detour):
                return True
            done = address.detour.received or address.detour.changed
            # A reaction cannot say that somebody's message was passed on.
            return not address.detour.passed and await self._react(address, done=done)
        if address.private or not address.person:
            return False
        return await self._send_alone(address, reply) or await self._react(address, done=False)

    async def _post_hint(self, address: Address, detour: Detour) -> bool:
        """Post the hint to a private answer where its person asked."""
        try:
            await self._hints.post(address, detour)
        except TelegramError as error:
            failure = self._refusals.translate(error)
            if not isinstance(failure, Unreachable):
                raise failure from None
            return False
        return True

    async def _send_alone(self, address: Address, reply: Reply) -> bool:
        """Send the person an answer privately that a group refused."""
        speech = self._core.languages.speech(address.language)
        why = Paragraph(speech.say("The bot may not write in the group just now, so this comes here:"))
        # A question cannot be asked privately, since its answer is expected in the group.
        blocks = tuple(block for block in reply.blocks if not isinstance(block, Ask))
        if not blocks:
            return False
        alone = replace(address, id=address.person, private=True, answers="", edits="", key=f"{address.key}/alone")
        try:
            await self._send(alone, replace(reply, blocks=(why, *blocks)))
        except Unreachable:
            return False
        return True

    async def _react(self, address: Address, *, done: bool) -> bool:
        """React to the person's message: it was done, or at least read."""
        chat, _, number = address.answers.partition("/")
        if not number.isdecimal():
            return False
        emoji = ReactionEmoji.THUMBS_UP if done else ReactionEmoji.EYES
        try:
            await self._bot.set_message_reaction(int(chat), int(number), emoji)
        except TelegramError:
            return False
        return True
