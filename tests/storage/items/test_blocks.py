"""Blocks as they are stored: by the item they came from, found by either mark of their person."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from storage.items.desk import blocks
from storage.items.desk.blocks import ActiveBlock
from storage.models import Block, Community
from tests.storage import rows
from tests.storage.rows import DAY, NOON

TODAY = NOON.date()


@pytest.fixture
def plaza(session: Session) -> Community:
    return rows.community(session)


def block(session: Session, where: Community, number: int, mark: str = "camille", days: int = 7) -> None:
    blocks.add(session, where.id, number, mark, NOON + days * DAY, f"for {days} days", TODAY)


def active(session: Session, where: Community, *marks: str) -> ActiveBlock | None:
    return blocks.active(session, where.id, lambda: marks, NOON)


def test_the_longest_of_several_stands(session: Session, plaza: Community) -> None:
    block(session, plaza, 1)
    block(session, plaza, 2, days=30)
    block(session, plaza, 3, days=1)
    for marks in (("camille",), ("nobody", "camille")):
        found = active(session, plaza, *marks)
        assert found
        assert (found.number, found.until, found.reason, found.appealed) == (2, NOON + 30 * DAY, "for 30 days", False)
    assert active(session, plaza, "noor") is None
    assert active(session, rows.community(session, "forum"), "camille") is None


def test_one_that_has_ended_stands_no_more(session: Session, plaza: Community) -> None:
    block(session, plaza, 1, days=1)
    later = NOON + DAY
    assert blocks.active(session, plaza.id, lambda: ["camille"], later - timedelta(seconds=1))
    assert blocks.active(session, plaza.id, lambda: ["camille"], later) is None
    assert blocks.of_item(session, plaza.id, 1, later) is None
    assert blocks.listed(session, plaza.id, later) == []


def test_a_second_one_from_the_same_item_prolongs_it_and_may_be_appealed_against(
    session: Session, plaza: Community
) -> None:
    block(session, plaza, 1)
    blocks.appeal(session, plaza.id, 1)
    found = active(session, plaza, "camille")
    assert found
    assert found.appealed
    until = blocks.add(session, plaza.id, 1, "camille", NOON + 8 * DAY, "Again.", TODAY)
    assert until == NOON + 8 * DAY
    assert blocks.add(session, plaza.id, 1, "camille", NOON + DAY, "Hm.", TODAY) == NOON + 8 * DAY
    (row,) = session.exec(select(Block)).all()
    assert (row.until, row.reason, row.appealed) == (NOON + 8 * DAY, "Hm.", False)


def test_lifting_one_leaves_the_others(session: Session, plaza: Community) -> None:
    block(session, plaza, 1)
    block(session, plaza, 2)
    blocks.lift(session, plaza.id, 1)
    assert [one.number for one in blocks.listed(session, plaza.id, NOON)] == [2]
    assert active(session, plaza, "camille")


def test_under_the_marks_of_two_accounts_it_is_still_one(session: Session, plaza: Community) -> None:
    block(session, plaza, 1)
    block(session, plaza, 1, "camille")
    block(session, plaza, 2, "noor")
    assert blocks.rekey(session, plaza.id, ["camille"], ["discord", "telegram"]) == 1
    assert active(session, plaza, "camille") is None
    assert active(session, plaza, "discord")
    assert active(session, plaza, "telegram")
    assert [one.number for one in blocks.listed(session, plaza.id, NOON)] == [2, 1]
    block(session, plaza, 1, "nobody", days=30)
    assert {row.until for row in session.exec(select(Block).where(Block.number == 1))} == {NOON + 30 * DAY}
    assert active(session, plaza, "nobody") is None
    blocks.lift(session, plaza.id, 1)
    assert active(session, plaza, "telegram") is None
    assert blocks.rekey(session, plaza.id, ["camille"], ["discord"]) == 0
