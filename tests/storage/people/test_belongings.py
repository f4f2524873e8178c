"""A person's copy has everything the declarations call theirs, nothing of others, and no mark."""

from pathlib import Path
from typing import Any

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


def test_the_copy_has_everything_of_hers_but_what_it_says_why_it_leaves_out(twin: Path) -> None:
    # In every personal column there is something of Zoé's, among what others left.
    with opened(twin) as engine, Session(engine) as session:
        fill(session)
        (token,) = session.connection().execute(SQLModel.metadata.tables["button"].select()).scalars()
        hers = belongings.belongings(session, Person(ZOE, HELD, (token,)))
    given = str(hers)
    missing = {name for name, marker in MARKERS.items() if marker not in given}
    assert missing - set(WITHHELD) - set(REPLACED) == set()
    assert [name for name in WITHHELD if MARKERS.get(name, "none") in given] == []
    assert {table.name for table, _, _ in erasure.personal_columns()} - COPIES - set(hers) == set()
    assert "Sam" not in given


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
