"""The open items that may say the same as the one on the screen, each with a button that joins or opens it."""

from sqlmodel import Session

from bot.context import Context
from bot.features.moderation.joining import join_button
from bot.features.moderation.queue.filters import kept
from bot.feedback import items
from bot.feedback.edits import supporters
from bot.ports.reply import Block, Button, Paragraph, Row, Strong
from bot.similar.shelf import digest
from storage.items import vectors
from storage.items.support import joins
from storage.models import Feedback
from storage.vocabulary import Kind

SHOWN, SOUGHT = 3, 8
"""Items that are shown, and that are looked at: its own is among them."""


def rows(session: Session, ctx: Context, item: Feedback) -> tuple[Block, ...]:
    """The nearest, with their support; nothing when there are none, and for what is closed."""
    if not items.is_open(item):
        return ()
    found = ctx.core.similar.near(ctx.community.id, item.text, SOUGHT)
    near = [one for one in vectors.shown(session, list(found)) if digest(one.text) == found[one.id]]
    others = [one for one in near if one.id != item.id][:SHOWN]
    if not others:
        return ()
    return Paragraph(ctx.speech.say("This may say the same:")), *(_row(ctx, item, one) for one in others)


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
