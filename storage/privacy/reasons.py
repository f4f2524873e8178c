"""Finds the reasons a person gave as a moderator, which history, blocks and undelivered news repeat."""

from dataclasses import dataclass

from sqlalchemy import select as sa_select
from sqlmodel import Session, col, update

from storage.models import Block, Feedback, History


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason given for a change of an item."""

    feedback_id: int
    community_id: int
    number: int
    text: str


def of_actor(session: Session, member_id: int) -> list[Reason]:
    """The reasons a person gave for changes of any item."""
    columns = (col(History.feedback_id), col(Feedback.community_id), col(Feedback.number), col(History.note))
    query = sa_select(*columns).join(Feedback, col(Feedback.id) == col(History.feedback_id))
    rows = session.execute(query.where(col(History.actor_id) == member_id, col(History.note) != ""))
    return [Reason(*row) for row in rows]


def erase_from_blocks(session: Session, given: Reason) -> None:
    """Empty a reason where a block from its item repeats it; the block itself goes on."""
    here = (col(Block.community_id) == given.community_id, col(Block.number) == given.number)
    session.exec(update(Block).where(*here, col(Block.reason) == given.text).values(reason=""))
