"""Offers to send the team what was typed in a private chat as a remark on the person's own item, not as a question.

People whom the team asked something, or told an outcome, often just type below it, without pressing a button.
"""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import Session

from bot.commands.arguments import split
from bot.context import Context
from bot.feedback import items
from bot.ports.reply import Block, Button, Buttons, Paragraph
from storage.items.desk import decisions, exchanges
from storage.models import Feedback, Question

LATELY = timedelta(days=14)
"""How long ago the team asked or decided at most; for as long, an item whose author was asked is out of the queue."""
OFFERED = 3


def offer_as_remark(session: Session, ctx: Context, question: Question) -> Iterator[Block]:
    """A button for each of the asker's items that their words may be about, without nameless ones.

    A named question is stored with its asker: sent with a nameless item, it would reveal who wrote that.
    """
    plainly = ctx.inbound.command is None and split(ctx.inbound.text) is None
    if question.asker_id is None or not ctx.inbound.chat.private or not plainly:
        return
    lately = exchanges.lately_told(session, ctx.community.id, question.asker_id, ctx.now - LATELY)
    found = [one for one in lately if exchanges.open_question(session, one) or _is_told(session, ctx, one)]
    if found:
        yield Paragraph(ctx.speech.say("Or is it a word to the team?"))
        yield Buttons(tuple(_button(ctx, one, question) for one in found[:OFFERED]))


def _is_told(session: Session, ctx: Context, item: Feedback) -> bool:
    """Whether an item was decided on and its author told, that is, the decision can no longer be undone."""
    heard = decisions.recent(session, item, ctx.now - timedelta(seconds=ctx.own.undo)) is None
    return item.status in items.REOPENED and heard


def _button(ctx: Context, item: Feedback, question: Question) -> Button:
    label = ctx.speech.say("Send it with #{number}: {title}", number=item.number, title=items.title(item, 40))
    return Button(label, "reply", {"number": str(item.number), "question": str(question.id)})
