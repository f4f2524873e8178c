"""What a digest counts and how it is put in words, beside the golden files."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core import Core
from bot.features.digest.calendar import calendar
from bot.features.digest.figures import figures
from bot.features.digest.gather import DigestData, Tally, Window, week_until
from bot.features.digest.publish import MANUAL, Edition, draft
from bot.features.digest.render import MOST_CHARACTERS, render
from bot.features.digest.signals import limits
from bot.locales.speech import Languages
from bot.ports.inbound import Role
from bot.ports.plain import plain
from bot.settings.config import DigestSettings, Settings
from storage import communities
from storage.reporting import Count
from storage.vocabulary import Kind
from tests.clock import StillClock
from tests.stage import BareStage, Person

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
    kinds=dict.fromkeys(Kind, Tally(1, None)),
    questions=Tally(1, None),
    unanswered=(),
    changes=(),
    told={},
    month=date(2026, 2, 1),
    closed=(0, 0),
)


async def week(core: Core) -> str:
    """The week up to now, in words."""
    (community,) = await core.store.read(communities.every)
    return await said(core, week_until(core.clock.now() + timedelta(seconds=1), ZoneInfo(community.timezone)))


async def said(core: Core, window: Window, digest: DigestSettings = MANUAL) -> str:
    """The digest of a span, in words."""
    (community,) = await core.store.read(communities.every)
    edition = Edition(digest, "", window)
    drafted = await core.store.read(lambda session: draft(session, core, community, edition))
    return plain(drafted.reply, buttons=False)


@given(st.lists(st.integers(0, 30), min_size=8, max_size=12), st.integers(0, 40))
@example([4, 6, 4, 6, 4, 6, 4, 6], 11)
@example([5, 5, 5, 5, 5, 5, 5, 6], 6)
def test_the_range_shown_agrees_with_the_verdict_beside_it(before: list[int], now: int) -> None:
    data = replace(QUIET, kinds={**QUIET.kinds, Kind.PROBLEM: Tally(now, limits(before))})
    said = plain(render(data, ENGLISH))
    if "• Problems" not in said:
        return
    line = said.split("• Problems ")[1].splitlines()[0]
    low, *rest = line.split("usually ")[1].split(")")[0].split("-")
    high = rest[0] if rest else low
    assert line.endswith("noise") is (int(low) <= now <= int(high)), line


def test_the_headline_names_everything_that_is_out_of_the_ordinary() -> None:
    loud = Tally(30, limits([4, 6, 4, 6, 4, 6, 4, 6]))
    calm = Tally(5, limits([4, 6, 4, 6, 4, 6, 4, 6]))
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


async def test_praise_waits_for_no_decision(stage: BareStage) -> None:
    await Person(stage, "ines").says("/praise a reminder within ten minutes, thank you!")
    said = await week(stage.core)
    assert "To decide" not in said
    assert "Nothing waits for a decision." in said


async def test_what_came_after_the_week_is_not_in_it(stage: BareStage, clock: StillClock) -> None:
    (community,) = await stage.core.store.read(communities.every)
    window = week_until(clock.now(), ZoneInfo(community.timezone))
    clock.forward(hours=9)
    await Person(stage, "ines").says("/suggest a bench in the shade")
    assert "Nothing new, nothing waiting." in await said(stage.core, window)


@pytest.mark.parametrize("area", ["a" * 3_000, "very long area name " * 100])
async def test_even_an_endless_area_fits_a_phone(stage: BareStage, area: str) -> None:
    for number in range(3):
        await stage.do(Person(stage, "ines"), command="suggest", args={"text": "Light.", "area": f"{number}{area}"})
    assert len(await week(stage.core)) <= MOST_CHARACTERS


@pytest.mark.parametrize(("people", "quoted"), [(4, False), (5, True)])
async def test_a_nameless_quote_is_left_out_where_it_could_be_guessed(
    stage: BareStage, people: int, quoted: bool
) -> None:
    shy, *others = [Person(stage, f"member {number}") for number in range(people)]
    for person in others:
        await person.says("/suggest More light.")
    await stage.do(shy, command="suggest", args={"text": "The nameless one.", "visibility": "nameless"})
    await shy.presses("Send")
    said = (await week(stage.core)).split("What people talk about")[1]
    assert ("> The nameless one." in said) is quoted


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

    async def test_everything_else_is_left_out(self, lived: BareStage) -> None:
        window = week_until(lived.core.clock.now() + timedelta(seconds=1), ZoneInfo("Europe/Paris"))
        text = await said(lived.core, window, DELIVERY)
        assert text.startswith("Your week · Delivery\n")
        assert "2 messages, 1 person heard, 1 new voice\n" in text
        assert "1 thing waits for a decision, since 4 March." in text
        assert "1 decision, 1 person told." in text
        for shown in ("> A bench #2", "#2 A bench · ", "#5 A tree · planned"):
            assert shown in text
        for hidden in ("lamp", "clock", "till", "Shop", "Problems 1", "Question", "cat", "Unanswered", "No area"):
            assert hidden not in text

    async def test_of_two_areas_both_are_told_and_named(self, lived: BareStage) -> None:
        both = DigestSettings(areas=("Delivery", "Shop"))
        window = week_until(lived.core.clock.now() + timedelta(seconds=1), ZoneInfo("Europe/Paris"))
        text = await said(lived.core, window, both)
        assert text.startswith("Your week · Delivery, Shop\n")
        assert "4 messages, 2 people heard, 2 new voices" in text
        assert "2 things wait" in text
        assert "clock" not in text

    async def test_last_month_is_that_of_the_areas_too(self, lived: BareStage, clock: StillClock) -> None:
        clock.forward(days=29)
        assert (await numbers(lived.core))["closed"] == {"month": "2026-03", "done": 1, "total": 5}
        assert (await numbers(lived.core, DELIVERY))["closed"] == {"month": "2026-03", "done": 0, "total": 2}

    async def test_its_figures_have_no_questions(self, lived: BareStage) -> None:
        found = await numbers(lived.core, DELIVERY)
        assert found["about"] == ["Delivery"]
        assert list(found["kinds"]) == ["suggestion", "problem", "praise"]
        assert found["unanswered"] == {"questions": 0, "people": 0, "list": []}


async def numbers(core: Core, digest: DigestSettings = MANUAL) -> dict[str, Any]:
    """The week up to now, as figures."""
    (community,) = await core.store.read(communities.every)
    window = week_until(core.clock.now() + timedelta(seconds=1), ZoneInfo(community.timezone))
    drafted = await core.store.read(lambda session: draft(session, core, community, Edition(digest, "", window)))
    found: dict[str, Any] = json.loads(json.dumps(figures("plaza", digest, window, drafted.data)))
    return found


async def test_the_figures_keep_their_shape(stage: BareStage) -> None:
    ines, omar = Person(stage, "ines"), Person(stage, "omar", Role.MODERATOR)
    await ines.says("/suggest A bench in the shade")
    await ines.says("/problem The side door sticks")
    await omar.says("/queue 2 done")
    await ines.says("/ask who feeds the cat?")
    early = {"low": None, "high": None, "periods": 0, "verdict": "early"}
    bench = {"number": 1, "kind": "suggestion", "area": None, "status": "received", "text": "A bench in the shade"}
    door = {"number": 2, "kind": "problem", "area": None, "status": "resolved", "text": "The side door sticks"}
    assert await numbers(stage.core, DigestSettings()) == {
        "community": "plaza",
        "name": "weekly",
        "about": [],
        "since": "2026-02-25T11:00:01+01:00",
        "until": "2026-03-04T11:00:01+01:00",
        "days": 7,
        "messages": 3,
        "people": 1,
        "people_formula": "distinct named authors and askers + distinct marks of nameless authors",
        "new_voices": 1,
        "kinds": {
            "suggestion": {"count": 1, **early},
            "problem": {"count": 1, **early},
            "praise": {"count": 0, **early},
            "question": {"count": 1, **early},
        },
        "areas": [{"area": None, "messages": 2, "people": 1, "people_before": 0, "items": [door, bench]}],
        "more_areas": 0,
        "quiet_areas": ["Innovation", "Support", "Quality", "Understanding", "Image"],
        "waiting": {
            "total": 1,
            "since": "2026-03-04",
            "long": 0,
            "long_days": 30,
            "counted_to": 1000,
            "items": [{**bench, "support": 0, "days": 0}],
        },
        "unanswered": {"questions": 1, "people": 1, "list": [{"text": "who feeds the cat?", "people": 1, "times": 1}]},
        "decisions": [{**door, "decision": "resolved"}],
        "told": {"waiting": 1, "sent": 0, "failed": 0, "unknown": 0},
        "closed": {"month": "2026-02", "done": 0, "total": 0},
    }


async def test_figures_say_what_is_usual_and_what_is_out_of_the_ordinary(stage: BareStage, clock: StillClock) -> None:
    ines = Person(stage, "ines")
    for messages in (1, 1, 1, 1, 1, 1, 1, 1, 6):
        for number in range(messages):
            await ines.says(f"/praise thank you {number}")
        clock.forward(days=7)
    clock.forward(days=-7)
    praise = (await numbers(stage.core))["kinds"]["praise"]
    assert praise == {"count": 6, "low": 1.0, "high": 1.0, "periods": 8, "verdict": "signal"}


async def test_figures_have_no_name_and_no_words_that_could_give_a_nameless_author_away(stage: BareStage) -> None:
    shy, loud = Person(stage, "Camille Durand"), Person(stage, "Noor Khan")
    await stage.do(shy, command="suggest", args={"text": "Only I would say this", "visibility": "nameless"})
    await shy.presses("Send")
    await loud.says("/suggest More light.")
    found = await numbers(stage.core)
    assert [item["text"] for item in found["waiting"]["items"]] == [None, "More light."]
    for kept in ("Only I", "Camille", "Noor"):
        assert kept not in json.dumps(found)


async def test_a_day_is_not_called_a_week(stage: BareStage, clock: StillClock) -> None:
    await Person(stage, "ines").says("/suggest a bench in the shade")
    clock.forward(days=1)
    daily = DigestSettings(name="daily", day_of_week="*")
    (community,) = await stage.core.store.read(communities.every)
    text = await said(stage.core, calendar(daily, community).window(date(2026, 3, 5)), daily)
    assert text.startswith("Your digest · Plaza\n4 March\n1 message.\n1 thing waits for a decision, since 4 March.\n")
    assert "week" not in text
    french = await said(stage.core, calendar(daily, community).window(date(2026, 3, 5)), in_french(daily))
    assert french.startswith("Le point · Plaza\n4 mars\n1 message.\n1 retour attend une décision, depuis le 4 mars.\n")
    assert "semaine" not in french


async def test_a_day_is_compared_with_days(stage: BareStage, clock: StillClock) -> None:
    ines = Person(stage, "ines")
    for messages in (2, 2, 2, 2, 2, 2, 2, 2, 7):
        for number in range(messages):
            await ines.says(f"/problem broken {number}")
        clock.forward(days=1)
    daily = DigestSettings(name="daily", day_of_week="*")
    (community,) = await stage.core.store.read(communities.every)
    text = await said(stage.core, calendar(daily, community).window(date(2026, 3, 13)), daily)
    assert "Out of the ordinary: problems." in text
    assert "Problems 7 (usually 2) SIGNAL" in text
    assert "1 person · 1 before" in text


def in_french(digest: DigestSettings) -> DigestSettings:
    return digest.model_copy(update={"language": "fr"})


async def test_everyone_who_wrote_or_asked_is_heard_once(stage: BareStage, clock: StillClock) -> None:
    ines, noor, tom = (Person(stage, name) for name in ("ines", "noor", "tom"))
    await noor.says("/ask who feeds the cat?")
    clock.forward(days=7)
    await ines.says("/suggest a bench in the shade")
    await ines.says("/ask where is the blue door?")
    await noor.says("/ask where is the blue door?")
    await tom.says("/ask when does it open?")
    said = await week(stage.core)
    assert "4 messages, 3 people heard, 2 new voices\n" in said
    assert "Everyone who wrote to the team or asked the bot counts once; words without a name count apart." in said


async def test_calm_news_hide_no_backlog(stage: BareStage, clock: StillClock) -> None:
    ines = Person(stage, "ines")
    await ines.says("/suggest a bench in the shade")
    await ines.says("/suggest a lamp at the door")
    for _ in range(9):
        clock.forward(days=7)
        await ines.says("/praise thank you")
    await ines.says("/suggest a tree")
    assert (await week(stage.core)).splitlines()[2:4] == [
        "Calm week, nothing out of the ordinary.",
        "3 things wait for a decision, the oldest since 4 March. 2 of them have waited for more than 30 days.",
    ]


async def test_while_it_is_too_early_to_tell_no_week_is_called_calm(stage: BareStage) -> None:
    await Person(stage, "ines").says("/praise thank you")
    said = await week(stage.core)
    assert "alm" not in said
    assert "1 message this week." in said
    assert "Too early to tell what is usual (0 of 8)." in said


async def test_areas_come_in_their_order_the_quiet_ones_in_a_line_and_no_area_last(stage: BareStage) -> None:
    for who, area in (("ines", "Image"), ("noor", "Image"), ("tom", "Support"), ("lea", None), ("ada", None)):
        given = {"text": f"words of {who}", **({"area": area} if area else {})}
        await stage.do(Person(stage, who), command="suggest", args=given)
    said = await week(stage.core)
    heads = [line.split(" · ")[0] for line in said.splitlines() if line.endswith("new this week")]
    assert heads == ["Support", "Image", "No area yet"]
    hint = "An area can be chosen when writing, or later: /area, then the number."
    assert f"{hint}\nNothing new on: Innovation, Quality, Understanding.\n" in said
