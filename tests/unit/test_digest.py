"""What a digest counts and how it is put in words, beside the golden files."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.config import DigestSettings
from bot.context import Core
from bot.features.digest.gather import DigestData, Tally, Window, week_until
from bot.features.digest.publish import MANUAL, Edition, draft
from bot.features.digest.render import MOST_CHARACTERS, render
from bot.plain import plain
from bot.signals import limits
from bot.speech import Languages
from storage import communities
from storage.reporting import Count
from storage.vocabulary import Kind
from tests.clock import StillClock
from tests.stage import BareStage, Person

ENGLISH = Languages(Path(__file__).parents[2] / "bot" / "locales").speech("en")
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
    low, high = line.split("usually ")[1].split(")")[0].split("-")
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
