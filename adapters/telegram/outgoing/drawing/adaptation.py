"""Adapts a message to what Telegram refuses, where that is about the chat's number or the markup."""

from dataclasses import replace

from telegram.error import BadRequest, ChatMigrated, TelegramError

from adapters.telegram.migration import follow_migration
from adapters.telegram.outgoing.drawing.letter import Letter
from adapters.telegram.outgoing.refusals import Refusals
from bot.core import Core


async def adapt(core: Core, refusals: Refusals, letter: Letter, error: TelegramError) -> Letter | None:
    """The message for the chat's new number, or without markup; None when the error is about neither.

    Raises:
        StoreError: that the chat has another number now cannot be stored.
    """
    match error:
        case ChatMigrated():
            await follow_migration(core, letter.spot.chat, error.new_chat_id)
            return replace(letter, spot=replace(letter.spot, chat=error.new_chat_id))
        case BadRequest() if "parse entities" in str(error).lower() and letter.mode is not None:
            refusals.log_once("markup", "Telegram could not read a message's markup; it was sent without: report it")
            return letter.plain()
        case _:
            return None
