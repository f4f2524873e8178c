"""Posts hints in groups that an answer waits in the person's private chat, and deletes them once used."""

from dataclasses import replace
from html import escape

from telegram import Bot, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, TelegramError

from adapters.bounded import BoundedDict
from adapters.telegram.ephemeral import Ephemeral
from adapters.telegram.migration import follow_migration
from adapters.telegram.outgoing import detours as notice
from adapters.telegram.outgoing.drawing.mention import mention
from adapters.telegram.outgoing.drawing.render import Outgoing
from adapters.telegram.outgoing.unseen import Unseen
from adapters.telegram.places import Spot, number_in
from bot.core import Core
from bot.ports.adapter import Address, Detour


class Hints:
    """The hints of one bot that their persons have not used yet.

    Args:
        unseen: shows a hint only to its person, where that is possible.
    """

    def __init__(self, core: Core, bot: Bot, unseen: Unseen) -> None:
        self._core = core
        self._bot = bot
        self._unseen = unseen
        self._posted: BoundedDict[str, list[tuple[int, int] | Ephemeral]] = BoundedDict()
        """By account, the unused hints since this start: chat and message number, or the ephemeral message."""

    async def post(self, address: Address, detour: Detour) -> None:
        """Tell a person, in the chat where they asked, that the answer waits in their private chat with the bot.

        Raises:
            TelegramError: it cannot be posted there.
        """
        if await self._show_unseen(address, detour):
            return
        spot = Spot.read(detour.chat)
        try:
            await self._post_in(spot, address, detour)
        except ChatMigrated as moved:
            await follow_migration(self._core, spot.chat, moved.new_chat_id)
            await self._post_in(replace(spot, chat=moved.new_chat_id), address, detour)

    async def delete(self, account: str) -> None:
        """Delete the hints to a person who has come to the private chat."""
        for posted in self._posted.pop(account, []):
            try:
                if isinstance(posted, Ephemeral):
                    await self._unseen.delete(posted)
                else:
                    await self._bot.delete_message(*posted)
            except TelegramError:
                # Somebody has deleted it, or the bot is no longer there.
                continue

    async def _show_unseen(self, address: Address, detour: Detour) -> bool:
        """Show a hint only to its person; False if it has to be posted for all.

        Raises:
            BadRequest: neither is possible: nobody else saw the question, and a posted hint would reveal who asked.
        """
        if detour.passed:
            return False
        speech = self._core.languages.speech(detour.language)
        leads = notice.markup(speech, detour, self._bot.username)
        words = escape(notice.text(speech, detour), quote=False)
        shown = await self._unseen.hint(address, words, leads.to_dict() if leads else None)
        occasion = self._unseen.occasion(address)
        if shown is None and occasion is not None and occasion.unseen:
            raise BadRequest("what was asked unseen is answered nowhere else")
        if shown is not None:
            self._posted.setdefault(address.id, []).append(shown)
        return shown is not None

    async def _post_in(self, spot: Spot, address: Address, detour: Detour) -> None:
        speech = self._core.languages.speech(detour.language)
        quoted = number_in(spot.chat, address.answers)
        words = Outgoing(escape(notice.text(speech, detour), quote=False))
        posted = await self._bot.send_message(
            spot.chat,
            (words if quoted else mention(replace(address, person=address.person or address.id), words)).text,
            parse_mode=ParseMode.HTML,
            message_thread_id=spot.topic,
            reply_markup=notice.markup(speech, detour, self._bot.username),
            # That a message was passed on is said only in a reply to it.
            reply_parameters=ReplyParameters(quoted, allow_sending_without_reply=not detour.passed) if quoted else None,
        )
        if detour.command and not detour.passed:
            self._posted.setdefault(address.id, []).append((spot.chat, posted.message_id))
