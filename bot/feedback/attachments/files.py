"""Files attached to feedback: selects those that are kept, and explains to the sender why others are not."""

from collections.abc import Iterable
from enum import Enum, auto

from sqlmodel import Session

from bot.context import Context
from bot.feedback.attachments.filetypes import examine
from bot.language.text.excerpt import excerpt
from bot.language.text.normalise import says_something
from bot.locales.speech import Speech
from bot.ports.inbound import File, Lost
from bot.ports.reply import Line, Strong
from storage.items import attachments
from storage.items.attachments import taken
from storage.values import frozen

MOST_FILES = 10
"""The largest number of files kept with one item."""
LONGEST_NAME = 40
"""The largest number of characters of a file's name in a message."""
MEGABYTE = 1_000_000


class Why(Enum):
    """Why a file is not kept."""

    KIND = auto()
    LOST = auto()
    MANY = auto()
    OWN_ROOM = auto()
    """This person's files have reached the limit for one person."""
    ROOM = auto()
    """The files of the community, or of all communities, have reached their limit."""


@frozen
class Selection:
    """The files of an event that are kept, with the type of their content, and the others with the reason."""

    kept: tuple[File, ...]
    refused: tuple[tuple[File, Why], ...]


NOTHING = Selection((), ())


def stand_in(speech: Speech) -> str:
    """The text of an item that came as a file without words."""
    return speech.say("(see the file)")


def has_no_words(ctx: Context) -> bool:
    """Whether a filing command came with a file, and without words or only with such as a dot."""
    filing, files = ctx.command.limited == "filings", ctx.inbound.attachments
    return bool(filing and files and not says_something(ctx.given.get("text", "")))


def inspect(files: Iterable[File]) -> Selection:
    """Select the files that can be kept if there is room: fetched, and of a kind that is kept."""
    kept, refused = list[File](), list[tuple[File, Why]]()
    for file in files:
        known = examine(file)
        if known is None or known.lost:
            refused.append((file, Why.KIND if known is None else Why.LOST))
        else:
            kept.append(known)
    return Selection(tuple(kept), tuple(refused))


def select(session: Session, ctx: Context, member_id: int, most: int = MOST_FILES) -> Selection:
    """Select the files of this event that are kept, within the limits of size for a person, a community and in all.

    Args:
        member_id: the person whose files they become.
        most: the largest number of files to keep.
    """
    found = inspect(ctx.inbound.attachments)
    kept, refused = list[File](), list(found.refused)
    limits = ctx.core.settings.limits
    left = {
        Why.OWN_ROOM: limits.megabytes_of_person * MEGABYTE - attachments.of_person(session, member_id),
        Why.ROOM: min(
            limits.megabytes_of_community * MEGABYTE - attachments.of_community(session, ctx.community.id),
            limits.megabytes_in_all * MEGABYTE - attachments.in_all(session),
        ),
    }
    for file in found.kept:
        size = taken(file.content)
        why = next((why for why, room in left.items() if size > room), None) if len(kept) < most else Why.MANY
        if why is not None:
            refused.append((file, why))
            continue
        kept.append(file)
        left = {which: room - size for which, room in left.items()}
    return Selection(tuple(kept), tuple(refused))


def store(session: Session, item_id: int, selected: Selection) -> None:
    """Store the files selected with an item."""
    for file in selected.kept:
        attachments.add(session, item_id, file.name, file.media_type, file.content)


def explain(ctx: Context, selected: Selection, number: int | None = None) -> tuple[Line, ...]:
    """A line to the sender for each file that was not kept, with the reason.

    Args:
        number: the number of the item they came with; None when there is none.
    """
    return tuple(_explain(ctx, file, why, number) for file, why in selected.refused)


def _explain(ctx: Context, file: File, why: Why, number: int | None) -> Line:
    speech, name, limits = ctx.speech, excerpt(file.name, LONGEST_NAME), ctx.core.settings.limits
    match why:
        case Why.KIND:
            return speech.line("{file} was not kept: only pictures, videos, sound, PDF and plain text are.", file=name)
        case Why.MANY:
            return speech.line("{file} was not kept: {most} files are the most.", file=name, most=str(MOST_FILES))
        case Why.OWN_ROOM:
            return speech.line(
                "{file} was not kept: the files of one person may take {most} MB in all. Withdrawing feedback frees "
                "its files.",
                file=name,
                most=str(limits.megabytes_of_person),
            )
        case Why.ROOM:
            return speech.line("{file} was not kept: there is no room for files just now.", file=name)
        case Why.LOST:
            return _explain_lost(ctx, file, name, number)


def _explain_lost(ctx: Context, file: File, name: str, number: int | None) -> Line:
    speech = ctx.speech
    if file.lost is Lost.TOO_LARGE:
        most = str(ctx.core.settings.limits.megabytes)
        return speech.line("{file} was not kept: a file may have at most {most} MB.", file=name, most=most)
    if file.lost is Lost.UNREADABLE:
        return speech.line("{file} was not kept: it could not be read as a picture. JPEG and PNG can.", file=name)
    if number is None:
        return speech.line("{file} could not be fetched just now. It can be sent again.", file=name)
    edit = ctx.core.registry.find("edit")
    command = Strong(f"/{edit.name_in(speech.language) if edit else 'edit'} {number}")
    return speech.line(
        "{file} could not be fetched just now. A new message with it and {command} adds it.", file=name, command=command
    )
