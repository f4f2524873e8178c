"""Finds and changes a single answer of the knowledge for moderators."""

from collections.abc import Callable

from sqlmodel import Session

from bot.context import Context
from bot.errors import UserError
from bot.transfer import changes
from bot.transfer.changes import Change
from storage.answers import knowledge
from storage.answers.knowledge import Entry
from storage.models import Answer


def find(session: Session, ctx: Context, answer_id: int) -> tuple[Answer, str]:
    """An answer of this community, and its first phrasing.

    Raises:
        UserError: the community has no such answer.
    """
    found = knowledge.get(session, answer_id)
    if found is None or found[0].community_id != ctx.community.id:
        raise UserError(ctx.speech.say("This answer is no longer there. Ask again to search afresh."))
    return found


def tags_of(answer: Answer) -> tuple[str, ...]:
    """The tags of an answer."""
    return tuple(filter(None, answer.tags.split("\n")))


def change(session: Session, ctx: Context, answer_id: int, made: Callable[[Entry], Entry]) -> tuple[Entry, int | None]:
    """Change an answer; return the answer before, and the id by which the change can be undone.

    Args:
        made: makes the new answer of the present one.

    Raises:
        UserError: the community has no such answer.
    """
    answer, _ = find(session, ctx, answer_id)
    before = changes.held_entry(session, ctx.community.id, answer.external_id)
    if before is None:
        raise UserError(ctx.speech.say("This answer is no longer there. Ask again to search afresh."))
    made_of_it = Change((), [made(before)], (), 0, (), [before])
    number = changes.carry_out(session, ctx.community.id, made_of_it, ctx.now)
    return before, number
