"""Sends replies to Telegram; what a group refuses is sent privately, or replaced by a reaction."""

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from adapters.bounded import BoundedDict
from adapters.telegram.ephemeral import Ephemeral
from adapters.telegram.outgoing.drawing.adaptation import adapt
from adapters.telegram.outgoing.drawing.letter import Letter
from adapters.telegram.outgoing.drawing.mention import address_question
from adapters.telegram.outgoing.drawing.render import Outgoing, as_edit, render, stands
from adapters.telegram.outgoing.fallbacks import Fallbacks
from adapters.telegram.outgoing.hints import Hints
from adapters.telegram.outgoing.presses import Presses
from adapters.telegram.outgoing.refusals import Refusals, is_lost_topic, is_unmodified, may_not_send
from adapters.telegram.outgoing.refused_posts import RefusedPosts
from adapters.telegram.outgoing.removal import is_removed
from adapters.telegram.outgoing.unseen import Unseen
from adapters.telegram.places import Spot, is_in, message_id, number_in
from adapters.telegram.transport.calls import Calls
from adapters.telegram.transport.request import AnswerLost
from bot.core import Core
from bot.ports.adapter import Address, Uncertain, Unreachable
from bot.ports.reply import Reply
from bot.privacy.left_places import LeftPlaces

ANSWER_PREFIX = "answer:"
"""The prefix of the delivery keys of answers, for which somebody is waiting."""
MOST_STANDING = 200
MOST_ADAPTATIONS = 3
"""The most attempts to send one message, each adapted to the previous refusal."""


class Sender:
    """Sends replies for one bot.

    Args:
        calls: sends messages.
        bot: makes all other calls.
        refusals: translates Telegram's errors.
        left_places: stores which groups the bot was removed from.
        refused_posts: notifies the team of posts that a place refuses.
        presses: shows short answers as notices where a button was pressed.
        unseen: shows answers in a group by ephemeral messages.
    """

    def __init__(
        self,
        core: Core,
        calls: Calls,
        bot: Bot,
        refusals: Refusals,
        left_places: LeftPlaces,
        refused_posts: RefusedPosts,
        presses: Presses,
        unseen: Unseen,
    ) -> None:
        self.hints = Hints(core, bot, unseen)
        self._core = core
        self._calls = calls
        self._bot = bot
        self._left_places = left_places
        self._refused_posts = refused_posts
        self._presses = presses
        self._unseen = unseen
        self._sent_parts: BoundedDict[str, list[int]] = BoundedDict()
        """By delivery key, the numbers of the messages sent before one failed; a retry skips them."""
        self._standing: BoundedDict[str, Outgoing] = BoundedDict(MOST_STANDING)
        """By id, the content of messages sent or edited last."""
        self._refusals = refusals
        self._fallbacks = Fallbacks(core, bot, self.hints, self._refusals, self._send)

    async def send(self, address: Address, reply: Reply) -> str:
        """Send a reply; a retry with the same key continues after the messages sent.

        Returns:
            The id of its message, by which it can be edited, or the ids of several messages separated by spaces; empty
            if there is none in the chat. Separate messages of pictures and files are left out.

        Raises:
            Unreachable: the address will never accept it.
            TryLater: it was not sent now; as `Offline`, nothing can be.
            Uncertain: it may have been sent; the answer was lost.
        """
        await self._refusals.wait_for_answers()
        if address.edits_only and (shown := Ephemeral.read(address.edits)):
            return await self._edit_unseen(address, shown, reply)
        if await self._presses.show(address, reply, notice=not self._unseen.changes(address, reply)):
            return ""
        try:
            unseen = await self._unseen.show(address, reply)
            if unseen is not None or (reply.fleeting and address.detour):
                return unseen or ""
            message = await self._deliver(self._unseen.apart(address), reply)
        except AnswerLost as error:
            self._forget(address)
            raise self._refusals.translate(error) from None
        except Uncertain:
            self._forget(address)
            raise
        except Unreachable:
            # Parts that a place accepted before it refused the rest are not posted again.
            if not self._sent_parts.get(address.key):
                self._forget(address)
            raise
        if reply.hush and address.answers:
            await self._delete_answered(address)
        self._forget(address)
        return message

    async def _deliver(self, address: Address, reply: Reply) -> str:
        try:
            message = await self._send(address, reply)
        except Unreachable as refusal:
            if address.edits_only:
                raise
            unseen = await self._unseen.show_instead(address, reply)
            if unseen is not None or await self._fallbacks.send(address, reply):
                return unseen or ""
            if not (address.private or address.person):
                await self._refused_posts.add(address, str(refusal))
            raise
        await self._refused_posts.resend_to(address)
        return message

    async def _send(self, address: Address, reply: Reply) -> str:
        spot = _spot_of(address)
        messages = render(reply)
        if address.edits_only:
            return await self._edit_all(address, spot, [one for one in messages if stands(one)])
        if address.edits and await self._edit(address.edits, spot, as_edit(messages)):
            return address.edits
        sent = self._sent_parts.setdefault(address.key, [])
        answers = number_in(spot.chat, address.answers) if spot.chat < 0 or reply.quotes else None
        for place, outgoing in enumerate(messages):
            if place < len(sent):
                continue
            quoted = answers if place == 0 else sent[0] if outgoing.reply_to_first else None
            shown = address_question(address, outgoing, quoted) if spot.chat < 0 else outgoing
            sent.append(await self._send_adapted(address, Letter(spot, shown, quoted)))
        made = {message_id(spot.chat, number): one for number, one in zip(sent, messages, strict=True) if stands(one)}
        self._standing.update(made)
        return " ".join(made)

    async def _edit_all(self, address: Address, spot: Spot, texts: Sequence[Outgoing]) -> str:
        """Edit the messages of an answer; if it has fewer now, the others are deleted."""
        ids = address.edits.split()
        # An answer that needs more messages than there are is left unchanged.
        for place, own in enumerate(ids if len(texts) <= len(ids) else ()):
            if place < len(texts):
                await self._edit(own, spot, texts[place], paced=True)
            elif number := number_in(spot.chat, own):
                await self._delete(spot.chat, number)
        return address.edits

    async def _edit_unseen(self, address: Address, shown: Ephemeral, reply: Reply) -> str:
        try:
            await self._unseen.edit(shown, reply)
        except TelegramError as error:
            raise self._refusals.translate_edit(error) from None
        return address.edits

    async def _edit(self, message: str, spot: Spot, outgoing: Outgoing | None, *, paced: bool = False) -> bool:
        """Edit the message with this id; False if it is no message's id, or Telegram refuses."""
        number = number_in(spot.chat, message)
        if outgoing is None or number is None:
            return False
        if self._standing.get(message) == outgoing:
            # Telegram refuses an edit that changes nothing.
            return True
        try:
            await self._calls.send("editMessageText", Letter(spot, outgoing).edit(number), paced=paced)
        except BadRequest as error:
            # Too old or deleted; a new message is sent instead.
            return is_unmodified(error)
        except AnswerLost as error:
            self._standing.pop(message, None)
            raise self._refusals.translate_edit(error) from None
        except TelegramError as error:
            raise self._refusals.translate(error) from None
        self._standing[message] = outgoing
        return True

    async def _send_adapted(self, address: Address, letter: Letter) -> int:
        """Send one message, adapting it to Telegram's refusals; return its number."""
        paced = not address.key.startswith(ANSWER_PREFIX)
        for _ in range(MOST_ADAPTATIONS):
            try:
                return await self._calls.send(*letter.call(), paced=paced)
            except TelegramError as error:
                if is_removed(letter.spot.chat, error):
                    await self._left_places.leave(partial(is_in, letter.spot.chat))
                adapted = await self._adapt(letter, error)
                if adapted is None:
                    raise self._refusals.translate(error) from None
                letter = adapted
        raise Unreachable("Telegram takes it in no form")

    async def _adapt(self, letter: Letter, error: TelegramError) -> Letter | None:
        """The message adapted to a refusal; None if the error is not about its chat, topic, picture or markup."""
        match error:
            case BadRequest() if is_lost_topic(error) and letter.spot.topic is not None:
                self._refusals.log_once(
                    str(letter.spot),
                    "a topic is gone or closed, so its messages go to the general one: /setup another place",
                )
                return replace(letter, spot=Spot(letter.spot.chat))
            case BadRequest() if letter.outgoing.photo is not None and may_not_send(error):
                return letter.worded()
            case _:
                return await adapt(self._core, self._refusals, letter, error)

    def _forget(self, address: Address) -> None:
        self._sent_parts.pop(address.key, None)

    async def _delete_answered(self, address: Address) -> None:
        chat, _, number = address.answers.partition("/")
        if number.isdecimal():
            # Only administrators may delete; the reply has told the person that others may have read it.
            await self._delete(int(chat), int(number))

    async def _delete(self, chat: int, number: int) -> None:
        with contextlib.suppress(TelegramError):
            await self._bot.delete_message(chat, number)


def _spot_of(address: Address) -> Spot:
    try:
        return Spot.read(address.id)
    except ValueError:
        raise Unreachable("nobody there to write to") from None
