"""Finds the reasons a moderator gave, which are copied in histories, blocks and undelivered news."""

from sqlalchemy import Select, bindparam
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, update

from storage.engine.prepared import prepared
from storage.models import Block, Feedback, History
from storage.values import frozen


@frozen
class Reason:
    """A reason given for a change of an item."""

    feedback_id: int
    community_id: int
    number: int
    text: str


def of_actor(session: Session, member_id: int) -> list[Reason]:
    """The reasons a person gave for changes of any item."""
    return [Reason(*row) for row in _of_actor.rows(session, {"actor": member_id})]


def erase_from_blocks(session: Session, given: Reason) -> None:
    """Blank a reason in blocks that its item led to; the blocks stay."""
    here = (col(Block.community_id) == given.community_id, col(Block.number) == given.number)
    session.exec(update(Block).where(*here, col(Block.reason) == given.text).values(reason=""))


@prepared()
def _of_actor(_: str) -> Select[int, int, int, str]:
    columns = (col(Feedback.id), col(Feedback.community_id), col(Feedback.number), col(History.note))
    query = sa_select(*columns).join(History, col(History.feedback_id) == col(Feedback.id))
    return query.where(col(History.actor_id) == bindparam("actor"), col(History.note) != "")
