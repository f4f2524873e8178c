"""Stores the vectors of answers, so that a start does not encode them again."""

from collections.abc import Collection, Mapping

from sqlmodel import Session, col, delete, select

from storage.engine.unique import insert
from storage.models import Answer, AnswerVectors
from storage.values import frozen


@frozen
class Stored:
    """The stored vectors of an answer.

    Attributes:
        digest: a digest of the texts that were encoded, by which changed texts are noticed.
    """

    digest: str
    rows: bytes


def known(session: Session, community_id: int, encoder: str) -> dict[int, Stored]:
    """A community's vectors made by this encoder, by answer id."""
    query = select(AnswerVectors.answer_id, AnswerVectors.digest, AnswerVectors.rows).join(Answer)
    theirs = query.where(Answer.community_id == community_id, AnswerVectors.encoder == encoder)
    return {answer_id: Stored(digest, rows) for answer_id, digest, rows in session.exec(theirs)}


def keep(session: Session, encoder: str, found: Mapping[int, Stored]) -> None:
    """Store vectors by answer id (upsert); answers deleted meanwhile are skipped."""
    query = select(Answer.id).where(col(Answer.id).in_(list(found)))
    for answer_id in session.exec(query).all():
        said = {"encoder": encoder, "digest": found[answer_id].digest, "rows": found[answer_id].rows}
        new = insert(session, AnswerVectors).values({"answer_id": answer_id, **said})
        session.execute(new.on_conflict_do_update(index_elements=["answer_id"], set_=said))


def drop(session: Session, answer_ids: Collection[int]) -> None:
    """Delete the vectors of answers, as when a phrasing was erased whose meaning they may reveal."""
    session.exec(delete(AnswerVectors).where(col(AnswerVectors.answer_id).in_(answer_ids)))
