"""A person's copy has everything the declarations call theirs, nothing of others, and no mark."""

from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, SQLModel

from storage.models import Block
from storage.privacy import belongings, erasure
from storage.privacy.belongings import COPIES, WITHHELD, Person
from storage.vocabulary import Action
from tests.storage import rows
from tests.storage.erasure.twin import MARKERS, MODELS, ZOE, blank, fill, opened, twin, unlocked

__all__ = ["blank", "twin", "unlocked"]

REPLACED = {"member.community_id": "community"}
"""Personal columns that a name stands for."""
HELD = tuple(MARKERS[str(column)] for _, column, _ in erasure.personal_columns() if column.name in {"holder", "mark"})


@pytest.fixture
def hers(twin: Path) -> dict[str, list[dict[str, Any]]]:
    """What Zoé is given of a database in which every personal column holds something of hers."""
    with opened(twin) as engine, Session(engine) as session:
        fill(session)
        (token,) = session.connection().execute(SQLModel.metadata.tables["button"].select()).scalars()
        return belongings.belongings(session, Person(ZOE, HELD, (token,)))


def test_every_personal_column_is_in_the_copy_or_says_why_not(hers: dict[str, list[dict[str, Any]]]) -> None:
    missing = [
        name
        for name, marker in MARKERS.items()
        if marker not in str(hers) and name not in WITHHELD and name not in REPLACED
    ]
    assert missing == []


def test_what_is_left_out_is_not_there(hers: dict[str, list[dict[str, Any]]]) -> None:
    assert [name for name in WITHHELD if MARKERS.get(name, "none") in str(hers)] == []


def test_every_personal_table_has_a_row_of_hers(hers: dict[str, list[dict[str, Any]]]) -> None:
    expected = {table.name for table, _, _ in erasure.personal_columns()} - COPIES
    assert expected - set(hers) == set()


def test_nothing_of_others_is_in_the_copy(hers: dict[str, list[dict[str, Any]]]) -> None:
    assert "Sam" not in str(hers)


def test_what_is_left_out_still_exists() -> None:
    columns = {str(column) for table in SQLModel.metadata.tables.values() for column in table.columns}
    assert set(WITHHELD) <= columns


def test_others_support_reasons_and_messages_about_hers_are_not_hers(twin: Path) -> None:
    with opened(twin) as engine, Session(engine) as session:
        plaza, zoe, sam = rows.community(session), rows.person(session, "Zoé"), rows.person(session, "Sam")
        rows.item(session, plaza, zoe)
        other = rows.item(session, plaza, sam, text="words of Sam")
        session.add_all(
            [
                _made("support", feedback_id=1, member_id=sam.id, at=rows.NOON),
                _made("support", feedback_id=other.id, member_id=zoe.id, at=rows.NOON),
                _made("outbox", dedupe_key="a", recipient_id=sam.id, feedback_id=1, payload={"for": "Sam"}),
                _made("history", feedback_id=1, actor_id=sam.id, at=rows.NOON, action=Action.STATUS, note="a reason"),
            ]
        )
        session.flush()
        found = belongings.belongings(session, Person(zoe.id))
    assert "Sam" not in str(found)
    assert [one["number"] for one in found["support"]] == [2]
    assert [(one["action"], one["by_you"], one["note"]) for one in found["history"]] == [
        (Action.FILED, True, ""),
        (Action.STATUS, False, "a reason"),
    ]


def test_a_block_is_found_by_its_mark(twin: Path) -> None:
    with opened(twin) as engine, Session(engine) as session:
        plaza = rows.community(session)
        session.add(Block(community_id=plaza.id, number=1, mark="m" * 64, until=rows.NOON, created_on=rows.NOON.date()))
        session.flush()
        (block,) = belongings.belongings(session, Person(0, ("m" * 64,)))["block"]
    assert block["community"] == "Plaza"
    assert "m" * 64 not in str(block)


def _made(table: str, **values: Any) -> SQLModel:

    when = {"created_at": rows.NOON, "next_at": rows.NOON} if table == "outbox" else {}
    made: SQLModel = MODELS[table](**values, **when)
    return made
