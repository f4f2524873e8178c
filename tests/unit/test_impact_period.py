"""The periods that /impact understands."""

from contextlib import suppress
from datetime import date
from zoneinfo import ZoneInfo

from bot.impact.period import NoPeriod, read

TODAY = date(2026, 11, 29)


def test_a_period_is_read_and_named() -> None:
    cases: list[tuple[str, str, str, str]] = [
        ("", "2026-10-01", "2026-10-31", "2026-10"),
        ("2026-10", "2026-10-01", "2026-10-31", "2026-10"),
        (" 2026-2 ", "2026-02-01", "2026-02-28", "2026-02"),
        ("2026-11", "2026-11-01", "2026-11-30", "2026-11"),
        ("2026", "2026-01-01", "2026-12-31", "2026"),
        ("Last month", "2026-10-01", "2026-10-31", "2026-10"),
        ("mois dernier", "2026-10-01", "2026-10-31", "2026-10"),
        ("le mois dernier", "2026-10-01", "2026-10-31", "2026-10"),
        ("ce mois-ci", "2026-11-01", "2026-11-30", "2026-11"),
        ("l’année dernière", "2025-01-01", "2025-12-31", "2025"),
        ("octobre", "2026-10-01", "2026-10-31", "2026-10"),
        ("October", "2026-10-01", "2026-10-31", "2026-10"),
        ("Octobre 2025", "2025-10-01", "2025-10-31", "2025-10"),
        ("2025 oct.", "2025-10-01", "2025-10-31", "2025-10"),
        ("en août", "2026-08-01", "2026-08-31", "2026-08"),
        ("le mois d’avril 2026", "2026-04-01", "2026-04-30", "2026-04"),
        ("février", "2026-02-01", "2026-02-28", "2026-02"),
        ("décembre", "2025-12-01", "2025-12-31", "2025-12"),
        ("May", "2026-05-01", "2026-05-31", "2026-05"),
        ("november", "2026-11-01", "2026-11-30", "2026-11"),
        ("Q3", "2026-07-01", "2026-09-30", "2026-07-01..2026-09-30"),
        ("T3", "2026-07-01", "2026-09-30", "2026-07-01..2026-09-30"),
        ("2025-Q4", "2025-10-01", "2025-12-31", "2025-10-01..2025-12-31"),
        ("3e trimestre 2026", "2026-07-01", "2026-09-30", "2026-07-01..2026-09-30"),
        ("1st quarter", "2026-01-01", "2026-03-31", "2026-01-01..2026-03-31"),
        ("Q4", "2026-10-01", "2026-12-31", "2026-10-01..2026-12-31"),
        ("last quarter", "2026-07-01", "2026-09-30", "2026-07-01..2026-09-30"),
        ("le trimestre dernier", "2026-07-01", "2026-09-30", "2026-07-01..2026-09-30"),
        ("90 days", "2026-08-31", "2026-11-28", "2026-08-31..2026-11-28"),
        ("les 90 derniers jours", "2026-08-31", "2026-11-28", "2026-08-31..2026-11-28"),
        ("1 jour", "2026-11-28", "2026-11-28", "2026-11-28..2026-11-28"),
        ("7d", "2026-11-22", "2026-11-28", "2026-11-22..2026-11-28"),
        ("2026-08-31..2026-11-28", "2026-08-31", "2026-11-28", "2026-08-31..2026-11-28"),
    ]
    for text, first, last, name in cases:
        found = read(text, TODAY)
        assert (found.first.isoformat(), found.last.isoformat(), found.name) == (first, last, name), text
        assert read(found.name, TODAY) == found, text


def is_refused(text: str) -> bool:
    with suppress(NoPeriod):
        read(text, TODAY)
        return False
    return True


def test_what_is_none_is_refused() -> None:
    cases = [
        "soon",
        "Q5",
        "T0",
        "oktober",
        "octobre 2025 2026",
        "de",
        "octobre 2027",
        "2026-13",
        "2026-00",
        "0000",
        "2027",
        "2026-12",
        "0 days",
        "9999 days",
        "2026-10-31..2026-10-01",
        "12",
    ]
    assert [text for text in cases if not is_refused(text)] == []


def test_in_january_the_last_month_is_of_the_year_before() -> None:
    assert read("", date(2027, 1, 31)).name == "2026-12"


def test_a_period_ends_where_the_next_begins_also_across_a_clock_change() -> None:
    paris = ZoneInfo("Europe/Paris")
    october, november = read("2026-10", TODAY).instants(paris), read("2026-11", TODAY).instants(paris)
    assert october[1] == november[0]
    assert (october[1] - october[0]).total_seconds() == (31 * 24 + 1) * 3600
