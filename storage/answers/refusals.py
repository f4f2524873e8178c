"""Stores which answers did not help with which questions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from sqlalchemy import Select, bindparam
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, delete, func, select

from storage.engine.unique import insert
from storage.models import Answer, Question, Refusal
from storage.values import frozen

MOST_READ = 300
"""Refusals that are read, the newest first: what was refused long ago is answered by now, or no longer asked."""
SECOND = 2
"""People whose word counts against every answer there was; one suffices for the answer that was refused."""


@frozen
class Refused:
    """An answer refused for a question.

    Attributes:
        text: the question's.
        answer_id: of the answer; None when none of those there were fits.
        newest: of the newest answer there was, with None.
    """

    text: str
    answer_id: int | None
    newest: int = 0


def keep(session: Session, question: Question, answer_ids: Iterable[int], *, firm: bool) -> None:
    """Store that these answers do not answer a question.

    Args:
        firm: whether a moderator says so.
    """
    theirs = Answer.community_id == question.community_id
    newest = session.exec(select(func.max(Answer.id)).where(theirs)).one() or 0
    query = select(Answer.id).where(theirs, col(Answer.id).in_(list(answer_ids)))
    for answer_id in session.exec(query).all():
        row = {"question_id": question.id, "answer_id": answer_id, "firm": firm, "newest": newest}
        session.execute(insert(session, Refusal).values(row).on_conflict_do_nothing())


def lift(session: Session, answer_ids: Iterable[int]) -> None:
    """Delete what was said against answers whose text has changed."""
    changed = list(answer_ids)
    if changed:
        session.exec(delete(Refusal).where(col(Refusal.answer_id).in_(changed)))


def newest(session: Session, community_id: int) -> list[Refused]:
    """The newest refusals of a community; those of erased questions no longer count."""
    found = [(question, refusal) for question, refusal in session.execute(_newest(), {"community_id": community_id})]
    by_plain: dict[str, list[tuple[Question, Refusal]]] = defaultdict(list)
    for question, refusal in found:
        by_plain[question.plain].append((question, refusal))
    each = {(question.text, refusal.answer_id) for question, refusal in found}
    return [*(Refused(text, answer_id) for text, answer_id in sorted(each)), *_all(by_plain.values())]


@cache
def _newest() -> Select[Question, Refusal]:
    here = (col(Question.community_id) == bindparam("community_id"), col(Question.plain) != "")
    query = sa_select(Question, Refusal).join(Refusal).where(*here)
    return query.order_by(col(Refusal.question_id).desc()).limit(MOST_READ)


def _all(groups: Iterable[Sequence[tuple[Question, Refusal]]]) -> Iterable[Refused]:
    """The questions to which, by a moderator's or a second person's word, no answer fits that there was."""
    for group in groups:
        people = {question.asker_id or question.holder for question, _ in group}
        if len(people) >= SECOND or any(refusal.firm for _, refusal in group):
            yield Refused(group[0][0].text, None, max(refusal.newest for _, refusal in group))
