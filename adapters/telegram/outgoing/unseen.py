"""Shows people answers in a group that nobody else there sees, by ephemeral messages.

They may vanish, and Telegram does not say whether they were read. So they show only what somebody waits for just now;
what cannot be shown so goes the usual way, and never where others read what was asked unseen.
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
"""Seconds after which nobody is taken to be still looking at the group."""
MOST_STANDING = 200
REFUSED = 600.0
"""Seconds in which a group where the bot seems to be no administrator is not tried again."""


class Unseen:
    """The answers of one bot that one person alone sees in a group."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._support = EphemeralSupport(bot)
        self._noted: BoundedDict[str, Occasion] = BoundedDict()
        """By the delivery key of their answers."""
        self._stands: BoundedDict[str, Outgoing] = BoundedDict(MOST_STANDING)
        """By id, what messages show that were sent or edited last: Telegram refuses an edit that changes nothing."""
        self._refused: BoundedDict[int, float] = BoundedDict()
        """By group, when it last took nothing unseen to whom only an administrator may show something."""

    def note(self, update: Update, inbound: Inbound) -> None:
        """Remember what somebody did in a group."""
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
        """What an answer is to, if it was done in a group and is known."""
        noted = self._noted.get(address.key)
        asked = Ephemeral.read(address.answers)
        if noted is not None or asked is None:
            return noted
        spot = Spot.read(address.detour.chat if address.detour else address.id)
        return Occasion(spot, asked.person, message=asked.number)

    def changes(self, address: Address, reply: Reply) -> bool:
        """Whether an answer is to take the place of the ephemeral message under which somebody pressed."""
        occasion = self.occasion(address)
        return reply.edits and occasion is not None and bool(occasion.pressed)

    async def show(self, address: Address, reply: Reply) -> str | None:
        """Show an answer to what nobody else saw, or to a press.

        Returns:
            The id of its message, empty where it became several; None where it goes the usual way.

        Raises:
            AnswerLost: it may have been shown.
        """
        occasion = self.occasion(address)
        if occasion is None or reply.repeated or not (occasion.unseen or _leaves_by_press(occasion, address)):
            return None
        return await self._show(occasion, reply)

    async def edit(self, shown: Ephemeral, reply: Reply) -> None:
        """Edit what was shown, if it is still there."""
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
        """Show an answer that its person alone cannot be sent, if they asked just now; returns as `show` does.

        Raises:
            AnswerLost: it may have been shown.
        """
        occasion = self.occasion(address)
        if occasion is None or address.detour is None or not _is_fresh(occasion):
            return None
        # Those were tried before.
        tried = not reply.repeated and (occasion.unseen or _leaves_by_press(occasion, address))
        return None if tried or not self._may_try(occasion) else await self._show(occasion, reply)

    async def hint(self, address: Address, text: str, markup: JSON | None) -> Ephemeral | None:
        """Show somebody the way to an answer that waits in their private chat; None where that cannot be unseen."""
        occasion = self.occasion(address)
        if occasion is None or not self._may_try(occasion) or not await self._support.is_supported():
            return None
        given = {"chat_id": occasion.spot.chat, "message_thread_id": occasion.spot.topic, "text": text}
        with contextlib.suppress(TelegramError):
            number = await self._send(occasion, "sendMessage", {**given, "parse_mode": "HTML", "reply_markup": markup})
            return occasion.shown(number) if number else None
        return None

    async def delete(self, shown: Ephemeral) -> None:
        """Take away what was shown, if it is still there."""
        with contextlib.suppress(TelegramError):
            await call(self._bot, DELETE, shown.named())

    def apart(self, address: Address) -> Address:
        """The address, or that of the person alone for a public answer to what nobody else saw."""
        occasion = self.occasion(address)
        if occasion is None or not occasion.unseen or address.private:
            return address
        return replace(address, id=str(occasion.person), private=True, answers="", edits="", person="")

    def _may_try(self, occasion: Occasion) -> bool:
        """Whether Telegram may take a message for this person: of an administrator at any time, else as an answer."""
        before = self._refused.get(occasion.spot.chat)
        if occasion.allowed:
            return True
        return _is_fresh(occasion) and (before is None or time.monotonic() - before > REFUSED)

    async def _show(self, occasion: Occasion, reply: Reply) -> str | None:
        if any(isinstance(block, Document | Image) for block in reply.blocks) or not await self._support.is_supported():
            # A file is to be kept.
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
        """Send messages for one person alone; return their numbers, of those before one that the server cannot."""
        sent: list[int] = []
        for one in messages:
            number = await self._send(occasion, *Letter(occasion.spot, one).call())
            if not number:
                break
            sent.append(number)
        return sent

    async def _replace(self, occasion: Occasion, messages: Sequence[Outgoing]) -> bool:
        """Change the message under which somebody pressed; where that cannot be, take it away for a new one."""
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
        """Send a message to one person alone; return its number, or 0 if the server cannot."""
        answer = await call(self._bot, method, _known({**given, **occasion.allows()}))
        number = number_in_answer(answer)
        if not number:
            self._support.note_unsupported()
            await self._withdraw(occasion.spot.chat, answer)
        return number

    async def _withdraw(self, chat: int, answer: object) -> None:
        """Delete what everybody was shown."""
        posted = answer.get("message_id") if isinstance(answer, dict) else None
        if isinstance(posted, int):
            with contextlib.suppress(TelegramError):
                await self._bot.delete_message(chat, posted)


def _is_fresh(occasion: Occasion) -> bool:
    return time.monotonic() - occasion.at <= FRESH


def _leaves_by_press(occasion: Occasion, address: Address) -> bool:
    """Whether it is a private answer to a press in public."""
    return bool(occasion.query) and address.private


def _known(given: JSON) -> JSON:
    return {name: value for name, value in given.items() if value is not None}
