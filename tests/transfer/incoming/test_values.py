"""Dates, tallies and statuses as people and tools write them; an idea is never lost for its votes or its status."""

import contextlib
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import Core
from bot.transfer.incoming.rows import Row
from bot.transfer.incoming.values.dates import DayOrder, read_date, usual_order
from bot.transfer.incoming.values.statuses import Statuses
from bot.transfer.incoming.values.votes import read_votes
from storage.vocabulary import STATUSES, Kind, Status
from tests.transfer.incoming.desk import Desk

PARIS = ZoneInfo("Europe/Paris")
NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)
MARCH_4 = datetime(2026, 3, 3, 23, tzinfo=UTC)
"""The beginning of the fourth of March in Paris."""


def test_a_date_is_read_in_the_community_s_zone_however_it_is_written() -> None:
    cases: list[str] = [
        "2026-03-04",
        "04/03/2026",
        "4.3.2026",
        "04-03-26",
        "2026/03/04",
        "20260304",
        "4 mars 2026",
        "4 March 2026",
        "Mar 4, 2026",
        "mercredi 4 mars 2026",
        "2026-03-04T00:00+01:00",
        "1772578800",
        "1772578800000",
        "4-Mar-2026",
        "2026-03-03 23:00:00 UTC",
        "Tue, 03 Mar 2026 23:00:00 +0000",
        "2026-03-03 23:00:00 +0000 UTC",
        "Tue Mar 03 2026 23:00:00 GMT+0000 (Coordinated Universal Time)",
        "4 mars 2026 à 0h00",
        "4/3/2026 12:00 AM",
        "2026/03/04 12:00:00 AM UTC+1",
        "Wed Mar 04 2026 00:00:00 GMT+0100 (CET)",
        "2026-03-03 18:00 GMT-5",
        "46085",
        "46085.0",
        "2026-03-04T:00:00:00",
        "2026-03-04 00:00:00 Europe/Paris",
        "2026-03-03 18:00 (America/New_York)",
    ]
    assert [cell for cell in cases if read_date(cell, PARIS, day_first=True) != MARCH_4] == []


@pytest.mark.parametrize("cell", ["yesterday", "March 2026", "12", "31/02/2026", "10:30", "2026", "4 May 2026 XYZ", ""])
def test_what_is_no_whole_date_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        read_date(cell, PARIS, day_first=True)


@given(st.dates(), st.booleans())
def test_a_date_of_numbers_is_read_in_the_order_of_its_file(day: datetime, day_first: bool) -> None:
    written = f"{day.day:02}/{day.month:02}/{day.year:04}" if day_first else f"{day.month}/{day.day}/{day.year:04}"
    try:
        assert read_date(written, ZoneInfo("UTC"), day_first=day_first).date() == day
    except ValueError:
        assert day.year < 2


def order(*cells: str) -> bool | None:
    found = DayOrder(NOON)
    for cell in cells:
        found.note(cell)
    return found.decide()


def test_one_clear_date_decides_for_the_whole_file() -> None:
    assert order("04/03/2026", "13/03/2026") is True
    assert order("04/03/2026", "03/13/2026") is False
    assert order("04/03/2026", "2026-03-13") is None
    assert order("2026-03-04") is True
    assert order("13/01/2026", "14/01/2026", "01/13/2026") is True


def test_what_would_lie_in_the_future_decides_too() -> None:
    assert order("04/12/2026") is False, "the fourth of December is still to come"
    assert order("12/04/2026") is True, "likewise"


def test_without_any_evidence_it_is_as_usual_where_the_community_is() -> None:
    assert [usual_order(zone) for zone in ("Europe/Paris", "America/New_York", "UTC")] == [True, False, True]


def test_a_tally_is_read_however_it_is_written() -> None:
    cases: list[tuple[str, int]] = [
        ("1,234", 1234),
        ("1.234", 1234),
        ("1 234", 1234),
        ("1\u202f234", 1234),
        ("12.0", 12),
        ("12,5", 12),
        ("+5", 5),
        ("-3", 0),
        ("−3", 0),
        ("7 votes", 7),
        ("👍 12", 12),
        ("1.2k", 1200),
        ("1,234.50", 1234),
        ("1.234.567,8", 1234567),
        ("0", 0),
        ("0.0", 0),
        ("9" * 30, 999_999_999),
        ("12 / 3", 12),
        ("+5/-3", 5),
        ("12 (80 %)", 12),
        ("7👍 2👎", 7),
        ("2👎 7👍", 7),
        ("👎 2, 👍 7", 7),
        ("Up: 5, Down: 3", 5),
        ("Contre : 3 / Pour : 12", 12),
        ("3 down, 5 up", 5),
        ("1E+03", 1000),
    ]
    assert [(cell, read_votes(cell)) for cell, _ in cases] == cases


@given(st.text(max_size=12))
def test_a_tally_is_a_number_from_none_or_refused(cell: str) -> None:
    with contextlib.suppress(ValueError):
        assert 0 <= read_votes(cell) <= 999_999_999


def row(desk: Desk, content: str) -> Row:
    [found] = desk.rows(content)
    assert isinstance(found, Row), found
    return found


def test_an_idea_is_never_lost_for_its_votes(desk: Desk) -> None:
    cases: list[str] = ["many", "?", "NaN", "50 %"]
    for votes in cases:
        found = row(desk, f"text;votes\nA bench;{votes}\n")
        assert (found.text, found.support) == ("A bench", None), votes
        assert found.remarks == [f"votes “{votes}” are no number, and read as none"], votes


def test_statuses_of_other_tools_are_known_in_both_languages(core: Core) -> None:
    cases: list[tuple[str, Status, Status]] = [
        ("Open", Status.RECEIVED, Status.RECEIVED),
        ("Planned", Status.PLANNED, Status.HANDLED),
        ("Shipped", Status.DONE, Status.RESOLVED),
        ("Completed", Status.DONE, Status.RESOLVED),
        ("Declined", Status.NOT_PLANNED, Status.EXPLAINED),
        ("duplicate", Status.JOINED, Status.JOINED),
        ("in_progress", Status.IN_PROGRESS, Status.HANDLED),
        ("✅ Done", Status.DONE, Status.RESOLVED),
        ("Refusé", Status.NOT_PLANNED, Status.EXPLAINED),
        ("Terminée", Status.DONE, Status.RESOLVED),
        ("PRÉVU", Status.PLANNED, Status.HANDLED),
        ("En cours", Status.IN_PROGRESS, Status.HANDLED),
        ("Doublon", Status.JOINED, Status.JOINED),
        ("non retenue", Status.NOT_PLANNED, Status.EXPLAINED),
        ("Won't fix", Status.NOT_PLANNED, Status.EXPLAINED),
        ("Shipped in 2.3", Status.DONE, Status.RESOLVED),
        ("prévue pour 2027", Status.PLANNED, Status.HANDLED),
        ("Duplicate of #12", Status.JOINED, Status.JOINED),
        ("Declined (won't do)", Status.NOT_PLANNED, Status.EXPLAINED),
        ("Status: Planned", Status.PLANNED, Status.HANDLED),
        ("Closed as completed", Status.DONE, Status.RESOLVED),
        ("En cours d'analyse", Status.UNDER_REVIEW, Status.HANDLED),
        ("Clôturée", Status.NOT_PLANNED, Status.EXPLAINED),
        ("not_answered", Status.RECEIVED, Status.RECEIVED),
    ]
    statuses = Statuses(core.languages.all().values())
    for word, suggestion, problem in cases:
        assert (statuses.read(word, Kind.SUGGESTION), statuses.read(word, Kind.PROBLEM)) == (suggestion, problem), word


def test_every_status_of_ours_is_known_by_its_words_and_fits_its_kind(core: Core) -> None:
    speeches = core.languages.all().values()
    statuses = Statuses(speeches)
    for kind, known in STATUSES.items():
        for status in known:
            words = [status.value, *(speech.word(status) for speech in speeches)]
            assert {statuses.read(word, kind) for word in words} == {status}
        assert all(statuses.read(status.value, kind) in known for status in Status)


def test_a_file_s_own_words_go_before_others(core: Core) -> None:
    statuses = Statuses(core.languages.all().values(), {"Closed": Status.DONE, "Phase 2": Status.ON_HOLD})
    assert statuses.read("closed", Kind.SUGGESTION) is Status.DONE
    assert statuses.read("PHASE 2", Kind.SUGGESTION) is Status.ON_HOLD
    assert statuses.read("Phase 3", Kind.SUGGESTION) is None


def test_an_unknown_status_is_said_and_waits(desk: Desk) -> None:
    found = row(desk, "text,status\nA bench,Phase 3\n")
    assert found.status is Status.RECEIVED
    assert "status “Phase 3” is not known" in found.remarks[0]
