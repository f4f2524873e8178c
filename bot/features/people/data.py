"""The command that gives a person a copy of everything stored about them."""

import asyncio
from functools import partial

from bot.commands.registry import Token
from bot.context import Context
from bot.delivery.envelope import leaves_chat
from bot.ports.reply import Button, Buttons, Document, Paragraph, Reply, say
from bot.privacy import copy, persons
from storage.items import attachments
from storage.privacy import belongings
from storage.privacy.belongings import StoredFile
from storage.values import frozen

JSON, ZIP = "application/json", "application/zip"


@frozen
class Part:
    """One part of a copy, in a file of its own; the first part has the text.

    Attributes:
        document: the file.
        number: its number, from 1.
        parts: the number of parts.
        too_large: the files that are in no part, because the platform does not take files of their size.
    """

    document: Document
    number: int
    parts: int
    too_large: tuple[StoredFile, ...]


async def mydata(ctx: Context, part: Token | None = None) -> Reply:
    """Get a copy of everything that is kept about you."""
    made = await _make(ctx, part or 1)
    if made is None:
        return say(ctx.speech.say("Nothing is kept about you here."))
    further = Button(ctx.speech.say("Next part"), "mydata", {"part": str(made.number + 1)})
    buttons = (Buttons((further,)),) if made.number < made.parts else ()
    return Reply((*(Paragraph(words) for words in _about(ctx, made)), made.document, *buttons))


def _about(ctx: Context, made: Part) -> list[str]:
    """The sentences on what the file contains and what it does not, and how to keep it."""
    say_ = ctx.speech.say
    words = [
        say_("Everything kept about you, on every community of this bot. What is left out is said in the file."),
        say_("It may also hold what you wrote without your name: keep it where nobody else looks."),
    ]
    if made.parts > 1:
        words.append(say_("Part {number} of {parts}.", number=made.number, parts=made.parts))
    if made.too_large:
        names = ", ".join(f"{file.name} (#{file.number})" for file in made.too_large)
        words.append(
            say_("Too large to be sent here: {names}. The people who host the bot can hand it over.", names=names)
        )
    if ctx.inbound.means.durable and leaves_chat(ctx.inbound, Reply((), private=ctx.private)):
        words.append(say_("Asked for among others, sent here: this is for you alone."))
    return words


async def _make(ctx: Context, number: int) -> Part | None:
    """Make one part; None when nothing is stored about the person."""
    core, member = ctx.core, ctx.member
    theirs = await persons.person(core, member.id if member else None, ctx.inbound.actor)
    found = await ctx.read(lambda session: belongings.belongings(session, theirs))
    if not found:
        return None
    files = await ctx.read(lambda session: belongings.files(session, theirs))
    words = await asyncio.to_thread(copy.text, found, files, ctx.speech, core.codec, ctx.now)
    volumes = copy.divide(files, len(words), ctx.inbound.means.largest_file)
    number = min(number, len(volumes.parts))
    document = await _document(ctx, volumes.parts[number - 1], words if number == 1 else None, number)
    return Part(document, number, len(volumes.parts), volumes.too_large)


async def _document(ctx: Context, files: tuple[StoredFile, ...], words: bytes | None, number: int) -> Document:
    """The file of one part: JSON if it is only the text, else a ZIP archive.

    Args:
        words: the text; None in later parts.
    """
    name = f"mydata-{ctx.now.astimezone(ctx.zone):%Y-%m-%d}"
    if words is not None and not files:
        return Document(f"{name}.json", JSON, words)
    contents = [(f"{name}.json", words)] if words is not None else []
    contents += [
        (copy.path_of(file), await ctx.read(partial(attachments.content, attachment_id=file.id))) for file in files
    ]
    numbered = name if number == 1 else f"{name}-{number}"
    return Document(f"{numbered}.zip", ZIP, await asyncio.to_thread(copy.archive, contents))
