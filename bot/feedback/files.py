"""Files that come with feedback: which are kept, and for each of the others why not."""

from collections.abc import Iterable

from bot.context import Context
from bot.language.excerpt import excerpt
from bot.locales.speech import Speech
from bot.ports.inbound import File, Lost
from bot.ports.reply import Line, Strong

KINDS = ("image/", "video/", "audio/", "text/plain", "application/pdf")
"""What kinds of files are kept: none that does anything when the team opens it."""
MOST = 10
"""Files of one item."""
LONGEST_NAME = 40


def stand_in(speech: Speech) -> str:
    """What stands for words where a file came without any."""
    return speech.say("(see the file)")


def says_it(ctx: Context) -> bool:
    """Whether feedback came as a file with a command and no words."""
    filing, files = ctx.command.limited == "filings", ctx.inbound.attachments
    return bool(filing and files and not ctx.given.get("text", "").strip())


def kept(files: Iterable[File], room: int = MOST) -> tuple[File, ...]:
    """The files that can be kept.

    Args:
        room: how many at most.
    """
    return tuple(file for file in files if not file.lost and _fits(file))[:room]


def reasons(ctx: Context, taken: Iterable[File], number: int | None = None) -> tuple[Line, ...]:
    """For each file of this event that was not taken, why, in a line to its sender.

    Args:
        number: the item they came with; None when there is none.
    """
    here = list(taken)
    return tuple(_reason(ctx, file, number) for file in ctx.inbound.attachments if file not in here)


def _reason(ctx: Context, file: File, number: int | None) -> Line:
    speech, name = ctx.speech, excerpt(file.name, LONGEST_NAME)
    if not _fits(file):
        return speech.line("{file} was not kept: only pictures, videos, sound, PDF and plain text are.", file=name)
    if file.lost is Lost.TOO_LARGE:
        most = str(ctx.core.settings.limits.megabytes)
        return speech.line("{file} was not kept: a file may have at most {most} MB.", file=name, most=most)
    if file.lost is None:
        return speech.line("{file} was not kept: {most} files are the most.", file=name, most=str(MOST))
    if number is None:
        return speech.line("{file} could not be fetched just now. It can be sent again.", file=name)
    edit = ctx.core.registry.find("edit")
    command = Strong(f"/{edit.name_in(speech.language) if edit else 'edit'} {number}")
    return speech.line(
        "{file} could not be fetched just now. A new message with it and {command} adds it.", file=name, command=command
    )


def _fits(file: File) -> bool:
    return file.media_type.startswith(KINDS)
