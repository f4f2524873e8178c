"""The digest as staff read it: a crisis told in several wordings is seen whole, and a stray word does not date it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from bot.features.digest import topics
from bot.features.digest.data import Topic, Window
from bot.features.digest.outcome import month
from bot.features.digest.picture import figure
from bot.features.digest.words.headline import headline
from bot.locales.speech import Languages
from bot.ports.inbound import Role
from bot.signals.limits import limits
from bot.signals.tally import Tally
from bot.themes.theme import Theme, Trend
from storage.items.desk.ownership import Care
from storage.people import communities
from storage.reports.reporting import Count
from storage.vocabulary import Kind
from tests.clock import StillClock
from tests.stage import BareStage, Person
from tests.storage import rows
from tests.unit.digest.test_digest import QUIET
from tests.words import WISHES

LANGUAGES = Languages(Path(__file__).parents[3] / "bot" / "locales")
LOUD = Tally(Count(30, 30), limits([4, 6, 4, 6, 4, 6, 4, 6]))


def topic(label: str, people: int, trend: Trend = Trend.NEW) -> Topic:
    return Topic(Theme(1, label, trend, people, 0, 0, (1,)), "", "", date(2026, 3, 4))


def test_a_crisis_that_is_several_themes_is_told_whole() -> None:
    several = (topic("Card", 14), topic("Cannot pay", 9), topic("Rota", 9, Trend.STEADY), topic("Cups", 4))
    data = replace(QUIET, kinds={**QUIET.kinds, Kind.PROBLEM: LOUD}, topics=several)
    said = headline(data, LANGUAGES.speech("en"))
    assert said.startswith("14 people on “Card” since 4 March. Nobody is on it.")
    assert said.endswith("More than before, too: “Cannot pay” (9 people).")
    french = headline(data, LANGUAGES.speech("fr"))
    assert "Plus qu’avant aussi" in french
    assert french.endswith("(9 personnes).")


def test_a_calm_week_does_not_hide_what_grows_below() -> None:
    meals = topic("Cold meals", 5, Trend.GROWING)
    data = replace(QUIET, topics=(replace(meals, theme=replace(meals.theme, people_before=2)),))
    assert headline(data, LANGUAGES.speech("en")).endswith("“Cold meals” grows: 5 people, 2 before.")
    french = headline(data, LANGUAGES.speech("fr")).replace("\u00a0", " ")
    assert french.endswith("« Cold meals » monte : 5 personnes, 2 avant.")
    few = replace(meals, theme=replace(meals.theme, people=3))
    assert "Cold" not in headline(replace(data, topics=(few,)), LANGUAGES.speech("en"))


def test_messages_without_an_author_are_not_said_to_be_people() -> None:
    imported = replace(topic("No receipt", 0), theme=Theme(1, "No receipt", Trend.NEW, 0, 0, 8, (1,)))
    data = replace(QUIET, kinds={**QUIET.kinds, Kind.PROBLEM: LOUD}, topics=(imported,), unsigned=24)
    assert headline(data, LANGUAGES.speech("en")).startswith("Unusually many: problems, at most 30 people (")
    assert "problèmes, 30 personnes au plus (" in headline(data, LANGUAGES.speech("fr"))
    drawn = figure(data, LANGUAGES.speech("en"))
    assert "No receipt (8 messages without an author)" in drawn.alt
    assert drawn.band.startswith("People who wrote, and messages without an author. The band")
    assert figure(QUIET, LANGUAGES.speech("en")).band == "People who wrote.", "there is no band yet"


@pytest.mark.parametrize(("number", "words"), [(4, "en avril"), (8, "en août"), (10, "en octobre"), (2, "en février")])
def test_a_month_that_begins_with_a_vowel_reads_well_in_french(number: int, words: str) -> None:
    data = replace(QUIET, month=date(2026, number, 1), closed=(2, 3))
    assert words in month(data, LANGUAGES.speech("fr"))


def test_one_stray_word_does_not_date_what_many_say(monkeypatch: pytest.MonkeyPatch) -> None:
    window = Window(datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC))
    stray, began = window.since + timedelta(hours=1), window.since + timedelta(days=3)
    every = [Care(None, None, at) for at in (stray, *(began + timedelta(hours=hour) for hour in range(13)))]
    monkeypatch.setattr("bot.features.digest.topics.ownership.care", lambda *_: every)
    (found,) = topics.topics(None, [topic("Card", 14).theme], window)  # type: ignore[arg-type]
    assert found.since == began.date()


async def test_the_same_words_of_two_people_are_one_thing_to_decide(stage: BareStage, clock: StillClock) -> None:
    def job(session: Session) -> None:
        home = communities.every(session)[0]
        for who, words in (("ines", WISHES[0]), ("omar", f"{WISHES[0]} !"), ("lea", WISHES[1])):
            rows.item(session, home, rows.person(session, who), text=words, created_at=clock.now())

    await stage.core.store.write(job)
    clock.forward(days=1)
    moderator = Person(stage, "max", Role.MODERATOR)
    await moderator.says("/digest")
    decide = moderator.hears("To decide").split("To decide\n")[1].split("\n\n")[0]
    assert [line.split()[1] for line in decide.splitlines()] == ["#1", "#3"]


async def test_a_number_in_a_question_is_masked(stage: BareStage, noor: Person, clock: StillClock) -> None:
    await noor.says("/ask Who answers at bob@example.org or 06 12 34 56 78?")
    clock.forward(minutes=1)
    moderator = Person(stage, "max", Role.MODERATOR)
    await moderator.says("/digest")
    moderator.hears("• Who answers at …@… or ••••? · 1 person")
