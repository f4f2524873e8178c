"""Offers to pass on what was typed in private to the team as a word on one's own feedback, not as a question.

Whoever is asked something by the team, or told an outcome, often just types below it, without a press or a reply.
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
"""How long ago the team asked or decided at most; as long, what was asked about is out of the queue."""
OFFERED = 3


def addressed(session: Session, ctx: Context, question: Question) -> Iterator[Block]:
    """The button for each of the asker's items that their words may be about; nothing of what is nameless.

    A question with a name is stored beside its asker: passed on with a nameless item, it would tell who wrote that.
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
    """Whether an item was decided on, and its author has heard so: until then it can be undone unheard."""
    heard = decisions.recent(session, item, ctx.now - timedelta(seconds=ctx.own.undo)) is None
    return item.status in items.REOPENED and heard


def _button(ctx: Context, item: Feedback, question: Question) -> Button:
    label = ctx.speech.say("Send it with #{number}: {title}", number=item.number, title=items.title(item, 40))
    return Button(label, "reply", {"number": str(item.number), "question": str(question.id)})
