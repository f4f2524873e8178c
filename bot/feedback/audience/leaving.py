"""What a person who erases their account is told about their nameless items, which are erased some days later."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.context import Context
from bot.feedback import items
from bot.language.text.excerpt import excerpt
from bot.ports.reply import Block, Bullets, Line, Paragraph, Reply, Strong, say
from bot.privacy import forgetting
from storage.people import communities
from storage.privacy import departures

LISTED = 20
"""The most nameless items and questions that are listed."""


def nameless_lines(session: Session, ctx: Context) -> list[Line]:
    """A line for each nameless item and question of this person, up to `LISTED`."""
    if ctx.member is None:
        return []
    written, asked = forgetting.nameless(session, ctx.core, ctx.member.id)
    known = communities.every(session)
    of = {one.id: f" · {one.name}" if len(known) > 1 else "" for one in known}
    lines: list[Line] = [
        (Strong(f"#{item.number}"), f" {items.title(item)}{of.get(item.community_id, '')}") for item in written
    ]
    lines += [f"“{excerpt(one.text, 60)}”{of.get(one.community_id, '')}" for one in asked]
    more = len(lines) - LISTED
    if more > 0:
        return [*lines[:LISTED], ctx.speech.count("and {n} more", "and {n} more", more)]
    return lines


def explain(ctx: Context, lines: Sequence[Line]) -> tuple[Block, ...]:
    """The list of a person's nameless items, and why these are not erased together with the account.

    Args:
        lines: as returned by `nameless_lines`.
    """
    later = ctx.speech.say(
        "If these vanished together with your name, anybody who looks could tell that they were yours. So each leaves "
        "at a moment of its own, drawn by chance, within {n} days; until then an answer can still come. At once is "
        "possible too, and less safe.",
        n=departures.SPAN.days,
    )
    return (Paragraph(ctx.speech.say("Without your name you sent:")), Bullets(tuple(lines)), Paragraph(later))


def confirm(ctx: Context, blanked: int, later: int) -> Reply:
    """The confirmation of an erasure when nameless items are still to be erased.

    Args:
        blanked: the number of items that were blanked.
        later: the number of nameless items that are still to be erased.
    """
    day = ctx.speech.day((ctx.now + departures.SPAN).astimezone(ctx.zone).date())
    done = ctx.speech.count(
        "Done. {n} item was blanked; your name and your account are gone.",
        "Done. {n} items were blanked; your name and your account are gone.",
        blanked,
    )
    leave = ctx.speech.count(
        "{n} without your name leaves by {day}, at a moment of its own. Until then it keeps its sealed address; "
        "after that, nothing stored here leads to you any more.",
        "{n} without your name leave by {day}, each at a moment of its own. Until then each keeps its sealed address; "
        "after that, nothing stored here leads to you any more.",
        later,
        day=day,
    )
    return say(done, leave)
