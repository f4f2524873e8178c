"""Stores the team's answers and their phrasings."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import field
from datetime import date

from sqlalchemy import Executable, Select, bindparam, func, literal_column
from sqlalchemy import delete as sa_delete
from sqlalchemy import select as sa_select
from sqlalchemy import update as sa_update
from sqlmodel import Session, col, delete, select, update

from storage.answers import refusals, vectors
from storage.engine.listing import among, listed
from storage.engine.loading import by_id, loaded
from storage.engine.prepared import prepared
from storage.engine.unique import insert_in, table_of
from storage.models import Answer, Community, Phrasing, Refusal
from storage.values import frozen

_ONE = ("community_id", "external_id")
_SAID = ("language", "text", "origin", "address", "valid_until", "tags", "written_on")
"""The columns that tell an answer from others, and those that a file brings."""


@frozen
class Entry:
    """An answer as in a knowledge file, with its id there.

    Attributes:
        source: the file or page it comes from; empty when the team wrote it to the bot.
        address: where it can be read in full.
        valid_until: the last day on which it holds.
        tags: the words it is filed under.
        written_on: the day its source was last changed; None when nothing says.
    """

    external_id: str
    phrasings: tuple[str, ...]
    text: str
    language: str
    source: str = field(default="", compare=False)
    address: str | None = None
    valid_until: date | None = None
    tags: tuple[str, ...] = ()
    written_on: date | None = field(default=None, compare=False)


def add(session: Session, community_id: int, entries: Sequence[Entry]) -> None:
    """Add answers (upsert by external id, phrasings replaced), and increment the knowledge's version."""
    _lift(session, community_id, entries)
    for entry in entries:
        answer_id = _keep(session, community_id, entry)
        # Of a new answer, too: another process may have added it at the same time.
        askers = _clear_phrasings(session, answer_id)
        session.add_all(Phrasing(answer_id=answer_id, text=text, asker_id=askers.get(text)) for text in entry.phrasings)
    _renew(session, [community_id])


def learn(session: Session, community_id: int, entry: Entry, asker_id: int | None) -> None:
    """Add one answer (upsert by external id; existing phrasings are kept), and increment the knowledge's version.

    Args:
        asker_id: the member who wrote the phrasings; None for the team.
    """
    known = ways_of(session, community_id, entry.external_id)
    _lift(session, community_id, [entry])
    answer_id = _keep(session, community_id, entry)
    new = [text for text in entry.phrasings if text not in known]
    session.add_all(Phrasing(answer_id=answer_id, text=text, asker_id=asker_id) for text in new)
    _renew(session, [community_id])


def add_phrasing(session: Session, community_id: int, answer_id: int, text: str, asker_id: int | None) -> None:
    """Add a phrasing to an answer unless it has it, and increment the knowledge's version.

    Args:
        asker_id: the member who wrote it; None for the team.
    """
    known = select(Phrasing.id).where(Phrasing.answer_id == answer_id, Phrasing.text == text)
    if session.exec(known).first() is None:
        session.add(Phrasing(answer_id=answer_id, text=text, asker_id=asker_id))
        _renew(session, [community_id])


def remove(session: Session, community_id: int, external_ids: Collection[str]) -> None:
    """Delete answers by their external ids, with their phrasings; questions they answered stay."""
    query = select(Answer.id).where(Answer.community_id == community_id, col(Answer.external_id).in_(external_ids))
    gone = list(session.exec(query))
    if not gone:
        return
    refusals.lift(session, gone)
    vectors.drop(session, gone)
    session.exec(delete(Phrasing).where(col(Phrasing.answer_id).in_(gone)))
    session.exec(delete(Answer).where(col(Answer.id).in_(gone)))
    _renew(session, [community_id])


def come_from(session: Session, community_id: int, moved: Iterable[Entry]) -> None:
    """Store where unchanged answers come from, and the day that was changed."""
    for entry in moved:
        theirs = (col(Answer.community_id) == community_id, col(Answer.external_id) == entry.external_id)
        session.exec(update(Answer).where(*theirs).values(origin=entry.source, written_on=entry.written_on))


def forget(session: Session, asker_id: int) -> None:
    """Delete the phrasings a member wrote, and the answers that have no others."""
    answers = dict(_taught_by.rows(session, {"asker_id": asker_id}))
    if not answers:
        return
    session.exec(delete(Phrasing).where(col(Phrasing.asker_id) == asker_id))
    vectors.drop(session, list(answers))
    left = select(Phrasing.answer_id)
    session.exec(delete(Answer).where(col(Answer.id).in_(list(answers)), col(Answer.id).not_in(left)))
    _renew(session, set(answers.values()))


def phrasings(session: Session, community_id: int) -> list[tuple[int, str]]:
    """Every phrasing of a community, with its answer's id."""
    return [(answer_id, text) for answer_id, text in _phrasings.rows(session, {"community_id": community_id})]


@prepared()
def _phrasings(_: str) -> Select[int, str]:
    query = sa_select(col(Phrasing.answer_id), col(Phrasing.text)).join(Answer)
    return query.where(col(Answer.community_id) == bindparam("community_id")).order_by(col(Phrasing.id))


def members_phrasings(session: Session, community_id: int) -> set[tuple[int, str]]:
    """The phrasings that members wrote, each with its answer's id."""
    query = select(Phrasing.answer_id, Phrasing.text).join(Answer).where(Answer.community_id == community_id)
    return {(answer_id, text) for answer_id, text in session.exec(query.where(col(Phrasing.asker_id).is_not(None)))}


def answers(session: Session, community_id: int) -> list[Answer]:
    """Every answer of a community, the oldest first."""
    query = select(Answer).where(Answer.community_id == community_id)
    return list(session.exec(query.order_by(col(Answer.id))))


def bodies(session: Session, community_id: int) -> dict[int, str]:
    """The text of every answer of a community; an empty one says that its question is known not to be covered."""
    return dict(_bodies.rows(session, {"community_id": community_id}))


@prepared()
def _bodies(_: str) -> Select[int, str]:
    return sa_select(col(Answer.id), col(Answer.text)).where(col(Answer.community_id) == bindparam("community_id"))


def terms(session: Session, community_id: int) -> dict[int, date]:
    """By answer, the last day on which it holds; those without an end are left out."""
    return dict(_terms.rows(session, {"community_id": community_id}))


def get(session: Session, answer_id: int) -> tuple[Answer, str] | None:
    """An answer and its first phrasing (empty when it has none); None when there is no such answer."""
    answer = by_id(session, Answer, answer_id)
    if answer is None:
        return None
    rows = _first_phrasing.rows(session, {"answer_id": answer_id})
    return answer, str(rows[0][0]) if rows else ""


# Asked with every answer: built once, since building a statement takes longer than running it.
@prepared()
def _terms(_: str) -> Select[int, date | None]:
    until = col(Answer.valid_until)
    here = col(Answer.community_id) == bindparam("community_id")
    return sa_select(col(Answer.id), until).where(here, until.is_not(None))


@prepared()
def _first_phrasing(_: str) -> Select[str]:
    of_answer = col(Phrasing.answer_id) == bindparam("answer_id")
    return sa_select(col(Phrasing.text)).where(of_answer).order_by(col(Phrasing.id)).limit(literal_column("1"))


def ways_of(session: Session, community_id: int, external_id: str) -> tuple[str, ...]:
    """The phrasings of the answer with this external id; empty when there is none."""
    query = select(Phrasing.text).join(Answer)
    theirs = query.where(Answer.community_id == community_id, Answer.external_id == external_id)
    return tuple(session.exec(theirs.order_by(col(Phrasing.id))))


def id_of(session: Session, community_id: int, external_id: str) -> int | None:
    """The number of the answer with this external id; None when there is none."""
    query = select(Answer.id).where(Answer.community_id == community_id, Answer.external_id == external_id)
    return session.exec(query).first()


def version(session: Session, community_id: int) -> int:
    """The version of a community's knowledge: a number incremented with every change."""
    found: int = _version.value(session, {"community_id": community_id})
    return found


def total(session: Session, community_id: int) -> int:
    """How many answers a community has."""
    query = select(func.count()).select_from(Answer).where(Answer.community_id == community_id)
    return session.exec(query).one()


def _lift(session: Session, community_id: int, entries: Sequence[Entry]) -> None:
    """Let answers whose text changes be given again where they were refused."""
    texts = {entry.external_id: entry.text for entry in entries}
    refused = _refused.rows(session, {"community_id": community_id})
    refusals.lift(session, [own for own, name, text in refused if texts.get(name, text) != text])


def _renew(session: Session, community_ids: Collection[int]) -> None:
    """Increment the knowledge's version of these communities, so that search indexes are built again."""
    _renewed.all(session, {"communities": listed(community_ids)})


@loaded(Community, anew=True)
def _renewed(dialect: str) -> Executable:
    own = sa_update(Community).where(among(dialect, col(Community.id), "communities"))
    return own.values(knowledge_version=col(Community.knowledge_version) + 1).returning(Community)


def _clear_phrasings(session: Session, answer_id: int) -> dict[str, int | None]:
    """Delete an answer's phrasings; return those of members, each with who wrote it.

    One that comes back from a file is still that member's personal data.
    """
    cleared = _cleared.rows(session, {"answer_id": answer_id})
    return {text: asker_id for text, asker_id in cleared if asker_id is not None}


def _keep(session: Session, community_id: int, entry: Entry) -> int:
    """Insert or update an answer's text and language by its external id; return its id."""
    said = {
        "language": entry.language,
        "text": entry.text,
        "origin": entry.source,
        "address": entry.address,
        "valid_until": entry.valid_until,
        "tags": "\n".join(entry.tags),
        "written_on": entry.written_on,
    }
    kept: int = _kept.value(session, {"community_id": community_id, "external_id": entry.external_id, **said})
    return kept


@prepared()
def _refused(_: str) -> Executable:
    row = table_of(Answer).c
    query = sa_select(row.id, row.external_id, row.text).join(table_of(Refusal)).distinct()
    return query.where(row.community_id == bindparam("community_id"))


@prepared()
def _cleared(_: str) -> Executable:
    row = table_of(Phrasing).c
    return (
        sa_delete(table_of(Phrasing)).where(row.answer_id == bindparam("answer_id")).returning(row.text, row.asker_id)
    )


@prepared()
def _version(_: str) -> Executable:
    row = table_of(Community).c
    return sa_select(row.knowledge_version).where(row.id == bindparam("community_id"))


@prepared(*_ONE, *_SAID)
def _kept(dialect: str) -> Executable:
    new = insert_in(dialect, Answer)
    said = {name: new.excluded[name] for name in _SAID}
    return new.on_conflict_do_update(index_elements=_ONE, set_=said).returning(table_of(Answer).c.id)


@prepared()
def _taught_by(_: str) -> Select[int, int]:
    """The answers, with their communities, that somebody's phrasings find."""
    query = sa_select(col(Answer.id), col(Answer.community_id)).join(Phrasing)
    return query.where(col(Phrasing.asker_id) == bindparam("asker_id")).distinct()
