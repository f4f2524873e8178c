"""Stores and reads the files sent with items, and sums the space they take."""

from collections.abc import Collection

from sqlalchemy import Select, bindparam
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, delete, func, select

from storage.engine.listing import among, listed
from storage.engine.prepared import prepared
from storage.engine.unique import add_row
from storage.models import Attachment, Community, Feedback
from storage.values import frozen


@frozen
class FileInfo:
    """A file of an item, without its content; `size` is in bytes."""

    id: int
    feedback_id: int
    name: str
    media_type: str
    size: int


LEAST = 16_384
"""The least bytes a file counts for, so that the limit on space also limits the number of files."""


def taken(content: bytes) -> int:
    """The bytes that a file's content counts for in the quotas."""
    return max(len(content), LEAST)


def add(session: Session, feedback_id: int, name: str, media_type: str, content: bytes) -> None:
    """Store a file of an item."""
    own = session.exec(select(Feedback.community_id).where(Feedback.id == feedback_id)).one()
    row = Attachment(
        feedback_id=feedback_id,
        name=name,
        media_type=media_type,
        content=content,
        community_id=own,
        size=taken(content),
    )
    add_row(session, row)


def count(session: Session, feedback_id: int) -> int:
    """The number of an item's files; their content is not read."""
    return int(_count.value(session, {"feedback_id": feedback_id}))


@prepared()
def _count(_: str) -> Select[int]:
    return sa_select(func.count(col(Attachment.id))).where(col(Attachment.feedback_id) == bindparam("feedback_id"))


def of_item(session: Session, feedback_id: int) -> list[Attachment]:
    """An item's files with their content, in the order they were stored."""
    query = select(Attachment).where(Attachment.feedback_id == feedback_id)
    return sorted(session.exec(query), key=lambda file: file.id)


def describe(session: Session, feedback_ids: Collection[int]) -> list[FileInfo]:
    """The files of items in the order they were stored; their content is not read."""
    found = _describe.rows(session, {"items": listed(feedback_ids)}) if feedback_ids else ()
    return sorted((FileInfo(*row) for row in found), key=_id)


# Run for every card: built once, since building a statement takes longer than running it.
@prepared()
def _describe(dialect: str) -> Select[int, int, str, str, int]:
    own, size = col(Attachment.feedback_id), func.length(col(Attachment.content))
    query = sa_select(col(Attachment.id), own, col(Attachment.name), col(Attachment.media_type), size)
    return query.where(among(dialect, own, "items"))


def content(session: Session, attachment_id: int) -> bytes:
    """The content of a file; empty when it was deleted."""
    return session.exec(select(Attachment.content).where(Attachment.id == attachment_id)).first() or b""


def of_person(session: Session, member_id: int) -> int:
    """The bytes that the files of a person's items count for, in all communities."""
    theirs = select(func.sum(Attachment.size)).join(Feedback, col(Feedback.id) == col(Attachment.feedback_id))
    return int(session.exec(theirs.where(Feedback.author_id == member_id)).one() or 0)


def of_community(session: Session, community_id: int) -> int:
    """The bytes that the files of a community count for."""
    return int(
        session.exec(select(func.sum(Attachment.size)).where(Attachment.community_id == community_id)).one() or 0
    )


def in_all(session: Session) -> int:
    """The bytes that all files count for, summed from the index of each community."""
    return sum(of_community(session, own) for own in session.exec(select(Community.id)).all())


def drop(session: Session, feedback_id: int) -> None:
    """Delete an item's files."""
    session.exec(delete(Attachment).where(col(Attachment.feedback_id) == feedback_id))


def _id(file: FileInfo) -> int:
    return file.id
