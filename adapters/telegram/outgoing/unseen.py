"""Shows answers in a group by ephemeral messages, which nobody else there sees.

They may vanish, and Telegram does not report whether they were read. So they are used only for answers somebody is
waiting for. Other answers are sent the usual way; an answer to an ephemeral message never where others can read it.
"""

import contextlib
import time
from collections.abc import Sequence
from dataclasses import replace

from telegram import Bot, Update
from telegram.constants import ChatType
from telegram.error import BadRequest, TelegramError

from adapters.bounded import BoundedDict
from adapters.telegram.ephemeral import DELETE, EDIT, Ephemeral, Occasion, number_in_answer, number_of
from adapters.telegram.outgoing.drawing.letter import Letter
from adapters.telegram.outgoing.drawing.render import Outgoing, in_one, render
from adapters.telegram.places import PLATFORM, Spot
from adapters.telegram.transport.calls import call
from adapters.telegram.transport.request import AnswerLost
from adapters.telegram.transport.support import EphemeralSupport
from adapters.values import JSON
from bot.delivery.envelope import answer_key
from bot.ports.adapter import Address
from bot.ports.inbound import Inbound
from bot.ports.reply import Document, Image, Reply

FRESH = 60.0
"""Seconds after an act during which its person is assumed to be looking at the group."""
MOST_STANDING = 200
REFUSED = 600.0
"""Seconds during which a group in which the bot seems to be no administrator is not tried again."""


class Unseen:
    """The ephemeral answers of one bot."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._support = EphemeralSupport(bot)
        self._noted: BoundedDict[str, Occasion] = BoundedDict()
        """By the delivery key of the answer."""
        self._stands: BoundedDict[str, Outgoing] = BoundedDict(MOST_STANDING)
        """By id, the content of messages sent or edited last, since Telegram refuses an edit that changes nothing."""
        self._refused: BoundedDict[int, float] = BoundedDict()
        """By group, when it last refused an ephemeral message that only administrators may send."""

    def note(self, update: Update, inbound: Inbound) -> None:
        """Remember a person's act in a group, for its answer."""
        query, message = update.callback_query, update.effective_message
        if message is not None and number_of(message):
            self._support.note_supported()
        meant = inbound.addressed and inbound.chat.own
        if message is None or message.chat.type == ChatType.PRIVATE or not meant:
            return
        number = number_of(message)
        self._noted[answer_key(PLATFORM, inbound.id)] = Occasion(
            Spot.read(inbound.chat.id),
            int(inbound.chat.own),
            message=0 if query else number,
            query=query.id if query else "",
            pressed=number if query else 0,
            at=time.monotonic(),
        )

    def occasion(self, address: Address) -> Occasion | None:
        """The act in a group that an answer is to; None if it was elsewhere or is unknown."""
        noted = self._noted.get(address.key)
        asked = Ephemeral.read(address.answers)
        if noted is not None or asked is None:
            return noted
        spot = Spot.read(address.detour.chat if address.detour else address.id)
        return Occasion(spot, asked.person, message=asked.number)

    def changes(self, address: Address, reply: Reply) -> bool:
        """Whether an answer replaces the ephemeral message whose button was pressed."""
        occasion = self.occasion(address)
        return reply.edits and occasion is not None and bool(occasion.pressed)

    async def show(self, address: Address, reply: Reply) -> str | None:
        """Show an answer to an ephemeral message or to a press.

        Returns:
            The id of its message, empty if it became several; None if it has to be sent the usual way.

        Raises:
            AnswerLost: it may have been shown.
        """
        occasion = self.occasion(address)
        if occasion is None or reply.repeated or not (occasion.unseen or _leaves_by_press(occasion, address)):
            return None
        return await self._show(occasion, reply)

    async def edit(self, shown: Ephemeral, reply: Reply) -> None:
        """Edit an ephemeral message, if it still exists."""
        messages = in_one(render(reply))
        if len(messages) != 1 or self._stands.get(str(shown)) == messages[0]:
            return
        with contextlib.suppress(BadRequest):
            await self._edit(Spot(shown.chat), shown, messages[0])

    async def _edit(self, spot: Spot, shown: Ephemeral, outgoing: Outgoing) -> None:
        given = Letter(spot, outgoing).edit(shown.number)
        await call(self._bot, EDIT, _known({**given, "message_id": None, **shown.named()}))
        self._stands[str(shown)] = outgoing

    async def show_instead(self, address: Address, reply: Reply) -> str | None:
        """Show an answer that could not be sent privately, if its person has just asked; returns as `show`.

        Raises:
            AnswerLost: it may have been shown.
        """
        occasion = self.occasion(address)
        if occasion is None or address.detour is None or not _is_fresh(occasion):
            return None
        # Those were tried by `show`.
        tried = not reply.repeated and (occasion.unseen or _leaves_by_press(occasion, address))
        return None if tried or not self._may_try(occasion) else await self._show(occasion, reply)

    async def hint(self, address: Address, text: str, markup: JSON | None) -> Ephemeral | None:
        """Show a person the hint that an answer waits in their private chat; None if that is not possible."""
        occasion = self.occasion(address)
        if occasion is None or not self._may_try(occasion) or not await self._support.is_supported():
            return None
        given = {"chat_id": occasion.spot.chat, "message_thread_id": occasion.spot.topic, "text": text}
        with contextlib.suppress(TelegramError):
            number = await self._send(occasion, "sendMessage", {**given, "parse_mode": "HTML", "reply_markup": markup})
            return occasion.shown(number) if number else None
        return None

    async def delete(self, shown: Ephemeral) -> None:
        """Delete an ephemeral message, if it still exists."""
        with contextlib.suppress(TelegramError):
            await call(self._bot, DELETE, shown.named())

    def apart(self, address: Address) -> Address:
        """The address; for a public answer to an ephemeral message, that of the person's private chat."""
        occasion = self.occasion(address)
        if occasion is None or not occasion.unseen or address.private:
            return address
        return replace(address, id=str(occasion.person), private=True, answers="", edits="", person="")

    def _may_try(self, occasion: Occasion) -> bool:
        """Whether Telegram may accept an ephemeral message: as an answer, or at any time from an administrator."""
        before = self._refused.get(occasion.spot.chat)
        if occasion.allowed:
            return True
        return _is_fresh(occasion) and (before is None or time.monotonic() - before > REFUSED)

    async def _show(self, occasion: Occasion, reply: Reply) -> str | None:
        if any(isinstance(block, Document | Image) for block in reply.blocks) or not await self._support.is_supported():
            # A file must not vanish.
            return None
        messages = in_one(render(reply))
        try:
            if occasion.pressed and reply.edits and await self._replace(occasion, messages):
                return str(occasion.shown(occasion.pressed))
            sent = [str(occasion.shown(number)) for number in await self._send_all(occasion, messages)]
        except AnswerLost:
            raise
        except TelegramError as error:
            if isinstance(error, BadRequest) and not occasion.allowed:
                self._refused[occasion.spot.chat] = time.monotonic()
            return None
        if len(sent) < len(messages):
            return None
        self._stands.update(zip(sent, messages, strict=True))
        return sent[0] if len(sent) == 1 else ""

    async def _send_all(self, occasion: Occasion, messages: Sequence[Outgoing]) -> list[int]:
        """Send ephemeral messages; return the numbers of those before the first one that the server cannot send."""
        sent: list[int] = []
        for one in messages:
            number = await self._send(occasion, *Letter(occasion.spot, one).call())
            if not number:
                break
            sent.append(number)
        return sent

    async def _replace(self, occasion: Occasion, messages: Sequence[Outgoing]) -> bool:
        """Edit the message whose button was pressed, or else delete it; return whether it was edited."""
        pressed = occasion.shown(occasion.pressed)
        if len(messages) == 1:
            try:
                await self._edit(occasion.spot, pressed, messages[0])
            except BadRequest as error:
                if "not modified" in str(error).lower():
                    return True
            else:
                return True
        await self.delete(pressed)
        return False

    async def _send(self, occasion: Occasion, method: str, given: JSON) -> int:
        """Send an ephemeral message; return its number, or 0 if the server cannot."""
        answer = await call(self._bot, method, _known({**given, **occasion.allows()}))
        number = number_in_answer(answer)
        if not number:
            self._support.note_unsupported()
            await self._withdraw(occasion.spot.chat, answer)
        return number

    async def _withdraw(self, chat: int, answer: object) -> None:
        """Delete a message that the server showed to everybody."""
        posted = answer.get("message_id") if isinstance(answer, dict) else None
        if isinstance(posted, int):
            with contextlib.suppress(TelegramError):
                await self._bot.delete_message(chat, posted)


def _is_fresh(occasion: Occasion) -> bool:
    return time.monotonic() - occasion.at <= FRESH


def _leaves_by_press(occasion: Occasion, address: Address) -> bool:
    """Whether it is a private answer to a press on a public message."""
    return bool(occasion.query) and address.private


def _known(given: JSON) -> JSON:
    return {name: value for name, value in given.items() if value is not None}
