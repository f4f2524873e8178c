"""Where nothing is to be found, nothing is looked for: SQLite would read the whole table for an empty set."""

from sqlmodel import Session

from storage.items.importing import revising


def test_without_marks_or_numbers_no_statement_is_run() -> None:
    with Session() as connected_to_nothing:
        assert revising.held(connected_to_nothing, []) == {}
        assert revising.numbered(connected_to_nothing, 1, []) == {}
