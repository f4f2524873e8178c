"""Answers proposed before a source could propose any: they stay, and no number of theirs comes back."""

from datetime import UTC, datetime
from typing import Any

from alembic import command
from sqlalchemy import column, table, text

from storage import migrations
from storage.answers import proposals
from storage.answers.proposals import NewProposal
from storage.schema.opening import Location, load_keys, open_engines, open_store
from tests.storage.landed import landed

__all__ = ["landed"]

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
OLD: dict[str, Any] = {
    "community_id": 1,
    "member_id": 1,
    "mark": "m",
    "question": "Where?",
    "text": "Here.",
    "language": "en",
    "proposed_at": NOON,
}
INSERT: Any = table("proposal", *(column(name) for name in OLD)).insert().returning(column("id"))


async def test_what_was_proposed_then_waits_and_no_number_is_used_again(landed: Location) -> None:
    engine = open_engines(landed, load_keys(landed))[0]
    with engine.begin() as connection:
        command.upgrade(migrations.settings(connection), "0013")
        kept, gone = (connection.execute(INSERT, {**OLD, "text": said}) for said in "ab")
        kept_id, gone_id = kept.scalar_one(), gone.scalar_one()
        connection.execute(text("DELETE FROM proposal WHERE id = :id"), {"id": gone_id})
    engine.dispose()
    store = open_store(landed)
    found = await store.write(lambda session: proposals.get(session, kept_id))
    assert found is not None
    assert (found.text, found.member_id, found.origin, found.weight, found.question_id) == ("a", 1, "", 0, None)
    new = NewProposal(1, None, "", "Where?", "There.", "en", NOON, origin="chat.json")
    assert (await store.write(lambda session: proposals.propose(session, new, "mark")) or 0) > gone_id
    assert await store.write(lambda session: proposals.propose(session, new, "mark")) is None
    store.close()
