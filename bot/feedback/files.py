"""Files attached to feedback: selects those that are kept, and explains to the sender why others are not."""

from collections.abc import Iterable

from bot.context import Context
from bot.language.excerpt import excerpt
from bot.locales.speech import Speech
from bot.ports.inbound import File, Lost
from bot.ports.reply import Line, Strong

KINDS = ("image/", "video/", "audio/", "text/plain", "application/pdf")
"""The starts of the media types that are kept: none of files that run something when they are opened."""
MOST_FILES = 10
"""The largest number of files kept with one item."""
LONGEST_NAME = 40
"""Characters of a file's name in a message."""


def stand_in(speech: Speech) -> str:
    """The text of an item that came as a file without words."""
    return speech.say("(see the file)")


def has_no_words(ctx: Context) -> bool:
    """Whether a filing command came with a file and without words."""
    filing, files = ctx.command.limited == "filings", ctx.inbound.attachments
    return bool(filing and files and not ctx.given.get("text", "").strip())


def select_kept(files: Iterable[File], room: int = MOST_FILES) -> tuple[File, ...]:
    """The files that can be kept: fetched, and of a media type that is kept.

    Args:
        room: the most to select.
    """
    return tuple(file for file in files if not file.lost and _fits(file))[:room]


def explain_rejected(ctx: Context, taken: Iterable[File], number: int | None = None) -> tuple[Line, ...]:
    """A line to the sender for each file of this event that was not kept, with the reason.

    Args:
        taken: the files that were kept.
        number: the number of the item they came with; None when there is none.
    """
    here = list(taken)
    return tuple(_explain(ctx, file, number) for file in ctx.inbound.attachments if file not in here)


def _explain(ctx: Context, file: File, number: int | None) -> Line:
    speech, name = ctx.speech, excerpt(file.name, LONGEST_NAME)
    if not _fits(file):
        return speech.line("{file} was not kept: only pictures, videos, sound, PDF and plain text are.", file=name)
    if file.lost is Lost.TOO_LARGE:
        most = str(ctx.core.settings.limits.megabytes)
        return speech.line("{file} was not kept: a file may have at most {most} MB.", file=name, most=most)
    if file.lost is None:
        return speech.line("{file} was not kept: {most} files are the most.", file=name, most=str(MOST_FILES))
    if number is None:
        return speech.line("{file} could not be fetched just now. It can be sent again.", file=name)
    edit = ctx.core.registry.find("edit")
    command = Strong(f"/{edit.name_in(speech.language) if edit else 'edit'} {number}")
    return speech.line(
        "{file} could not be fetched just now. A new message with it and {command} adds it.", file=name, command=command
    )


def _fits(file: File) -> bool:
    return file.media_type.startswith(KINDS)
