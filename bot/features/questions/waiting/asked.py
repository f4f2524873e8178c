"""Tells the askers of a waiting question the answer that was added for it."""

from sqlmodel import Session

from bot.context import Context
from bot.features.questions.waiting import waiting
from bot.features.questions.waiting.waiting import Match
from storage.answers import knowledge, questions
from storage.models import Community


def tell_asked(session: Session, ctx: Context, question_id: int | None, external_id: str) -> int:
    """Tell everyone who asked a waiting question an answer of the knowledge, and close it.

    Args:
        question_id: the question; None for none.
        external_id: the answer's id in the knowledge.

    Returns:
        How many people will be told.
    """
    asked = questions.get(session, question_id) if question_id is not None else None
    answer_id = knowledge.id_of(session, ctx.community.id, external_id)
    if asked is None or not asked.plain or answer_id is None:
        return 0
    same = questions.same_open(session, asked, hold=True)
    found = [
        Match(one.id, one.text, one.holder or one.asker_id, one.asked_at, answer_id, score=1.0, sure=True)
        for one in same
    ]
    return waiting.tell(session, ctx.core, session.get_one(Community, ctx.community.id), found, ctx.now)
