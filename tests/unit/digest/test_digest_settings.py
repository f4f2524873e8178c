"""`[[digests]]`: what an operator may write there, and what is said of a slip."""

import json
from pathlib import Path

import pytest

from bot.errors import OperatorError
from bot.settings.config import DigestSettings, Settings, StaffPlace, load

PROMOTED = "[[digests]]\nstaff = { platform = 'discord', place = '1' }\n"
COMMUNITIES = """
[[communities]]
key = "plaza"
name = "Plaza"
areas = ["Delivery", "Shop"]
[[communities]]
key = "forum"
name = "Forum"
areas = ["Shop"]
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "config.toml"


def written(file: Path, text: str) -> Settings:
    file.write_text(text, "utf-8")
    return load(file)


def refusal(file: Path, text: str) -> str:
    with pytest.raises(OperatorError) as caught:
        written(file, text)
    line = str(caught.value)
    assert "\n" not in line, line
    return line


def test_with_none_configured_there_is_one_on_monday_at_nine_for_everybody() -> None:
    (digest,) = Settings().digests_of("plaza")
    assert (digest.name, digest.day_of_week, digest.hour, digest.minute) == ("weekly", "mon", 9, 0)
    assert (digest.areas, digest.staff, digest.timezone, digest.language) == ((), None, None, None)


def test_several_are_configured_each_with_its_days_areas_place_and_language(file: Path) -> None:
    settings = written(
        file,
        COMMUNITIES
        + """
[[digests]]
name = "daily"
day_of_week = "mon-fri"
hour = 17
minute = 30
timezone = "Asia/Tokyo"
areas = ["delivery"]
community = "plaza"
language = "fr"
staff = { platform = "discord", place = "123" }
[[digests]]
name = "monthly"
day = 1
""",
    )
    daily, monthly = settings.digests_of("plaza")
    assert (daily.day_of_week, daily.hour, daily.minute) == ("mon-fri", 17, 30)
    assert (daily.timezone, daily.areas, daily.language) == ("Asia/Tokyo", ("delivery",), "fr")
    assert daily.staff == StaffPlace(platform="discord", place="123")
    assert monthly.day == "1"
    assert settings.digests_of("forum") == (monthly,)


def test_the_environment_gives_them_as_json(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTEVOIX_DIGESTS", json.dumps([{"name": "daily", "day_of_week": "*", "hour": 7}]))
    settings = written(file, '[[digests]]\nname = "other"')
    assert [(digest.name, digest.hour) for digest in settings.digests_of("plaza")] == [("daily", 7)]


def test_two_communities_may_each_have_a_digest_of_one_name(file: Path) -> None:
    text = "".join(f'[[digests]]\nname = "weekly"\ncommunity = "{key}"\n' for key in ("plaza", "forum"))
    assert len(written(file, text).digests) == 2


def test_a_slip_is_told_in_one_line_with_its_mend(file: Path) -> None:
    cases: list[tuple[str, str]] = [
        ("[digest]\nhour = 8", "Unknown setting digest. Did you mean digests?"),
        ("[digests]\nhour = 8", "it takes two brackets: [[digests]]"),
        ("[[digests]]\nhuor = 8", "Unknown setting digests.0.huor. Did you mean digests.0.hour?"),
        ("[[digests]]\nhour = 24", "digests.0.hour"),
        ('[[digests]]\nhour = "8,17"', "digests.0.hour"),
        ('[[digests]]\nday_of_week = "1"', "must name its days, such as mon or mon-fri"),
        ('[[digests]]\nday_of_week = "someday"', "is not a day of the week, such as mon"),
        ('[[digests]]\nday_of_week = ""', "is not a day of the week, such as mon"),
        ("[[digests]]\nday = 32", "is not a day of the month, such as 1"),
        ("[[digests]]\nmonth = 13", "is not a month, such as 3"),
        ("[[digests]]\nday = 31\nmonth = 2", "never comes: month 2 has no day 31"),
        ('[[digests]]\nday = 1\nday_of_week = "mon"', "must have day or day_of_week, not both"),
        ('[[digests]]\ntimezone = "Paris"', "is not an IANA time zone"),
        ('[[digests]]\nlanguage = "de"', "must be en or fr"),
        ('[[digests]]\nname = "A week"', "digests.0.name"),
        ('[[digests]]\nhour = 8\n[[digests]]\nhour = 9\ncommunity = "plaza"', "there are two called weekly"),
        (COMMUNITIES + '[[digests]]\nareas = ["Shop", "Delivrey"]', "weekly has no area Delivrey: there is Delivery"),
        (COMMUNITIES + '[[digests]]\nareas = ["Delivery"]\ncommunity = "forum"', "there is Shop"),
        ("[[digests]]\nname = 'press'\npromotion = true", "digests.0 (PORTEVOIX_DIGESTS__0): must have staff where"),
        (PROMOTED + "promotion = true", "must have another name than weekly where promotion is true, such as name"),
        ('[[digests]]\nlength = "tiny"', "digests.0.length"),
        ('[[digests]]\ncommunities = ["a", "b"]\n[[digests]]\ncommunity = "b"', "there are two called weekly"),
        ('[[digests]]\nstaff = { platform = "discord" }', "digests.0.staff.place"),
    ]
    assert [(text, words) for text, words in cases if words not in refusal(file, text)] == []


def test_any_area_may_be_named_where_a_community_lists_none(file: Path) -> None:
    assert written(file, '[[digests]]\nareas = ["Imported"]').digests[0].areas == ("Imported",)


def test_a_day_of_the_month_is_any_day_of_the_week() -> None:
    assert str(DigestSettings(day="1").days().fields[4]) == "*"
    assert str(DigestSettings(month="3").days().fields[4]) == "mon"
