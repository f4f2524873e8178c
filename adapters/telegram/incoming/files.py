"""Finds the files of a message, each with a function that downloads it on demand, since Telegram's links expire."""

from collections.abc import Sequence
from functools import partial

from telegram import Bot, Message
from telegram.error import BadRequest, TelegramError

from bot.ports.inbound import File, Lost
from storage.values import frozen

MOST_FILES = 10


@frozen
class FileReference:
    """A file of a message, not downloaded yet.

    Attributes:
        id: Telegram's file id.
        size: in bytes; 0 when not known.
    """

    id: str
    name: str
    media_type: str
    size: int


def files_of(message: Message) -> tuple[FileReference, ...]:
    """The file of a message, if any; of a photo the largest size."""
    if message.photo:
        largest = message.photo[-1]
        return (FileReference(largest.file_id, "photo.jpg", "image/jpeg", largest.file_size or 0),)
    if message.voice:
        return (_reference(message.voice, "voice.ogg", "audio/ogg"),)
    for part in (message.document, message.video, message.audio, message.video_note):
        if part:
            return (_reference(part, "file", "application/octet-stream"),)
    return ()


def described(bot: Bot, found: Sequence[FileReference], most_bytes: int) -> tuple[File, ...]:
    """Files that can be downloaded; one that is too large is marked as lost."""
    return tuple(_describe(bot, one, most_bytes) for one in found[:MOST_FILES])


def _describe(bot: Bot, one: FileReference, most_bytes: int) -> File:
    if one.size > most_bytes:
        return _lost(one, Lost.TOO_LARGE)
    return File(one.name, one.media_type, source=partial(_fetch, bot, one, most_bytes))


async def _fetch(bot: Bot, one: FileReference, most_bytes: int) -> File:
    """Download a file; if it is too large or gone, the result has no content, and `lost` is the reason."""
    try:
        content = bytes(await (await bot.get_file(one.id)).download_as_bytearray())
    except TelegramError as error:
        # Telegram lets bots download at most 20 MB, whatever the limit here.
        too_large = isinstance(error, BadRequest) and "too big" in str(error).lower()
        return _lost(one, Lost.TOO_LARGE if too_large else Lost.UNFETCHED)
    return File(one.name, one.media_type, content) if len(content) <= most_bytes else _lost(one, Lost.TOO_LARGE)


def _lost(one: FileReference, why: Lost) -> File:
    return File(one.name, one.media_type, b"", why)


def _reference(part: object, name: str, media_type: str) -> FileReference:
    own = getattr(part, "file_name", None) or name
    kind = getattr(part, "mime_type", None) or media_type
    return FileReference(str(part.file_id), own, kind, getattr(part, "file_size", None) or 0)  # type: ignore[attr-defined]
