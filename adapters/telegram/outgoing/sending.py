"""Sends what the core says: rendered, in the right chat, and with Telegram's refusals told apart."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import structlog
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram._utils.types import JSONDict
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from adapters.recent import Recent
from adapters.telegram.outgoing.render import Outgoing, in_place, render
from adapters.telegram.places import PLATFORM, Spot, number_in
from adapters.telegram.transport.patience import explain, seconds
from adapters.telegram.transport.request import AnswerLost
from adapters.telegram.transport.wire import Wire
from bot.core import Core
from bot.locales.speech import Speech
from bot.ports.adapter import Address, Detour, Offline, TryLater, Uncertain, Unreachable
from bot.ports.reply import Reply
from storage import communities

ANSWER = "answer:"
"""Opens the key of what a person waits for: there, twice is better than never. For the rest it is the reverse."""
LONGEST_WAIT = 30.0
"""Seconds before a token that Telegram refuses is tried again."""
CHANGES = 3
"""How often one message is changed to what Telegram would take."""
TAG = re.compile(r"</?[a-z]+>")
NO_PREVIEW = {"is_disabled": True}


@dataclass(frozen=True, slots=True)
class Letter:
    """One message on its way.

    Attributes:
        quoted: the number of the message it replies to.
        mode: how its text is marked up; None for plain text.
    """

    spot: Spot
    outgoing: Outgoing
    quoted: int | None
    mode: ParseMode | None = ParseMode.HTML


class Sender:
    """Sends replies for one bot.

    Args:
        wire: sends.
        bot: for everything else.
        away: whether Telegram as a whole is in trouble just now.
    """

    def __init__(self, core: Core, wire: Wire, bot: Bot, away: Callable[[], bool]) -> None:
        self._core = core
        self._wire = wire
        self._bot = bot
        self._away = away
        self._done: Recent[str, list[int]] = Recent()
        """The messages of a reply that were sent before one failed: they are not sent again."""
        self._doubted: Recent[str, None] = Recent()
        """Answers that may have arrived and are sent once more, and not again."""
        self._told: Recent[str, None] = Recent()

    async def send(self, address: Address, reply: Reply) -> None:
        """Send a reply.

        Raises:
            Unreachable: it will never arrive there.
            TryLater: it did not arrive now; as `Offline`, nothing would.
            Uncertain: nobody can tell whether it arrived.
        """
        try:
            await self._deliver(address, reply)
        except (Unreachable, Uncertain):
            self._forget(address)
            raise
        if reply.hush and address.answers:
            await self._hush(address)
        self._forget(address)

    async def _deliver(self, address: Address, reply: Reply) -> None:
        try:
            await self._send(address, reply)
        except Unreachable:
            if address.detour is None:
                raise
            self._forget(address)
            await self._show_the_way(address, address.detour)

    async def _send(self, address: Address, reply: Reply) -> None:
        spot = _spot(address)
        messages = render(reply)
        if address.replaces and await self._replace(address, spot, in_place(messages)):
            return
        sent = self._done.setdefault(address.key, [])
        answers = number_in(spot.chat, address.answers) if spot.chat < 0 else None
        for place, outgoing in enumerate(messages):
            if place < len(sent):
                continue
            quoted = answers if place == 0 else sent[0] if outgoing.reply_to_first else None
            sent.append(await self._post(address, Letter(spot, outgoing, quoted)))

    async def _replace(self, address: Address, spot: Spot, outgoing: Outgoing | None) -> bool:
        """Change the message whose button was pressed; whether it stands there now."""
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
            await self._wire.send("editMessageText", given, paced=False)
        except BadRequest as error:
            # Too old, or deleted: then it is said anew.
            return "not modified" in str(error).lower()
        except AnswerLost as error:
            # A change made twice is made once.
            raise TryLater(str(error)) from None
        except TelegramError as error:
            raise self._judge(error, address) from None
        return True

    async def _post(self, address: Address, letter: Letter) -> int:
        """Send one message, and again where Telegram says how it would take it."""
        for _ in range(CHANGES):
            try:
                return await self._call(address, letter)
            except TelegramError as error:
                changed = await self._changed(letter, error)
                if changed is None:
                    raise self._judge(error, address) from None
                letter = changed
        raise Unreachable("Telegram takes it in no form")

    async def _changed(self, letter: Letter, error: TelegramError) -> Letter | None:
        """The message as Telegram would take it, or None when nothing about it is to blame."""
        words = str(error).lower()
        match error:
            case ChatMigrated():
                await follow_move(self._core, letter.spot.chat, error.new_chat_id)
                return replace(letter, spot=replace(letter.spot, chat=error.new_chat_id))
            case BadRequest() if "thread not found" in words and letter.spot.topic is not None:
                self._tell_once(
                    str(letter.spot), "a topic is gone, so its messages go to the general one: /setup another place"
                )
                return replace(letter, spot=Spot(letter.spot.chat))
            case BadRequest() if "parse entities" in words and letter.mode is not None:
                self._tell_once("markup", "Telegram could not read a message's markup; it was sent without: report it")
                plain = html.unescape(TAG.sub("", letter.outgoing.text))
                return replace(letter, outgoing=replace(letter.outgoing, text=plain), mode=None)
            case _:
                return None

    def _judge(self, error: TelegramError, address: Address) -> Exception:
        """A refusal of Telegram's, as the outbox understands it."""
        match error:
            case RetryAfter():
                return TryLater("flood", seconds(error))
            case Forbidden() | BadRequest():
                return Unreachable(str(error))
            case AnswerLost():
                return self._doubt(error, address)
            case InvalidToken():
                self._tell_once("token", explain(error))
                return Offline("the token is refused", LONGEST_WAIT)
            case NetworkError() if self._away():
                return Offline(str(error))
            case NetworkError():
                return TryLater(str(error))
            case _:
                return TryLater(str(error), LONGEST_WAIT)

    def _doubt(self, error: AnswerLost, address: Address) -> Exception:
        """What may have arrived: an answer goes out once more, since twice is better there than never."""
        if not address.key.startswith(ANSWER) or address.key in self._doubted:
            return Uncertain(str(error))
        self._doubted[address.key] = None
        return TryLater(str(error))

    def _forget(self, address: Address) -> None:
        self._done.pop(address.key, None)
        self._doubted.pop(address.key, None)

    def _tell_once(self, about: str, mend: str) -> None:
        if about not in self._told:
            self._told[about] = None
            structlog.get_logger().error("telegram", mend=mend)

    async def _call(self, address: Address, letter: Letter) -> int:
        outgoing, quoted = letter.outgoing, letter.quoted
        given = {
            "chat_id": letter.spot.chat,
            "message_thread_id": letter.spot.topic,
            "parse_mode": letter.mode,
            "reply_parameters": {"message_id": quoted, "allow_sending_without_reply": True} if quoted else None,
            "reply_markup": _markup(outgoing),
        }
        paced = not address.key.startswith(ANSWER)
        if outgoing.photo is not None:
            # Without a word under it there is no caption: an empty one is refused nowhere and wanted nowhere.
            caption = outgoing.text or None
            return await self._wire.send(
                "sendPhoto", {**given, "photo": outgoing.photo, "caption": caption}, paced=paced
            )
        preview = None if outgoing.preview else NO_PREVIEW
        return await self._wire.send(
            "sendMessage", {**given, "text": outgoing.text, "link_preview_options": preview}, paced=paced
        )

    async def _show_the_way(self, address: Address, detour: Detour) -> None:
        """Where a person asked among others, say that the answer waits in their own chat with the bot."""
        speech = self._core.languages.speech(detour.language)
        spot = Spot.read(detour.chat)
        link = f"https://t.me/{self._bot.username}?start={detour.command}"
        button = InlineKeyboardButton(speech.say("Open my chat with the bot"), url=link)
        markup = InlineKeyboardMarkup.from_button(button) if detour.command else None
        try:
            await self._bot.send_message(
                spot.chat, _where(speech, detour), message_thread_id=spot.topic, reply_markup=markup
            )
        except TelegramError as error:
            raise self._judge(error, address) from None

    async def _hush(self, address: Address) -> None:
        chat, _, number = address.answers.partition("/")
        try:
            await self._bot.delete_message(int(chat), int(number))
        except TelegramError:
            # It may only where it was made an administrator; the person was told that it has been seen.
            return


def _where(speech: Speech, detour: Detour) -> str:
    """That an answer waits elsewhere, and first of all whether what was asked is done."""
    if detour.received:
        if not detour.command:
            return speech.say("The team has it.")
        return speech.say("The team has it. For the receipt, open your chat with the bot, and press Start.")
    if detour.changed:
        if not detour.command:
            return speech.say("Done.")
        return speech.say("Done. To see it, open your chat with the bot, and press Start.")
    return speech.say("This is between you and the bot. Open your chat with it, and press Start.")


def _markup(outgoing: Outgoing) -> JSONDict | None:
    if outgoing.question:
        return _known(force_reply=True, selective=True, input_field_placeholder=outgoing.question.placeholder)
    if not outgoing.buttons:
        return None
    return {
        "inline_keyboard": [
            [{"text": label, "callback_data": token} for label, token in row] for row in outgoing.buttons
        ]
    }


def _known(**parts: object) -> JSONDict:
    return {name: part for name, part in parts.items() if part is not None}


def _spot(address: Address) -> Spot:
    try:
        return Spot.read(address.id)
    except ValueError:
        raise Unreachable("nobody there to write to") from None


async def follow_move(core: Core, old: int, new: int) -> None:
    """When a group became a supergroup, what belonged to the one belongs to the other."""
    await core.store.write(lambda session: communities.move_place(session, PLATFORM, str(old), str(new)))
