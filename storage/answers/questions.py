"""Stores, groups, closes and counts the questions put to the bot."""

from collections.abc import Collection, Iterable
from dataclasses import field
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Executable, Select, bindparam, func
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from storage.conditions import ASIDE, Conditions, left_open
from storage.engine.drawing import draw_id
from storage.engine.listing import among, at_most, listed
from storage.engine.loading import Loaded, by_id, change, loaded
from storage.engine.prepared import Prepared, prepared
from storage.engine.unique import add_row
from storage.models import Question
from storage.values import frozen
from storage.vocabulary import Decision

MOST_PLAIN = 600
"""Characters of the normalised text that are stored and compared: an index entry of PostgreSQL holds no more."""


@frozen
class Waiting:
    """Unanswered questions with the same normalised text.

    Attributes:
        text: the text of one of them.
        people: how many people asked it.
        times: how often it was asked.
        since: when it was first asked.
        newest: the id of the newest one, by which the group is referred to.
        language: the language of one of them.
    """

    text: str
    people: int
    times: int
    since: datetime
    newest: int = field(default=0, compare=False)
    language: str = field(default="", compare=False)


@frozen
class Helped:
    """A wording with which people found an answer that helped.

    Attributes:
        people: how many people said so.
        newest: the id of the newest question in these words.
    """

    text: str
    answer_id: int
    people: int
    newest: int


def keep(session: Session, question: Question) -> Question:
    """Store a question with the decision on it, and set its id; that of a nameless one is drawn by chance."""
    question.plain = question.plain[:MOST_PLAIN]
    if question.holder is not None:
        # The order of the ids would tell between which others it was asked.
        question.id = draw_id(session, Question)
    elif not question.id:
        return add_row(session, question)
    session.add(question)
    session.flush()
    return question


def get(session: Session, question_id: int) -> Question | None:
    """The question with this id, or None."""
    return by_id(session, Question, question_id)


def of_message(session: Session, source: str) -> Question | None:
    """The newest question asked in a message, by its keyed mark; None when there is none, or it was erased."""
    query = select(Question).where(Question.source == source, Question.plain != "")
    return session.exec(query.order_by(col(Question.id).desc())).first()


def every_of_message(session: Session, source: str) -> list[Question]:
    """The questions asked in a message, by its keyed mark, in their order; those of a nameless one in any."""
    query = select(Question).where(Question.source == source, Question.plain != "")
    return list(session.exec(query.order_by(col(Question.id))))


def reword(session: Session, question: Question, text: str, plain: str, language: str) -> Question:
    """Replace a question's text, normalised text and language."""
    change(session, question, text=text, plain=plain[:MOST_PLAIN], language=language)
    return question


def hold(session: Session, question_id: int) -> Question | None:
    """Lock a question until the transaction ends, and return it as it is now, or None."""
    return session.get(Question, question_id, with_for_update=True, populate_existing=True)


def withdraw(session: Session, question: Question) -> None:
    """Blank a question's text and asker, named or not; the row stays for the counts."""
    change(session, question, text="", plain="", asker_id=None, holder=None, sealed=None, source=None)


def same_open(session: Session, question: Question, *, hold: bool = False) -> list[Question]:
    """The unanswered questions of all members with the same normalised text as this one, the oldest first.

    Args:
        hold: whether to lock them until the transaction ends, so that no other one answers them.
    """
    given = {"community_id": question.community_id, "plain": question.plain}
    return _same(held=hold).all(session, given)


def of_same_asker(session: Session, question: Question) -> list[Question]:
    """A named question, and the unanswered ones of the same person with the same normalised text."""
    alike = (one for one in same_open(session, question, hold=True) if one.asker_id == question.asker_id)
    return [question, *(one for one in alike if one.id != question.id)]


def left_unanswered(session: Session, community_id: int, most: int) -> list[Question]:
    """The newest unanswered questions of a community."""
    query = select(Question).where(Question.community_id == community_id, *left_open())
    return list(session.exec(query.order_by(col(Question.asked_at).desc()).limit(most)))


def shared(session: Session, community_id: int, since: datetime, until: datetime, most: int) -> list[Question]:
    """The newest unanswered questions of a span that may be sent to other members, the oldest of them first."""
    at, willing = col(Question.asked_at), (col(Question.shared).is_(True), col(Question.asker_id).is_not(None))
    query = select(Question).where(Question.community_id == community_id, at >= since, at < until)
    query = query.where(*willing, *left_open())
    return list(session.exec(query.order_by(col(Question.asked_at).desc()).limit(most)))[::-1]


def hold_open(session: Session, question_id: int) -> Question | None:
    """Lock a question until the transaction ends, and return it as it is now; None when it is not unanswered."""
    found = hold(session, question_id)
    if found is None or not found.plain or found.useful or found.decision in ASIDE:
        return None
    return found if found.decision is not Decision.ANSWER or found.useful is False else None


def close(session: Session, closed: Iterable[Question]) -> None:
    """Mark questions as answered by the team."""
    for question in closed:
        change(session, question, decision=Decision.ANSWER, answer_id=None, useful=None)


def mark(session: Session, marked: Iterable[Question], decision: Decision) -> None:
    """Store what the team decided on questions that it does not answer; what they were answered before stays."""
    for question in marked:
        change(session, question, decision=decision)


def others(session: Session, community_id: int, plain: str, asker_id: int | None, marks: Collection[str] = ()) -> int:
    """How many people other than the asker have an unanswered question with this normalised text.

    Args:
        marks: the keyed marks the asker has on nameless questions.
    """
    given = {"community_id": community_id, "plain": plain[:MOST_PLAIN], "asker_id": asker_id, "marks": listed(marks)}
    return int(_others.value(session, given))


@prepared()
def _others(dialect: str) -> Select[int]:
    asker, holder = col(Question.asker_id), col(Question.holder)
    named = func.count(func.distinct(asker)).filter(asker.is_distinct_from(bindparam("asker_id")))
    nameless = func.count(func.distinct(holder)).filter(~among(dialect, holder, "marks"))
    return sa_select(named + nameless).where(*_alike())


def unanswered(
    session: Session, community_id: int, since: datetime, until: datetime, most: int | None = None
) -> list[Waiting]:
    """The unanswered questions of a span (`until` excluded), grouped by normalised text, the most asked first.

    A question whose answer was marked as not useful is unanswered, too.
    """
    span = {"community_id": community_id, "since": since, "until": until, "most": most}
    return [
        Waiting(text, max(asked, 1), number, first, newest, language)
        for text, asked, number, first, newest, language in _unanswered(every=most is None).rows(session, span)
    ]


@cache
def _unanswered(*, every: bool) -> Prepared:
    people, times = _people(), func.count()
    first = func.min(col(Question.asked_at))
    what = (func.max(col(Question.text)), people, times, first, func.max(col(Question.id)))
    query = sa_select(*what, func.max(col(Question.language))).where(*_open_in_span()).group_by(col(Question.plain))
    ordered = query.order_by(people.desc(), times.desc(), first)
    return Prepared(lambda _: ordered if every else ordered.limit(at_most("most")))


def askers(session: Session, community_id: int, since: datetime, until: datetime) -> int:
    """How many people asked the unanswered questions of a span (`until` excluded)."""
    return int(_askers.value(session, {"community_id": community_id, "since": since, "until": until}))


def askers_of(session: Session, community_id: int, question_ids: Collection[int]) -> int:
    """How many people asked the unanswered questions with the normalised texts of these, in any of them."""
    plain = select(Question.plain).where(col(Question.id).in_(question_ids))
    query = select(_people()).where(Question.community_id == community_id, col(Question.plain).in_(plain), *left_open())
    return session.exec(query).one()


def left(session: Session, community_id: int) -> dict[int, frozenset[int]]:
    """By the id of each unanswered question in the same words, the member ids of those who want it to stay one."""
    people: dict[str, set[int]] = {}
    for plain, asker_id in _stays.rows(session, {"community_id": community_id}):
        people.setdefault(plain, set()).add(asker_id)
    if not people:
        return {}
    here: Conditions = (col(Question.community_id) == community_id, *left_open())
    same = select(Question.id, Question.plain).where(*here, col(Question.plain).in_(people))
    return {own: frozenset(people[plain]) for own, plain in session.exec(same)}


@prepared()
def _stays(_: str) -> Executable:
    asker = col(Question.asker_id)
    return sa_select(col(Question.plain), asker).where(
        *_open(col(Question.decision) == Decision.LEFT, asker.is_not(None))
    )


def helped(session: Session, community_id: int, since: datetime, fewest: int, most: int) -> list[Helped]:
    """The wordings with which at least so many people found an answer that helped, the most used first."""
    given = {"community_id": community_id, "since": since, "fewest": fewest, "most": most}
    return [Helped(text, own, number, newest) for text, own, number, newest in _helped.rows(session, given)]


@prepared()
def _helped(_: str) -> Executable:
    people, answer = _people(), col(Question.answer_id)
    return (
        sa_select(func.max(col(Question.text)), answer, people, func.max(col(Question.id)))
        .where(col(Question.community_id) == bindparam("community_id"), col(Question.asked_at) >= bindparam("since"))
        .where(col(Question.useful).is_(True), answer.is_not(None), col(Question.plain) != "")
        .group_by(col(Question.plain), answer)
        .having(people >= bindparam("fewest"))
        .order_by(people.desc(), func.max(col(Question.id)))
        .limit(at_most("most"))
    )


def asked_by(session: Session, community_id: int, member_id: int, marks: Collection[str]) -> list[Question]:
    """The questions that a person asked in a community, the newest first; nameless ones by their keyed marks."""
    here = select(Question).where(Question.community_id == community_id, Question.text != "")
    # Each with an index of its own.
    found = [*session.exec(here.where(Question.asker_id == member_id))]
    found += session.exec(here.where(col(Question.holder).in_(marks)))
    return sorted(found, key=lambda one: (one.asked_at, one.id), reverse=True)


def of_asker(session: Session, member_id: int) -> list[Question]:
    """All questions of a person that still name them."""
    return _of_asker.all(session, {"member_id": member_id})


def _people() -> ColumnElement[int]:
    """The number of askers; who asked with and without a name counts twice: see `storage.reports.reporting`."""
    return func.count(func.distinct(col(Question.asker_id))) + func.count(func.distinct(col(Question.holder)))


@prepared()
def _askers(_: str) -> Select[int]:
    return sa_select(_people()).where(*_open_in_span())


@loaded(Question)
def _of_asker(_: str) -> Select[Question]:
    return sa_select(Question).where(col(Question.asker_id) == bindparam("member_id"))


@cache
def _same(*, held: bool) -> Loaded[Question]:
    query = sa_select(Question).where(*_alike()).order_by(col(Question.id))
    return Loaded(Question, lambda _: query.with_for_update() if held else query, anew=held)


def _alike() -> Conditions:
    """The unanswered questions of a community with the same normalised text."""
    return _open(col(Question.plain) == bindparam("plain"))


def _open_in_span() -> Conditions:
    """The unanswered questions of a community and a span."""
    return _open(col(Question.asked_at) >= bindparam("since"), col(Question.asked_at) < bindparam("until"))


def _open(*which: ColumnElement[bool]) -> Conditions:
    """Those of the unanswered questions of a community that meet other conditions, too."""
    return (col(Question.community_id) == bindparam("community_id"), *which, *left_open())
