"""Sends what the core says: rendered, in the right chat, and with Telegram's refusals told apart."""

import structlog
from telegram import Bot, ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from adapters.telegram.places import Spot, number_in
from adapters.telegram.render import Outgoing, render
from adapters.telegram.request import AnswerLost
from bot.context import Core
from bot.ports import Address, Detour, TryLater, Uncertain, Unreachable
from bot.reply import Reply

ANSWER = "answer:"
"""Opens the key of what a person waits for: there, twice is better than never. For the rest it is the reverse."""
LONGEST_WAIT = 30.0
"""Seconds before a token that Telegram refuses is tried again."""
Markup = ForceReply | InlineKeyboardMarkup | None


class Sender:
    """Sends replies for one bot.

    Args:
        bot: sends answers at once.
        paced: sends what nobody waits for, no faster than Telegram likes.
    """

    def __init__(self, core: Core, bot: Bot, paced: Bot) -> None:
        self._core = core
        self._bot = bot
        self._paced = paced
        self._done: dict[str, int] = {}
        """How many messages of a reply were sent before one failed: they are not sent again."""
        self._without_topic: set[str] = set()

    async def send(self, address: Address, reply: Reply) -> None:
        """Send a reply.

        Raises:
            Unreachable: it will never arrive there.
            TryLater: it did not arrive now.
            Uncertain: nobody can tell whether it arrived.
        """
        try:
            await self._send(_spot(address), address, reply)
        except Unreachable:
            if address.detour is None:
                raise
            await self._show_the_way(address.detour, address.key)
        if reply.hush and address.answers:
            await self._hush(address)
        self._done.pop(address.key, None)

    async def _send(self, spot: Spot, address: Address, reply: Reply) -> None:
        first: int | None = None
        answers = number_in(spot.chat, address.answers) if spot.chat < 0 else None
        for place, outgoing in enumerate(render(reply)):
            if place < self._done.get(address.key, 0):
                continue
            quoted = first if outgoing.reply_to_first else (answers if place == 0 else None)
            sent = await self._post(spot, address, outgoing, quoted)
            first = first if first is not None else sent
            self._done[address.key] = place + 1

    async def _post(self, spot: Spot, address: Address, outgoing: Outgoing, quoted: int | None) -> int:
        """Send one message, and once more where Telegram says how it would take it."""
        try:
            return await self._call(spot, address, outgoing, quoted)
        except ChatMigrated as moved:
            return await self._translated(Spot(moved.new_chat_id, spot.topic), address, outgoing, quoted)
        except BadRequest as refused:
            words = str(refused).lower()
            if "thread not found" in words and spot.topic is not None:
                self._tell_once(spot)
                return await self._translated(Spot(spot.chat), address, outgoing, quoted)
            raise _told(refused, address) from None
        except TelegramError as error:
            raise _told(error, address) from None

    async def _translated(self, spot: Spot, address: Address, outgoing: Outgoing, quoted: int | None) -> int:
        try:
            return await self._call(spot, address, outgoing, quoted)
        except TelegramError as error:
            raise _told(error, address) from None

    async def _call(self, spot: Spot, address: Address, outgoing: Outgoing, quoted: int | None) -> int:
        bot = self._bot if address.key.startswith(ANSWER) else self._paced
        replied = ReplyParameters(quoted, allow_sending_without_reply=True) if quoted else None
        if outgoing.photo is not None:
            message = await bot.send_photo(
                spot.chat,
                outgoing.photo,
                caption=outgoing.text,
                parse_mode=ParseMode.HTML,
                message_thread_id=spot.topic,
                reply_parameters=replied,
                reply_markup=self._markup(outgoing),
            )
            return message.message_id
        message = await bot.send_message(
            spot.chat,
            outgoing.text,
            parse_mode=ParseMode.HTML,
            message_thread_id=spot.topic,
            link_preview_options=None if outgoing.preview else LinkPreviewOptions(is_disabled=True),
            reply_parameters=replied,
            reply_markup=self._markup(outgoing),
        )
        return message.message_id

    def _markup(self, outgoing: Outgoing) -> Markup:
        if outgoing.question:
            return ForceReply(selective=True, input_field_placeholder=outgoing.question.placeholder)
        if not outgoing.buttons:
            return None
        return InlineKeyboardMarkup(
            [[InlineKeyboardButton(label, callback_data=token) for label, token in row] for row in outgoing.buttons]
        )

    async def _show_the_way(self, detour: Detour, key: str) -> None:
        """Where a person asked among others, say that the answer waits in their own chat with the bot."""
        speech = self._core.languages.speech(detour.language)
        spot = Spot.read(detour.chat)
        link = f"https://t.me/{self._bot.username}?start={detour.command}"
        button = InlineKeyboardButton(speech.say("Open my chat with the bot"), url=link)
        words = speech.say("This is between you and the bot. Open your chat with it, and press Start.")
        try:
            await self._bot.send_message(
                spot.chat, words, message_thread_id=spot.topic, reply_markup=InlineKeyboardMarkup([[button]])
            )
        except TelegramError as error:
            raise _told(error, Address(detour.chat, False, key)) from None

    async def _hush(self, address: Address) -> None:
        chat, _, number = address.answers.partition("/")
        try:
            await self._bot.delete_message(int(chat), int(number))
        except TelegramError:
            # It may only where it was made an administrator; the person was told that it has been seen.
            return

    def _tell_once(self, spot: Spot) -> None:
        if str(spot) not in self._without_topic:
            self._without_topic.add(str(spot))
            structlog.get_logger().error(
                "telegram", mend="a topic is gone, so its messages go to the general one: /setup another place"
            )


def _spot(address: Address) -> Spot:
    try:
        return Spot.read(address.id)
    except ValueError:
        return Spot(0)


def _told(error: TelegramError, address: Address) -> Exception:
    """A refusal of Telegram's, as the outbox understands it."""
    match error:
        case RetryAfter():
            return TryLater("flood", _seconds(error))
        case Forbidden():
            return Unreachable(str(error))
        case BadRequest():
            return Unreachable(str(error))
        case AnswerLost():
            return TryLater(str(error)) if address.key.startswith(ANSWER) else Uncertain(str(error))
        case NetworkError():
            return TryLater(str(error))
        case _:
            return TryLater(str(error), LONGEST_WAIT)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return float(wait) if isinstance(wait, int | float) else wait.total_seconds()
