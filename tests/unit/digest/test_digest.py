"""What a digest counts and how it is put in words, beside the golden files."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core import Core
from bot.features.digest.data import DigestData
from bot.features.digest.gather import week_until
from bot.features.digest.words.detail import MOST_CHARACTERS
from bot.features.digest.words.render import render
from bot.locales.speech import Languages
from bot.ports.inbound import Role
from bot.ports.plain import plain
from bot.settings.config import DigestSettings, Settings
from bot.signals.limits import limits
from bot.signals.tally import Tally, Verdict
from storage.people import communities
from storage.reports.reporting import Count
from storage.vocabulary import Kind
from tests.clock import StillClock
from tests.stage import BareStage, Person
from tests.unit.digest.editions import numbers, said
from tests.words import WISHES

ENGLISH = Languages(Path(__file__).parents[3] / "bot" / "locales").speech("en")
QUIET = DigestData(
    community="Plaza",
    first_day=date(2026, 3, 2),
    last_day=date(2026, 3, 8),
    periods_known=9,
    waiting=(),
    waiting_total=0,
    areas=(),
    total=Count(1, 1),
    new_voices=0,
    mostly={},
    kinds=dict.fromkeys(Kind, Tally(Count(1, 1), None)),
    questions=Tally(Count(1, 1), None),
    unanswered=(),
    changes=(),
    told={},
    month=date(2026, 2, 1),
    closed=(0, 0),
    until=datetime(2026, 3, 9, tzinfo=UTC),
)


async def week(core: Core) -> str:
    """The week up to now, in words."""
    (community,) = await core.store.read(communities.every)
    return await said(core, week_until(core.clock.now() + timedelta(seconds=1), ZoneInfo(community.timezone)))


@given(st.lists(st.integers(0, 30), min_size=8, max_size=12), st.integers(0, 40))
@example([4, 6, 4, 6, 4, 6, 4, 6], 11)
@example([5, 5, 5, 5, 5, 5, 5, 6], 6)
def test_the_range_shown_agrees_with_the_verdict_beside_it(before: list[int], now: int) -> None:
    found = Tally(Count(now, now), limits(before))
    said = plain(render(replace(QUIET, kinds={**QUIET.kinds, Kind.PROBLEM: found}), ENGLISH)).splitlines()
    line = next((line for line in said if line.startswith("• Problems")), "")
    if not line:
        assert found.verdict is Verdict.NOISE
        return
    assert found.usual
    if "(" in line:
        low, *rest = line.split("(")[1].split(")")[0].split(" to ")
        assert not int(low) <= now <= int(rest[0] if rest else low), line
    else:
        assert found.usual.holds(now) is not line.endswith("too few to tell")


def test_the_headline_names_everything_that_is_out_of_the_ordinary() -> None:
    loud = Tally(Count(30, 30), limits([4, 6, 4, 6, 4, 6, 4, 6]))
    calm = Tally(Count(5, 5), limits([4, 6, 4, 6, 4, 6, 4, 6]))
    kinds = {Kind.PROBLEM: loud, Kind.SUGGESTION: calm, Kind.PRAISE: calm}
    headline = plain(render(replace(QUIET, kinds=kinds, questions=loud), ENGLISH)).splitlines()[2]
    assert "problems" in headline
    assert "questions" in headline
    assert "suggestions" not in headline


async def test_one_person_who_asks_two_things_is_one_person(stage: BareStage) -> None:
    ines = Person(stage, "ines")
    await ines.says("/ask where is the blue door?")
    await ines.says("/ask who feeds the cat?")
    assert "Unanswered: 2 questions, 1 person\n" in await week(stage.core)


async def test_what_came_after_the_week_is_not_in_it(stage: BareStage, clock: StillClock) -> None:
    (community,) = await stage.core.store.read(communities.every)
    window = week_until(clock.now(), ZoneInfo(community.timezone))
    clock.forward(hours=9)
    await Person(stage, "ines").says("/suggest a bench in the shade")
    assert "Nothing new, nothing waiting." in await said(stage.core, window)


async def test_even_an_endless_area_fits_a_phone(stage: BareStage) -> None:
    cases: list[str] = ["a" * 3_000, "very long area name " * 100]
    for area in cases:
        for number in range(3):
            await stage.do(Person(stage, "ines"), command="suggest", args={"text": "Light.", "area": f"{number}{area}"})
        assert len(await week(stage.core)) <= MOST_CHARACTERS, area[:4]


async def test_a_nameless_quote_is_left_out_where_it_could_be_guessed(stage: BareStage, clock: StillClock) -> None:
    shy, *others = [Person(stage, f"member {number}") for number in range(5)]
    for person, words in zip(others[:3], WISHES, strict=False):
        await person.says(f"/suggest {words}")
    clock.forward(days=1)
    await stage.do(
        shy, command="suggest", args={"text": "The nameless one.", "audience": "everyone", "name": "nameless"}
    )
    await shy.presses("Send")
    assert "> The nameless one." not in (await week(stage.core)).split("What people talk about")[1]
    # Among five it is quoted.
    await others[3].says(f"/suggest {WISHES[3]}")
    assert "> The nameless one." in (await week(stage.core)).split("What people talk about")[1]


async def test_a_withdrawn_item_is_in_no_digest(stage: BareStage) -> None:
    ines = Person(stage, "ines")
    await ines.says("/suggest a bench in the shade")
    await ines.presses("Withdraw")
    assert "bench" not in await week(stage.core)


DELIVERY = DigestSettings(name="delivery", areas=("delivery",))
"""As an operator types it: the store has it as the community names it."""


@pytest.fixture
def two_areas(settings: Settings) -> Settings:
    own = tuple(one.model_copy(update={"areas": ("Delivery", "Shop")}) for one in settings.communities)
    return settings.model_copy(update={"communities": own})


class TestOfSomeAreas:
    @pytest.fixture
    def settings(self, two_areas: Settings) -> Settings:
        return two_areas

    @pytest.fixture
    async def lived(self, stage: BareStage) -> BareStage:
        """Something was said, decided and asked in both areas and in none."""
        ines, omar = Person(stage, "ines"), Person(stage, "omar", Role.MODERATOR)
        await stage.do(Person(stage, "noor"), command="problem", args={"text": "The till jams", "area": "Shop"})
        for text, area in (("A bench", "Delivery"), ("A lamp", "Shop"), ("A clock", None), ("A tree", "Delivery")):
            await stage.do(ines, command="suggest", args={"text": text, **({"area": area} if area else {})})
        await omar.says("/queue 5 planned")
        await omar.says("/queue 3 done")
        await ines.says("/ask who feeds the cat?")
        await stage.deliver()
        return stage

    async def test_everything_else_is_left_out(self, lived: BareStage, clock: StillClock) -> None:
        window = week_until(lived.core.clock.now() + timedelta(seconds=1), ZoneInfo("Europe/Paris"))
        text = await said(lived.core, window, DELIVERY)
        assert text.startswith("Your week · Delivery\n")
        assert "2 messages, 1 person, 1 new voice\n" in text
        assert "1 thing waits for a decision, since 4 March." in text
        assert "1 decision, 1 person told." in text
        for shown in ("> A bench #2", "#2 A bench · ", "#5 A tree · planned"):
            assert shown in text
        for hidden in ("lamp", "clock", "till", "Shop", "Problems 1", "Question", "cat", "Unanswered", "No area"):
            assert hidden not in text
        # Of two areas both are told and named.
        text = await said(lived.core, window, DigestSettings(areas=("Delivery", "Shop")))
        assert text.startswith("Your week · Delivery, Shop\n")
        assert "4 messages, 2 people, 2 new voices" in text
        assert "2 things wait" in text
        assert "clock" not in text
        # Its figures have no questions, and last month is that of the areas, too.
        found = await numbers(lived.core, DELIVERY)
        assert found["about"] == ["Delivery"]
        assert list(found["kinds"]) == ["suggestion", "problem", "praise"]
        assert found["unanswered"] == {"questions": 0, "people": 0, "list": []}
        clock.forward(days=29)
        assert (await numbers(lived.core))["closed"] == {"month": "2026-03", "done": 1, "total": 5}
        assert (await numbers(lived.core, DELIVERY))["closed"] == {"month": "2026-03", "done": 0, "total": 2}


async def test_everyone_who_wrote_or_asked_is_heard_once(stage: BareStage, clock: StillClock) -> None:
    ines, noor, tom = (Person(stage, name) for name in ("ines", "noor", "tom"))
    await noor.says("/ask who feeds the cat?")
    clock.forward(days=7)
    await ines.says("/suggest a bench in the shade")
    await ines.says("/ask where is the blue door?")
    await noor.says("/ask where is the blue door?")
    await tom.says("/ask when does it open?")
    said = await week(stage.core)
    assert "4 messages, 3 people, 2 new voices\n" in said


async def test_calm_news_hide_no_backlog(stage: BareStage, clock: StillClock) -> None:
    ines = Person(stage, "ines")
    await ines.says("/suggest a bench in the shade")
    await ines.says("/suggest a lamp at the door")
    for _ in range(9):
        clock.forward(days=7)
        await ines.says("/praise thank you")
    await ines.says("/suggest a tree")
    assert (await week(stage.core)).splitlines()[2:4] == [
        "A calm week.",
        "3 things wait for a decision, the oldest since 4 March. 2 of them have waited for more than 30 days.",
    ]


async def test_while_it_is_too_early_to_tell_no_week_is_called_calm_and_praise_waits_for_no_decision(
    stage: BareStage,
) -> None:
    await Person(stage, "ines").says("/praise a reminder within ten minutes, thank you!")
    said = await week(stage.core)
    assert "alm" not in said
    assert "1 message this week." in said
    assert "Too early to tell what is usual (0 of 8)." in said
    assert "To decide" not in said
    assert "Nothing waits for a decision." in said


async def test_areas_come_in_their_order_the_quiet_ones_in_a_line_and_no_area_last(stage: BareStage) -> None:
    for who, area in (("ines", "Image"), ("noor", "Image"), ("tom", "Support"), ("lea", None), ("ada", None)):
        given = {"text": f"words of {who}", **({"area": area} if area else {})}
        await stage.do(Person(stage, who), command="suggest", args=given)
    said = await week(stage.core)
    heads = [line.split(" · ")[0] for line in said.splitlines() if line.endswith("new this week")]
    assert heads == ["Support", "Image", "No area yet"]
    hint = "An area can be chosen when writing, or later: /area, then the number."
    assert f"{hint}\nNothing new on: Innovation, Quality, Understanding.\n" in said
