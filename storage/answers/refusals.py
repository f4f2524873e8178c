"""Stores which answers did not help with which questions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Executable, bindparam, literal_column
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, delete, func, select

from storage.engine.prepared import prepared
from storage.engine.unique import insert
from storage.models import Answer, Question, Refusal
from storage.values import frozen

MOST_READ = 300
"""Refusals read at most, the newest first: questions refused long ago are answered by now, or no longer asked."""
SECOND = 2
"""How many people must refuse for no existing answer to fit; one suffices for the refused answer itself."""


@frozen
class Refused:
    """An answer that does not answer a question, by people's word.

    Attributes:
        text: the question's text.
        answer_id: the answer's id; None when no answer existing at the time fits.
        newest: where `answer_id` is None, the id of the newest answer at that time; later ones may fit.
    """

    text: str
    answer_id: int | None
    newest: int = 0


def keep(session: Session, question: Question, answer_ids: Iterable[int], *, firm: bool) -> None:
    """Store that these answers do not answer a question.

    Args:
        firm: whether a moderator says so; two members count as much.
    """
    theirs = Answer.community_id == question.community_id
    newest = session.exec(select(func.max(Answer.id)).where(theirs)).one() or 0
    query = select(Answer.id).where(theirs, col(Answer.id).in_(list(answer_ids)))
    for answer_id in session.exec(query).all():
        row = {"question_id": question.id, "answer_id": answer_id, "firm": firm, "newest": newest}
        session.execute(insert(session, Refusal).values(row).on_conflict_do_nothing())


def drop(session: Session, answer_ids: Iterable[int]) -> None:
    """Delete the refusals of answers whose text has changed."""
    changed = list(answer_ids)
    if changed:
        session.exec(delete(Refusal).where(col(Refusal.answer_id).in_(changed)))


def newest(session: Session, community_id: int) -> list[Refused]:
    """The newest refusals of a community; refusals for erased questions are left out."""
    found = [_Refusal(*row) for row in _newest.rows(session, {"community_id": community_id})]
    by_plain: dict[str, list[_Refusal]] = defaultdict(list)
    for one in found:
        by_plain[one.plain].append(one)
    each = {(one.text, one.answer_id) for one in found}
    return [*(Refused(text, answer_id) for text, answer_id in sorted(each)), *_all(by_plain.values())]


class _Refusal(NamedTuple):
    """A stored refusal of an answer, with its question."""

    plain: str
    text: str
    asker_id: int | None
    holder: str | None
    answer_id: int
    firm: bool
    newest: int


@prepared()
def _newest(_: str) -> Executable:
    asked = (Question.plain, Question.text, Question.asker_id, Question.holder)
    columns = map(col, (*asked, Refusal.answer_id, Refusal.firm, Refusal.newest))
    here = (col(Question.community_id) == bindparam("community_id"), col(Question.plain) != "")
    query = sa_select(*columns).join_from(Question, Refusal).where(*here)
    return query.order_by(col(Refusal.question_id).desc()).limit(literal_column(str(MOST_READ)))


def _all(groups: Iterable[Sequence[_Refusal]]) -> Iterable[Refused]:
    """For each question refused by a moderator or by two people: that no answer existing at the time fits."""
    for group in groups:
        people = {one.asker_id or one.holder for one in group}
        if len(people) >= SECOND or any(one.firm for one in group):
            yield Refused(group[0].text, None, max(one.newest for one in group))
