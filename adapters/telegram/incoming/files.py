"""Files that came with a message: found, and taken while Telegram still has them."""

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import Bot, Message
from telegram.error import BadRequest, TelegramError

from bot.ports.inbound import File, Lost

MOST_FILES = 10


@dataclass(frozen=True, slots=True)
class Found:
    """A file a message names."""

    id: str
    name: str
    media_type: str
    size: int


def files_of(message: Message) -> tuple[Found, ...]:
    """The file of a message, if it has one: a photo in its largest size."""
    if message.photo:
        largest = message.photo[-1]
        return (Found(largest.file_id, "photo.jpg", "image/jpeg", largest.file_size or 0),)
    if message.voice:
        return (_found(message.voice, "voice.ogg", "audio/ogg"),)
    for part in (message.document, message.video, message.audio, message.video_note):
        if part:
            return (_found(part, "file", "application/octet-stream"),)
    return ()


async def take(bot: Bot, found: Sequence[Found], most_bytes: int) -> tuple[File, ...]:
    """Fetch files; one that is too large, or gone, comes without its content and says so."""
    return tuple([await _take(bot, one, most_bytes) for one in found[:MOST_FILES]])


async def _take(bot: Bot, one: Found, most_bytes: int) -> File:
    if one.size > most_bytes:
        return _lost(one, Lost.TOO_LARGE)
    try:
        content = bytes(await (await bot.get_file(one.id)).download_as_bytearray())
    except TelegramError as error:
        # Telegram gives bots no more than 20 MB, whatever is allowed here.
        too_large = isinstance(error, BadRequest) and "too big" in str(error).lower()
        return _lost(one, Lost.TOO_LARGE if too_large else Lost.UNFETCHED)
    return File(one.name, one.media_type, content) if len(content) <= most_bytes else _lost(one, Lost.TOO_LARGE)


def _lost(one: Found, why: Lost) -> File:
    return File(one.name, one.media_type, b"", why)


def _found(part: object, name: str, media_type: str) -> Found:
    own = getattr(part, "file_name", None) or name
    kind = getattr(part, "mime_type", None) or media_type
    return Found(str(part.file_id), own, kind, getattr(part, "file_size", None) or 0)  # type: ignore[attr-defined]
