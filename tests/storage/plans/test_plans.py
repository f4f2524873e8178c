"""The queries that run all day find their rows by an index, so that a million of them cost no more than a few."""

import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from storage.answers import questions
from storage.engine.line import CURSOR, Line, cursor_of
from storage.items import feedback, open_items, vectors
from storage.items.desk import backlog
from storage.items.desk.wanted import Wanted
from storage.items.importing import walking
from storage.items.public import browsing
from storage.items.support import supports
from storage.models import Feedback
from storage.people import members
from storage.reports import periods, permission, reporting, turnout
from storage.schema.opening import Location, load_keys, open_engines
from storage.traffic import deliveries, prompts
from storage.vocabulary import Order, Status
from tests.storage import rows
from tests.storage.rows import DAY, NOON, WEEK

ITEM = Feedback(id=1)
PLANNED, SUPPORT = Wanted(status=Status.PLANNED), Wanted(teams=("Support", "Delivery"))
DONE = Wanted(teams=("Support",), status=Status.DONE)
PLACE = Feedback(id=1, support=2, created_at=NOON)
QUERIES: dict[str, Callable[[Session], Any]] = {
    "top": lambda session: backlog.top(session, 1),
    "browse": lambda session: browsing.browse(session, 1, Order.SUPPORTED),
    "browse what is done": lambda session: browsing.browse(session, 1, Order.DONE),
    "browse what is under way": lambda session: browsing.browse(session, 1, Order.UNDER_WAY),
    "waiting": lambda session: backlog.waiting(session, 1, 1),
    "waiting after": lambda session: backlog.waiting(session, 1, 1, PLACE),
    "waiting with a status": lambda session: backlog.waiting(session, 1, 1, wanted=PLANNED),
    "waiting with a status after": lambda session: backlog.waiting(session, 1, 1, PLACE, wanted=PLANNED),
    "waiting of a team": lambda session: backlog.waiting(session, 1, 1, PLACE, wanted=SUPPORT),
    "waiting of a team with a status": lambda session: backlog.waiting(session, 1, 1, wanted=DONE),
    "teams": lambda session: backlog.teams(session, 1),
    "last_decision": lambda session: feedback.last_decision(session, ITEM),
    "waiting_count": lambda session: backlog.waiting_count(session, 1),
    "by_number": lambda session: feedback.by_number(session, 1, 5),
    "by_source": lambda session: feedback.by_source(session, "x"),
    "of_author": lambda session: feedback.of_author(session, 1, 1, ["mark"]),
    "open_count": lambda session: open_items.open_count(session, 1, 1, ["mark", "other"]),
    "history": lambda session: feedback.history(session, 1),
    "walk": lambda session: list(walking.walk(session, 1)),
    "of_items": lambda session: periods.of_items(session, 1, WEEK),
    "total": lambda session: turnout.total(session, 1, *WEEK),
    "new_voices": lambda session: turnout.new_voices(session, 1, *WEEK),
    "new_voices with askers": lambda session: turnout.new_voices(session, 1, *WEEK, asking=True),
    "open_items": lambda session: vectors.open_items(session, 1),
    "team_items": lambda session: vectors.team_items(session, 1, NOON),
    "permitted": lambda session: permission.permitted(session, 1, *WEEK, most=1),
    "first_message": lambda session: reporting.first_message(session, 1, NOON),
    "items_of_area": lambda session: reporting.items_of_area(session, 1, "quality", *WEEK, most=3),
    "changes": lambda session: reporting.changes(session, 1, *WEEK),
    "told": lambda session: reporting.told(session, 1, *WEEK),
    "closure": lambda session: reporting.closure(session, 1, *WEEK),
    "waiting for a digest": lambda session: reporting.waiting(session, 1, NOON, 3),
    "waiting for a digest of an area": lambda session: reporting.waiting(session, 1, NOON, 3, ["quality"]),
    "asked": lambda session: reporting.asked(session, 1, *WEEK, ["when"]),
    "of_questions": lambda session: periods.of_questions(session, 1, WEEK),
    "unanswered": lambda session: questions.unanswered(session, 1, *WEEK),
    "others": lambda session: questions.others(session, 1, "when", 1),
    "due": lambda session: deliveries.due(session, NOON),
    "find member": lambda session: members.find(session, "bare", "1"),
    "pending": lambda session: prompts.pending(session, "camille", "bare:plaza", NOON),
    "concerned": lambda session: supports.concerned(session, ITEM),
}
WAITS = re.compile(r"ix_feedback_(waiting|waiting_since|thanks) ")
"""What waits is gone through from its beginning, as far as it is shown or counted."""
WHOLE = re.compile(r"\(community_id=\?( AND \w+_at<\?)?\)$")
"""A community gone through from its beginning, or as far as an instant, which is no less."""
FILTERED = {name for name in QUERIES if name.startswith(("waiting with", "waiting of"))}
FIRST = {"top", "browse", "browse what is done", "open_items", "first_message", "waiting for a digest", "walk"}
SORTED_BY_INDEX = FILTERED | FIRST | {"waiting", "waiting after"}


class Explaining:
    """A cursor whose statements are explained before they are run."""

    def __init__(self, cursor: Any, explain: Callable[..., None]) -> None:
        self._cursor = cursor
        self._explain = explain

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def execute(self, statement: str, parameters: Any) -> None:
        self._explain(None, self._cursor, statement, parameters)
        self._cursor.execute(statement, parameters)


def plans(location: Location, *queries: Callable[[Session], Any]) -> list[list[str]]:
    """How SQLite goes about each statement of each of these queries."""
    writing, reading = open_engines(location, load_keys(location))
    found: list[list[str]] = []

    def explain(_: Any, cursor: Any, statement: str, parameters: Any, *_others: Any) -> None:
        steps = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        found[-1].extend(row[3] for row in steps if row[3])

    line = Line(reading)
    with line.session() as session:
        cursor, dialect = cursor_of(session)
        event.listen(session.get_bind(), "before_cursor_execute", explain)
        session.info[CURSOR] = (Explaining(cursor, explain), dialect)
        for query in queries:
            found.append([])
            query(session)
    line.close()
    writing.dispose()
    reading.dispose()
    return found


@pytest.fixture(scope="module")
def steps(template: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """How SQLite goes about the statements of all these queries, by name."""
    home = tmp_path_factory.mktemp("plans")
    shutil.copytree(template, home, dirs_exist_ok=True)
    place = Location(f"sqlite:///{home}/pv.db", home / "pv.key")
    return dict(zip(QUERIES, plans(place, *QUERIES.values()), strict=True))


def test_queries_that_run_all_day_read_no_table_from_end_to_end(steps: dict[str, list[str]]) -> None:
    searched = {name: [step for step in found if step.startswith("SEARCH")] for name, found in steps.items()}
    assert [name for name, found in searched.items() if not found] == []
    # What was found is gone through: one row, or a list made for the question.
    made = ("SCAN CONSTANT ROW", "SCAN anon_", "SCAN mark VIRTUAL TABLE")
    scans = {(name, step) for name, found in steps.items() for step in found if step.startswith("SCAN")}
    assert [(name, step) for name, step in scans if not step.startswith(made)] == []
    # To go through a whole community is to go through the table when there is but one.
    whole = {
        name for name, found in searched.items() for step in found if WHOLE.search(step) and not WAITS.search(step)
    }
    assert whole - SORTED_BY_INDEX == set()


def test_what_is_shown_first_is_found_first_without_sorting_the_rest(steps: dict[str, list[str]]) -> None:
    assert [name for name in SORTED_BY_INDEX if any("TEMP B-TREE" in step for step in steps[name])] == []


def test_what_has_a_status_or_a_team_is_found_by_the_index_with_it(steps: dict[str, list[str]]) -> None:
    for name in FILTERED:
        wanted = "team (community_id=? AND team=? AND status=?" if "team" in name else "status (co"
        found = [step for step in steps[name] if step.startswith("SEARCH feedback ")]
        assert found, name
        assert [step for step in found if f"ix_feedback_{wanted}" not in step] == [], name


def test_what_is_under_way_is_found_among_what_has_a_status(steps: dict[str, list[str]]) -> None:
    (found,) = (step for step in steps["browse what is under way"] if step.startswith("SEARCH"))
    assert "ix_feedback_status (community_id=? AND status=?)" in found


def test_what_is_for_the_team_only_is_found_among_its_like(steps: dict[str, list[str]]) -> None:
    index = "SEARCH feedback USING INDEX ix_feedback_of_team (community_id=? AND created_at>?)"
    assert steps["team_items"] == [index]


def test_what_waits_is_counted_in_its_own_index_and_not_beyond_what_is_said(
    session: Session, file: Location, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = "SEARCH feedback USING INDEX ix_feedback_waiting_since (community_id=? AND created_at<?)"
    kinds: tuple[tuple[str, ...], ...] = ((), ("quality",))
    counts = [partial(reporting.waiting_count, community_id=1, until=NOON, areas=areas) for areas in kinds]
    assert all(waiting in found for found in plans(file, *counts))
    # Made once in a process: before the limit is another.
    assert backlog.waiting_count(session, 1) == (0, 0)
    monkeypatch.setattr(backlog, "COUNTED", 2)
    plaza = rows.community(session)
    for number in range(5):
        rows.item(session, plaza, area="quality", created_at=NOON - number * DAY)
    for areas in kinds:
        assert reporting.waiting_count(session, plaza.id, NOON + DAY, areas) == 3, "more than are counted"
        assert reporting.waiting_count(session, plaza.id, NOON + DAY, areas, before=NOON - 3 * DAY) == 1
    assert backlog.waiting_count(session, plaza.id) == (5, 0), "this limit is part of the statement"


def test_a_table_read_from_end_to_end_is_noticed(file: Location) -> None:
    (found,) = plans(
        file, lambda session: session.connection().exec_driver_sql("SELECT * FROM feedback WHERE text = ''")
    )
    assert found == ["SCAN feedback"]
