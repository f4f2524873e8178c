"""The figures of an impact report, counted twice: by the bot, and by a script that knows the exported rows alone."""

import io
from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.impact import intervals, table
from bot.impact.figures import Key, figures
from bot.impact.period import Period
from bot.impact.report import Report
from bot.impact.rows import Reach, Record, Row, Source
from bot.settings.community.impact import ImpactSettings
from storage.vocabulary import Decision, Kind, Status
from tests.features.impact.recount import differing, read

NOON = datetime(2026, 10, 1, tzinfo=UTC)
KINDS, STATUSES = st.sampled_from([one.value for one in Kind]), st.sampled_from([one.value for one in Status])
FEW, SECONDS = st.integers(1, 5), st.integers(0, 400_000)
ROWS = st.one_of(
    st.builds(
        Row,
        st.just(Record.QUESTION),
        decision=st.sampled_from([one.value for one in Decision]),
        useful=st.none() | st.booleans(),
        by=st.sampled_from(Source),
        same=FEW,
    ),
    st.builds(Row, st.sampled_from([Record.FILED, Record.OUTCOME]), kind=KINDS, status=STATUSES),
    st.builds(Row, st.sampled_from([Record.ANSWER, Record.WORD, Record.DECISION]), kind=KINDS, seconds=SECONDS),
    st.builds(Row, st.sampled_from([Record.HEARD, Record.TOLD]), person=st.none() | FEW),
)
COSTS = st.none() | st.floats(1, 500)


def report(rows: list[Row], own: ImpactSettings, *, delivered: bool = True) -> Report:
    first, last = date(2026, 10, 1), date(2026, 10, 31)
    since = first if delivered else None
    return Report("Plaza", Period(first, last, "2026-10"), own, Reach(NOON, NOON, NOON), tuple(rows), 30, since)


def exported(found: Report) -> str:
    out = io.StringIO()
    table.write(found, out)
    return out.getvalue()


@settings(deadline=None, max_examples=60)
@given(st.lists(ROWS, max_size=70), COSTS, st.booleans())
def test_a_script_of_its_own_counts_the_same(rows: list[Row], cost: float | None, delivered: bool) -> None:
    own = ImpactSettings(minutes_per_answer=7, hourly_cost=cost, currency="EUR" if cost else None)
    assert differing(read(io.StringIO(exported(report(rows, own, delivered=delivered))))) == {}


def test_the_script_notices_a_row_that_is_missing() -> None:
    rows = [Row(Record.FILED, kind="praise", status="read"), Row(Record.FILED, kind="problem", status="received")]
    text = exported(report(rows, ImpactSettings()))
    assert differing(read(io.StringIO(text))) == {}
    without = "\n".join(line for line in text.splitlines() if "praise" not in line)
    assert set(differing(read(io.StringIO(without)))) == {Key.CLOSURE}


def test_an_interval_is_shown_of_few_rows_only() -> None:
    few = figures([Row(Record.DECISION, seconds=3600 * number) for number in range(1, 10)], ImpactSettings())
    assert (few[Key.DECISION].value, few[Key.DECISION].interval) == (5.0, (2.0, 8.0))
    many = figures([Row(Record.DECISION, seconds=60 * number) for number in range(30)], ImpactSettings())
    assert many[Key.DECISION].interval is None
    five = figures([Row(Record.DECISION, seconds=60 * number) for number in range(5)], ImpactSettings())
    assert five[Key.DECISION].interval is None


NEWCOMBE = {(0, 20): (0.0, 0.1611), (1, 29): (0.0061, 0.1718), (20, 20): (0.8389, 1.0)}
"""R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3; the last is the first turned round."""


def test_the_interval_of_a_share_is_wilsons() -> None:
    found = {counted: intervals.of_share(*counted) for counted in NEWCOMBE}
    assert {counted: tuple(round(one, 4) for one in interval or ()) for counted, interval in found.items()} == NEWCOMBE
    # Of none and of all, one end is exact.
    ends = [intervals.of_share(part, whole) for whole in range(1, 30) for part in (0, whole)]
    assert all(interval and (interval[0] == 0 or interval[1] == 1) for interval in ends)


def test_the_interval_of_a_median_begins_at_the_rank_of_the_tables() -> None:
    """The ranks of the sign test's table, two-sided 5 %: a value more than its critical one."""
    ranks = {6: 1, 8: 1, 9: 2, 11: 2, 12: 3, 14: 3, 15: 4, 17: 5, 20: 6, 23: 7, 25: 8, 28: 9, 29: 9}
    assert {number: intervals.of_median(range(number, 0, -1)) for number in ranks} == {
        number: (rank, number + 1 - rank) for number, rank in ranks.items()
    }


def test_one_who_asks_twice_the_same_is_answered_once() -> None:
    row = Row(Record.QUESTION, decision="answer", by=Source.BOT, same=1)
    counted = figures([row, row, Row(Record.QUESTION, decision="answer", by=Source.TEAM, same=2)], ImpactSettings())
    assert (counted[Key.ANSWERED].value, counted[Key.ANSWERED_SHARE].value) == (1, 0.5)


def test_what_was_no_use_was_not_answered() -> None:
    row = Row(Record.QUESTION, decision="answer", by=Source.BOT, same=1, useful=False)
    assert figures([row], ImpactSettings())[Key.ANSWERED].value == 0


def test_without_a_cost_there_is_no_money() -> None:
    row = Row(Record.QUESTION, decision="answer", by=Source.BOT, same=1)
    assert Key.MONEY not in figures([row], ImpactSettings())
    with_cost = figures([row], ImpactSettings(minutes_per_answer=6, hourly_cost=30, currency="EUR"))
    assert with_cost[Key.MONEY].value == 3
