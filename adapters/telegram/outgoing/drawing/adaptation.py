"""Adapts a message to a refusal by Telegram that is about the chat's id or the markup."""

from dataclasses import replace

from telegram.error import BadRequest, ChatMigrated, TelegramError

from adapters.telegram.migration import follow_migration
from adapters.telegram.outgoing.drawing.letter import Letter
from adapters.telegram.outgoing.refusals import Refusals
from bot.core import Core


async def adapt(core: Core, refusals: Refusals, letter: Letter, error: TelegramError) -> Letter | None:
    """The message with the chat's new id, or without markup; None if the error is about neither.

    Raises:
        StoreError: the chat's new id cannot be stored.
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
