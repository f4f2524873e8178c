"""Sends replies to Telegram, and translates Telegram's errors for the outbox."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import structlog
from telegram import Bot, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from adapters.bounded import BoundedDict
from adapters.telegram.outgoing import detour as notice
from adapters.telegram.outgoing.removal import is_removed
from adapters.telegram.outgoing.render import Outgoing, as_edit, render
from adapters.telegram.places import PLATFORM, Spot, is_in, number_in
from adapters.telegram.transport.backoff import explain, retry_after
from adapters.telegram.transport.calls import Calls, Upload
from adapters.telegram.transport.request import AnswerLost
from adapters.telegram.transport.silence import Silence
from adapters.values import JSON
from bot.core import Core
from bot.ports.adapter import Address, Detour, Offline, TryLater, Uncertain, Unreachable
from bot.ports.reply import Reply
from bot.privacy.left_places import LeftPlaces
from storage.people import communities

ANSWER_PREFIX = "answer:"
"""Starts the delivery key of answers, which somebody is waiting for."""
REFUSED_RETRY = 30.0
"""Seconds before a retry when Telegram refuses the token."""
MOST_ADAPTATIONS = 3
"""How often one message is sent, each time adapted after the refusal before."""
TAG = re.compile(r"</?[a-z]+>")
NO_PREVIEW = {"is_disabled": True}


@dataclass(frozen=True, slots=True)
class Letter:
    """One message with its destination.

    Attributes:
        quoted: the number of the message it replies to, or None.
        mode: the parse mode; None for plain text.
    """

    spot: Spot
    outgoing: Outgoing
    quoted: int | None
    mode: ParseMode | None = ParseMode.HTML


class Sender:
    """Sends replies for one bot.

    Args:
        calls: sends messages.
        bot: makes all other calls.
        is_offline: whether Telegram cannot be reached at all at the moment.
        left_places: notes the groups the bot was removed from.
    """

    def __init__(
        self, core: Core, calls: Calls, bot: Bot, is_offline: Callable[[], bool], left_places: LeftPlaces
    ) -> None:
        self._core = core
        self._calls = calls
        self._bot = bot
        self._is_offline = is_offline
        self._left_places = left_places
        self._sent_parts: BoundedDict[str, list[int]] = BoundedDict()
        """By delivery key, the numbers of the messages sent before one failed; a retry skips them."""
        self._silence = Silence(bot.get_me)
        self._logged: BoundedDict[str, None] = BoundedDict()

    async def send(self, address: Address, reply: Reply) -> None:
        """Send a reply; a retry with the same key continues after the messages sent.

        Raises:
            Unreachable: the address will never accept it.
            TryLater: it was not sent now; as `Offline`, nothing can be.
            Uncertain: it may have been sent; the answer was lost.
        """
        try:
            await self._silence.end()
        except TelegramError as error:
            raise Offline(str(error)) from None
        try:
            await self._deliver(address, reply)
        except (Unreachable, Uncertain):
            self._forget(address)
            raise
        if reply.hush and address.answers:
            await self._delete_answered(address)
        self._forget(address)

    async def _deliver(self, address: Address, reply: Reply) -> None:
        try:
            await self._send(address, reply)
        except Unreachable:
            if address.detour is None:
                raise
            self._forget(address)
            await self._send_detour_notice(address, address.detour)

    async def _send(self, address: Address, reply: Reply) -> None:
        spot = _spot_of(address)
        messages = render(reply)
        if address.replaces and await self._edit_replaced(address, spot, as_edit(messages)):
            return
        sent = self._sent_parts.setdefault(address.key, [])
        answers = number_in(spot.chat, address.answers) if spot.chat < 0 else None
        for place, outgoing in enumerate(messages):
            if place < len(sent):
                continue
            quoted = answers if place == 0 else sent[0] if outgoing.reply_to_first else None
            sent.append(await self._send_adapted(address, Letter(spot, outgoing, quoted)))

    async def _edit_replaced(self, address: Address, spot: Spot, outgoing: Outgoing | None) -> bool:
        """Edit the message that the address says to replace; False when there is none, or Telegram refuses."""
        number = number_in(spot.chat, address.replaces)
        if outgoing is None or number is None:
            return False
        given = {
            "chat_id": spot.chat,
            "message_id": number,
            "text": outgoing.text,
            "parse_mode": ParseMode.HTML,
            "link_preview_options": NO_PREVIEW,
            "reply_markup": _markup(outgoing),
        }
        try:
            await self._calls.send("editMessageText", given, paced=False)
        except BadRequest as error:
            # Too old or deleted: a new message is sent instead.
            return "not modified" in str(error).lower()
        except AnswerLost as error:
            # An edit can safely be retried.
            self._silence.note()
            raise TryLater(str(error)) from None
        except TelegramError as error:
            raise self._translate_error(error, address) from None
        return True

    async def _send_adapted(self, address: Address, letter: Letter) -> int:
        """Send one message, adapting it to what Telegram refuses; return its number."""
        for _ in range(MOST_ADAPTATIONS):
            try:
                return await self._send_letter(address, letter)
            except TelegramError as error:
                if is_removed(letter.spot.chat, error):
                    await self._left_places.leave(partial(is_in, letter.spot.chat))
                adapted = await self._adapt(letter, error)
                if adapted is None:
                    raise self._translate_error(error, address) from None
                letter = adapted
        raise Unreachable("Telegram takes it in no form")

    async def _adapt(self, letter: Letter, error: TelegramError) -> Letter | None:
        """The message adapted to a refusal, or None when the error is not about its chat, topic or markup."""
        words = str(error).lower()
        match error:
            case ChatMigrated():
                await follow_migration(self._core, letter.spot.chat, error.new_chat_id)
                return replace(letter, spot=replace(letter.spot, chat=error.new_chat_id))
            case BadRequest() if "thread not found" in words and letter.spot.topic is not None:
                self._log_once(
                    str(letter.spot), "a topic is gone, so its messages go to the general one: /setup another place"
                )
                return replace(letter, spot=Spot(letter.spot.chat))
            case BadRequest() if "parse entities" in words and letter.mode is not None:
                self._log_once("markup", "Telegram could not read a message's markup; it was sent without: report it")
                plain = html.unescape(TAG.sub("", letter.outgoing.text))
                return replace(letter, outgoing=replace(letter.outgoing, text=plain), mode=None)
            case _:
                return None

    def _translate_error(self, error: TelegramError, address: Address) -> Exception:
        """The error for the outbox: `Unreachable`, `Offline`, `Uncertain` or `TryLater`."""
        if isinstance(error, AnswerLost):
            self._silence.note()
        match error:
            case RetryAfter():
                return TryLater("flood", retry_after(error))
            case Forbidden() | BadRequest():
                return Unreachable(str(error))
            case AnswerLost():
                return Uncertain(str(error))
            case InvalidToken():
                self._log_once("token", explain(error))
                return Offline("the token is refused", REFUSED_RETRY)
            case NetworkError() if self._is_offline():
                return Offline(str(error))
            case NetworkError():
                return TryLater(str(error))
            case _:
                return TryLater(str(error), REFUSED_RETRY)

    def _forget(self, address: Address) -> None:
        self._sent_parts.pop(address.key, None)

    def _log_once(self, about: str, mend: str) -> None:
        if about not in self._logged:
            self._logged[about] = None
            structlog.get_logger().error("telegram", mend=mend)

    async def _send_letter(self, address: Address, letter: Letter) -> int:
        outgoing, quoted = letter.outgoing, letter.quoted
        given = {
            "chat_id": letter.spot.chat,
            "message_thread_id": letter.spot.topic,
            "parse_mode": letter.mode,
            "reply_parameters": {"message_id": quoted, "allow_sending_without_reply": True} if quoted else None,
            "reply_markup": _markup(outgoing),
        }
        paced = not address.key.startswith(ANSWER_PREFIX)
        if outgoing.photo is not None:
            # An empty caption is left out.
            caption = outgoing.text or None
            return await self._calls.send(
                "sendPhoto", {**given, "photo": outgoing.photo, "caption": caption}, paced=paced
            )
        if outgoing.document is not None:
            named = Upload(outgoing.document.name, outgoing.document.content)
            return await self._calls.send("sendDocument", {**given, "document": named}, paced=paced)
        preview = None if outgoing.preview else NO_PREVIEW
        return await self._calls.send(
            "sendMessage", {**given, "text": outgoing.text, "link_preview_options": preview}, paced=paced
        )

    async def _send_detour_notice(self, address: Address, detour: Detour) -> None:
        """Tell a person in the chat where they asked that the answer waits in their private chat with the bot."""
        spot = Spot.read(detour.chat)
        try:
            try:
                await self._post_notice(spot, address, detour)
            except ChatMigrated as moved:
                await follow_migration(self._core, spot.chat, moved.new_chat_id)
                await self._post_notice(replace(spot, chat=moved.new_chat_id), address, detour)
        except TelegramError as error:
            raise self._translate_error(error, address) from None

    async def _post_notice(self, spot: Spot, address: Address, detour: Detour) -> None:
        speech = self._core.languages.speech(detour.language)
        quoted = number_in(spot.chat, address.answers) if detour.passed else None
        await self._bot.send_message(
            spot.chat,
            notice.text(speech, detour),
            message_thread_id=spot.topic,
            reply_markup=notice.markup(speech, detour, self._bot.username),
            reply_parameters=ReplyParameters(quoted, allow_sending_without_reply=False) if quoted else None,
        )

    async def _delete_answered(self, address: Address) -> None:
        chat, _, number = address.answers.partition("/")
        try:
            await self._bot.delete_message(int(chat), int(number))
        except TelegramError:
            # The bot may delete only as an administrator; the reply told the person that others may have read it.
            return


def _markup(outgoing: Outgoing) -> JSON | None:
    if outgoing.question:
        return _without_none(force_reply=True, selective=True, input_field_placeholder=outgoing.question.placeholder)
    if not outgoing.buttons:
        return None
    return {
        "inline_keyboard": [
            [{"text": label, "callback_data": token} for label, token in row] for row in outgoing.buttons
        ]
    }


def _without_none(**parts: object) -> JSON:
    return {name: part for name, part in parts.items() if part is not None}


def _spot_of(address: Address) -> Spot:
    try:
        return Spot.read(address.id)
    except ValueError:
        raise Unreachable("nobody there to write to") from None


async def follow_migration(core: Core, old: int, new: int) -> None:
    """Store the new id of a group that became a supergroup.

    Raises:
        StoreError: it cannot be stored.
    """
    await core.store.write(lambda session: communities.move_place(session, PLATFORM, str(old), str(new)))
