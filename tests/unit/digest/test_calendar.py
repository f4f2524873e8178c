"""The days a digest is due and what it covers, on ordinary days and on the nights the clocks change."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.features.digest.posting.calendar import Calendar
from bot.settings.config import DigestSettings

PARIS = ZoneInfo("Europe/Paris")
MOMENT = timedelta(seconds=1)
SKIPPED = [
    ("Europe/Paris", "2026-03-29", 2, 30, "2026-03-29T01:00"),
    ("America/New_York", "2026-03-08", 2, 30, "2026-03-08T07:00"),
    ("Australia/Lord_Howe", "2026-10-04", 2, 15, "2026-10-03T15:30"),
    ("Africa/Cairo", "2026-04-24", 0, 0, "2026-04-23T22:00"),
    ("Africa/Cairo", "2026-04-24", 0, 59, "2026-04-23T22:00"),
]
"""A zone, a day, an hour it does not have, and the first instant after."""
TWICE = [
    ("Europe/Paris", "2026-10-25", 2, 30, "2026-10-25T00:30"),
    ("America/New_York", "2026-11-01", 1, 30, "2026-11-01T05:30"),
    ("Australia/Lord_Howe", "2026-04-05", 1, 45, "2026-04-04T14:45"),
    ("Africa/Cairo", "2026-10-29", 23, 30, "2026-10-29T20:30"),
]
"""A zone, a day, an hour it has twice, and the first of the two."""


def on(days: str = "*", zone: ZoneInfo = PARIS, **settings: object) -> Calendar:
    return Calendar(DigestSettings.model_validate({"day_of_week": days, **settings}), zone)


def covered(own: Calendar, day: date) -> tuple[str, str]:
    window = own.window(day)
    return f"{window.since:%a %d %b}", f"{window.until - MOMENT:%a %d %b}"


def test_an_hour_skipped_is_the_first_instant_after_and_one_that_comes_twice_the_first() -> None:
    for zone, day, hour, minute, instant in SKIPPED + TWICE:
        own = on(zone=ZoneInfo(zone), hour=hour, minute=minute)
        expected = datetime.fromisoformat(instant).replace(tzinfo=UTC)
        assert own.instant(date.fromisoformat(day)) == expected, (zone, day)
        assert own.latest(expected - MOMENT) == date.fromisoformat(day) - timedelta(days=1), (zone, day)
        assert own.latest(expected) == own.latest(expected + timedelta(hours=3)) == date.fromisoformat(day), (zone, day)


@given(st.timedeltas(timedelta(), timedelta(days=3650)), st.sampled_from(sorted({row[0] for row in SKIPPED})))
def test_whatever_the_time_a_daily_digest_was_due_within_the_last_day(since: timedelta, zone: str) -> None:
    now, own = datetime(2020, 1, 1, tzinfo=UTC) + since, on(zone=ZoneInfo(zone), hour=2, minute=30)
    day = own.latest(now)
    assert day is not None
    assert timedelta() <= now - own.instant(day) < timedelta(hours=25)


def test_a_digest_covers_the_days_since_the_one_before() -> None:
    assert covered(on("mon"), date(2026, 3, 9)) == ("Mon 02 Mar", "Sun 08 Mar")
    assert covered(on("*"), date(2026, 3, 9)) == ("Sun 08 Mar", "Sun 08 Mar")
    assert covered(on("mon-fri"), date(2026, 3, 9)) == ("Fri 06 Mar", "Sun 08 Mar")
    assert covered(on("mon-fri"), date(2026, 3, 10)) == ("Mon 09 Mar", "Mon 09 Mar")
    assert covered(on(day=1), date(2026, 3, 1)) == ("Sun 01 Feb", "Sat 28 Feb")
    assert covered(on(day="last"), date(2026, 3, 31)) == ("Sat 28 Feb", "Mon 30 Mar")
    assert covered(on(day=1, month=1), date(2026, 1, 1)) == ("Wed 01 Jan", "Wed 31 Dec")


def test_the_day_the_clocks_change_is_still_a_day() -> None:
    window = on("*").window(date(2026, 3, 30))
    assert window.until.astimezone(UTC) - window.since.astimezone(UTC) == timedelta(hours=23)
    assert window.days == 1


def test_the_periods_before_are_as_long() -> None:
    window = on("mon-fri").window(date(2026, 3, 9))
    assert window.before(1).until == window.since
    assert [window.before(number).days for number in (1, 12)] == [3, 3]


def test_what_a_preview_covers_is_as_long_as_the_next_digest() -> None:
    wednesday = datetime(2026, 3, 4, 11, 0, tzinfo=PARIS)
    assert on("mon").window_until(wednesday).since == wednesday - timedelta(days=7)
    assert on("*").window_until(wednesday).since == wednesday - timedelta(days=1)
    saturday = wednesday + timedelta(days=3)
    assert on("mon-fri").window_until(saturday).since == saturday - timedelta(days=3)
    assert on(day=1).window_until(wednesday).since == wednesday - timedelta(days=31)


def test_a_digest_that_comes_once_a_leap_year_covers_a_year_and_is_forgotten_after_one() -> None:
    own = on(day=29, month=2)
    assert own.window(date(2024, 2, 29)).days == 366
    assert own.latest(datetime(2024, 3, 1, tzinfo=UTC)) == date(2024, 2, 29)
    assert own.latest(datetime(2026, 3, 1, tzinfo=UTC)) is None


def test_a_day_of_the_community_counts_once_and_when_it_is_over() -> None:
    for own, hour in product(
        ("America/Los_Angeles", "Asia/Tokyo", "Europe/Paris", "Pacific/Auckland", "Asia/Kolkata"), (0, 5, 9, 23)
    ):
        posted = Calendar(DigestSettings(day_of_week="*", hour=hour), ZoneInfo(own), PARIS)
        days = [date(2026, 10, 18) + timedelta(days=n) for n in range(20)]
        windows = {day: posted.window(day) for day in days}
        for stored in (datetime(2026, 10, 20 + n, tzinfo=PARIS) for n in range(10)):
            (counted,) = [day for day, window in windows.items() if window.since <= stored < window.until]
            over = datetime.combine(stored.date() + timedelta(days=1), stored.time(), PARIS)
            assert posted.instant(counted) >= over, (own, hour)


def test_a_digest_in_a_zone_of_its_own_names_the_communitys_days_where_these_count() -> None:
    west = Calendar(DigestSettings(day_of_week="mon"), ZoneInfo("America/New_York"), PARIS)
    assert covered(west, date(2026, 3, 9)) == ("Mon 02 Mar", "Sun 08 Mar")
    assert west.window(date(2026, 3, 9)).days == 7
