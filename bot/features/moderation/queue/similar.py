"""The open items similar to the one on the screen, each with a button that joins or opens it."""

from collections.abc import Callable, Sequence
from itertools import zip_longest

from sqlmodel import Session

from bot.context import Context
from bot.features.moderation.joining import join_button
from bot.features.moderation.queue.filters import kept
from bot.feedback import items
from bot.feedback.display.edits import supporters
from bot.ports.reply import Block, Button, Paragraph, Row, Strong
from bot.similar.community_index import digest
from bot.similar.finder import Finder
from storage.items import vectors
from storage.items.support import joins
from storage.models import Feedback
from storage.vocabulary import Kind

Read = Callable[[Session, Sequence[int]], list[Feedback]]
SHOWN, SOUGHT = 3, 8
"""How many items are shown, and how many are searched for, among which is the item itself."""


async def refresh(ctx: Context) -> None:
    """Bring the search indexes up to date, before `rows` searches them in the store's thread."""
    for finder in (ctx.core.similar, ctx.core.similar_of_team):
        await finder.update(ctx.community.id)


def rows(session: Session, ctx: Context, item: Feedback) -> tuple[Block, ...]:
    """The most similar items, with their support; empty when there are none, and for a closed item."""
    if not items.is_open(item):
        return ()
    public, teams = ctx.core.similar, ctx.core.similar_of_team
    near = (_near(session, ctx, item, public, vectors.shown), _near(session, ctx, item, teams, vectors.in_team))
    # Taken in turns, as similarities of the two indexes, by meaning and by words, cannot be compared.
    others = [one for both in zip_longest(*near) for one in both if one is not None][:SHOWN]
    if not others:
        return ()
    return Paragraph(ctx.speech.say("This may say the same:")), *(_row(ctx, item, one) for one in others)


def _near(session: Session, ctx: Context, item: Feedback, finder: Finder, read: Read) -> list[Feedback]:
    """The most similar items in one index, without the item itself and those whose words have changed since."""
    found = finder.near(ctx.community.id, item.text, SOUGHT)
    return [one for one in read(session, list(found)) if one.id != item.id and digest(one.text) == found[one.id]]


def _row(ctx: Context, item: Feedback, one: Feedback) -> Row:
    line = ctx.speech.line(
        "{number} {title} · {support}",
        number=Strong(f"#{one.number}"),
        title=items.title(one, 120),
        support=supporters(ctx.speech, one.support, 0),
    )
    return Row(line, _button(ctx, item, one))


def _button(ctx: Context, item: Feedback, one: Feedback) -> Button:
    if item.kind is not Kind.PRAISE and joins.obstacle(item, one) is None:
        return join_button(ctx, item, one)
    return Button(f"#{one.number}", "queue", {**kept(ctx).args(), "number": str(one.number)})
