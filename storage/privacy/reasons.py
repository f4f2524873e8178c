"""Finds the reasons a person gave as a moderator, which history, blocks and undelivered news repeat."""

from collections.abc import Sequence

from sqlalchemy import select as sa_select
from sqlmodel import Session, col, update

from storage.models import Block, Feedback, History
from storage.values import frozen

PAGE = 500
"""Items in one statement at most."""


@frozen
class Reason:
    """A reason given for a change of an item."""

    feedback_id: int
    community_id: int
    number: int
    text: str


def of_actor(session: Session, member_id: int) -> list[Reason]:
    """The reasons a person gave for changes of any item."""
    entries = sa_select(col(History.feedback_id), col(History.note)).where(
        col(History.actor_id) == member_id, col(History.note) != ""
    )
    given = session.execute(entries).all()
    numbers = _numbers(session, sorted({own for own, _ in given}))
    return [Reason(own, *numbers[own], text) for own, text in given]


def erase_from_blocks(session: Session, given: Reason) -> None:
    """Empty a reason where a block from its item repeats it; the block itself goes on."""
    here = (col(Block.community_id) == given.community_id, col(Block.number) == given.number)
    session.exec(update(Block).where(*here, col(Block.reason) == given.text).values(reason=""))


def _numbers(session: Session, items: Sequence[int]) -> dict[int, tuple[int, int]]:
    """By item id, its community and public number."""
    found: dict[int, tuple[int, int]] = {}
    columns = (col(Feedback.id), col(Feedback.community_id), col(Feedback.number))
    for start in range(0, len(items), PAGE):
        rows = session.execute(sa_select(*columns).where(col(Feedback.id).in_(items[start : start + PAGE])))
        found |= {own: (community, number) for own, community, number in rows}
    return found
