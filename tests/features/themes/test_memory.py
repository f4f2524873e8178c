"""Themes are recognised from week to week, whoever looks; looking writes vectors alone, and erasing leaves nothing."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from bot.core import Core
from bot.operations.assembly import open_core
from bot.settings.config import Settings
from bot.themes import Theme, Trend, present
from bot.themes.memory import store_themes
from bot.themes.overview import stands
from bot.themes.watch import WEEK, ThemeWatch
from storage.models import Community, Feedback
from storage.people import communities
from storage.privacy.erasure import erase_items
from tests import meaning
from tests.clock import StillClock
from tests.features.themes.voices import DARK, NOISE, POINTS, RELAIS, say
from tests.stage import Person

Dump = Callable[[], Awaitable[dict[str, list[dict[str, Any]]]]]


async def plaza(core: Core) -> Community:
    return (await core.store.read(communities.every))[0]


async def themes(core: Core, about: tuple[str, ...] = ()) -> tuple[Theme, ...]:
    until = core.clock.now() + timedelta(seconds=1)
    return await present(core, await plaza(core), until - WEEK, until, about)


async def stored(core: Core) -> None:
    until = core.clock.now() + timedelta(seconds=1)
    await store_themes(core, await plaza(core), until - WEEK, until)


async def test_looking_writes_nothing_and_what_is_stored_follows_the_words_until_all_are_gone(
    core: Core, clock: StillClock, dump: Dump
) -> None:
    ids = await say(core, POINTS)
    before = await dump()
    (found,) = await themes(core)
    assert (found.id, found.label, found.people) == (0, "Pick-up point closed", 6)
    assert await dump() == before
    # The watch stores them unasked.
    clock.forward(minutes=1)
    await ThemeWatch(core).look()
    assert len((await dump())["theme_item"]) == 6
    # Edited words leave the theme.
    await core.store.write(lambda session: setattr(session.get_one(Feedback, ids[0]), "text", "Roses for the hall"))
    (found,) = await themes(core)
    assert found.people == 5

    def erase(session: Session) -> None:
        for own in ids:
            session.get_one(Feedback, own).text = ""

    await core.store.write(erase)
    assert await themes(core) == ()
    assert {row["name"] for row in (await dump())["theme"]} == {""}, "so is what it was about"


async def test_each_week_says_how_the_week_before_compares(core: Core, clock: StillClock) -> None:
    said = []
    for texts in (POINTS[:3], POINTS, (*POINTS, *(f"{text} today" for text in POINTS)), POINTS[:3]):
        await say(core, texts, who=str(clock.now().date()))
        (found,) = await themes(core)
        said.append((found.trend, found.people, found.people_before))
        clock.forward(days=7)
    assert said == [
        (Trend.NEW, 3, 0),
        (Trend.STEADY, 6, 3),
        (Trend.GROWING, 12, 6),
        (Trend.FADING, 3, 12),
    ]


async def test_a_theme_stays_itself_while_its_words_drift(core: Core, clock: StillClock) -> None:
    seen = set()
    for week in range(4):
        texts = [f"{text} {extra}" for text, extra in zip(POINTS, DARK, strict=False)] if week > 1 else POINTS
        await say(core, (*texts, *NOISE), who=f"Week {week}")
        await stored(core)
        seen |= {one.id for one in await themes(core) if "Pick-up" in one.label}
        clock.forward(days=7)
    assert len(seen) == 1


async def test_two_processes_store_a_theme_once_and_of_an_erased_person_nothing_is_left(
    core: Core, settings: Settings, camille: Person, dump: Dump
) -> None:
    await say(core, POINTS)
    other = await open_core(settings, core.clock)
    try:
        await asyncio.gather(*(stored(one) for one in (core, other) * 3))
    finally:
        other.store.close()
    rows = await dump()
    assert (len(rows["theme"]), len(rows["theme_item"])) == (1, 6)
    await camille.says("/problem The pick-up point closed while I stood in front of it")
    await stored(core)
    assert len((await dump())["theme_item"]) == 7
    await camille.says("/forgetme")
    await camille.presses("Erase everything about me")
    assert len((await dump())["theme_item"]) == 6
    (found,) = await themes(core)
    assert (found.people, found.label) == (6, "Pick-up point closed")
    assert not [quote for quote in found.quotes if "stood in front" in quote.text]


async def test_what_changed_since_it_was_read_is_noticed_before_it_is_posted(core: Core) -> None:
    ids = await say(core, POINTS)
    found = await themes(core)
    assert await core.store.read(lambda session: stands(session, found))
    quote = found[0].quotes[0].id
    await core.store.write(lambda session: setattr(session.get_one(Feedback, quote), "text", "Roses"))
    assert not await core.store.read(lambda session: stands(session, found))
    again = await themes(core)
    other = next(own for own in ids if own not in {quote, *(one.id for one in again[0].quotes)})
    await core.store.write(lambda session: erase_items(session, [other]))
    assert not await core.store.read(lambda session: stands(session, again))


async def test_an_area_has_its_own(core: Core) -> None:
    await say(core, POINTS, area="support")
    await say(core, DARK, who="Other", area="quality")
    assert [one.label for one in await themes(core)] == ["Pick-up point closed", "Dark mode"]
    assert [one.label for one in await themes(core, ("quality",))] == ["Dark mode"]


async def test_people_are_counted_with_and_without_a_name_and_supporters_are_not(
    core: Core, camille: Person, noor: Person
) -> None:
    await say(core, POINTS[:3])
    await say(core, POINTS[3:5], author_hash="mark", who="")
    await say(core, (f"{text} too" for text in POINTS[5:]), source="said:")  # type: ignore[arg-type]
    await noor.says("/support 1")
    (found,) = await themes(core)
    assert (found.people, found.unsigned, len(found.items)) == (5, 1, 6)


async def test_french_and_english_are_one_theme_by_meaning(
    settings: Settings, clock: StillClock, monkeypatch: pytest.MonkeyPatch, dump: Dump
) -> None:
    meaning.use(monkeypatch)
    core = await open_core(settings.model_copy(update={"encoder": "bundled"}), clock)
    try:
        await say(core, POINTS)
        await say(core, RELAIS, who="Autre", language="fr")
        await say(core, DARK, who="Other")
        found = await themes(core)
        assert [one.people for one in found] == [11, 5]
        assert len((await dump())["item_vector"]) == 16, "the next look computes none"
    finally:
        core.store.close()
