"""What is looked for in a long import is found by the items concerned, never by reading a whole table."""

from sqlalchemy import text
from sqlmodel import Session

from bot.core import Core
from storage.items.importing import revising


def test_without_marks_or_numbers_no_statement_is_run() -> None:
    with Session() as connected_to_nothing:
        assert revising.held(connected_to_nothing, []) == {}
        assert revising.numbered(connected_to_nothing, 1, []) == {}


async def test_who_decided_is_looked_for_in_the_histories_of_the_items_alone(core: Core) -> None:
    def plan(session: Session) -> str:
        query = revising.acts_of_people([1, 2])
        written = query.compile(session.connection(), compile_kwargs={"literal_binds": True})
        return " ".join(str(row) for row in session.execute(text(f"EXPLAIN QUERY PLAN {written}")))

    assert "(feedback_id=?)" in await core.store.read(plan)
