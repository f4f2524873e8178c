"""Moderators look through what the bot knows, file answers under tags, and say until when each holds."""

from datetime import date

import pytest

from bot.ports.inbound import Means
from storage.answers import knowledge
from storage.answers.knowledge import Entry
from storage.people import communities
from tests.stage import BareStage, Person

POOL, PARK = "When does the pool open?", "Where can I park my car?"
KNOWN = [
    Entry("pool", (POOL, "What are the pool's hours?"), "At **nine**.", "en", tags=("pool", "opening hours")),
    Entry("park", (PARK,), "Behind the hall.", "en", source="/srv/faq.md"),
    *(Entry(f"n{n}", (f"What is number {n}?",), "Chance.", "en", tags=("numbers",)) for n in range(5)),
    Entry("moon", ("Where is the moon base?",), "", "en"),
]


@pytest.fixture(autouse=True)
async def known(stage: BareStage) -> None:
    await stage.core.store.write(lambda session: knowledge.add(session, communities.every(session)[0].id, KNOWN))


async def held(stage: BareStage, name: str) -> tuple[str, date | None]:
    def job(session):  # type: ignore[no-untyped-def]
        answers = knowledge.answers(session, communities.every(session)[0].id)
        return next((one.tags, one.valid_until) for one in answers if one.external_id == name)

    found: tuple[str, date | None] = await stage.core.store.read(job)
    return found


async def test_what_is_known_is_listed_page_by_page_by_a_tag_or_by_words_and_to_no_member(
    stage: BareStage, alex: Person, camille: Person
) -> None:
    await alex.says("/knowledge")
    alex.hears("What the bot knows · 1 to 5 of 7", f"{POOL} · pool, opening hours", f"[Open: {PARK}]", "[numbers · 5]")
    await alex.presses("Next")
    assert POOL not in alex.hears("6 to 7 of 7", "What is number 4?", "[Previous]")
    alex.sees_no("moon base")
    await alex.says("/knowledge")
    await alex.presses("opening hours · 1")
    assert PARK not in alex.hears("What the bot knows · #opening hours", POOL)
    for words in ("#numbers", "number", "# Numbers"):
        await alex.says(f"/knowledge {words}")
        assert POOL not in alex.hears(f"What the bot knows · {words}", "What is number 0?")
    await alex.says("/knowledge #num")
    # A tag is not a part of a word.
    alex.hears("Nothing is known with these words.")
    await camille.says("/knowledge")
    assert POOL not in camille.hears()
    await alex.says("/knowledge pool")
    await stage.do(camille, button=stage.token(alex, f"Open: {POOL}"))
    assert "At nine." not in camille.hears()


async def test_tags_are_set_and_taken_back(stage: BareStage, alex: Person) -> None:
    await alex.says("/knowledge park")
    await alex.presses(f"Open: {PARK}")
    alex.hears(PARK, "Behind the hall.", "Source: faq.md", "No tags.")
    await alex.presses("Tags")
    alex.hears("Which tags, with commas between them?")
    await alex.fills(tags="#parking, access;parking")
    alex.hears("Filed under: parking, access", "Its file says otherwise", "Tags: parking, access")
    assert await held(stage, "park") == ("parking\naccess", None)
    await alex.presses("Take it back")
    assert await held(stage, "park") == ("", None)


async def test_tags_are_taken_off(stage: BareStage, alex: Person) -> None:
    await alex.says("/knowledge #pool")
    await alex.presses(f"Open: {POOL}")
    alex.hears("What are the pool's hours?", "Tags: pool, opening hours")
    await stage.do(alex, button=stage.token(alex, "Tags"), means=Means(forms=False))
    alex.hears("pool, opening hours")
    await alex.presses("No tags")
    assert "Its file" not in alex.hears("Without tags now.", "No tags.")
    assert await held(stage, "pool") == ("", None)


async def test_the_last_day_is_set_and_what_is_no_day_changes_nothing(
    stage: BareStage, alex: Person, camille: Person
) -> None:
    await alex.says("/knowledge pool")
    await alex.presses(f"Open: {POOL}")
    await alex.presses("Last day")
    await alex.fills(end="some day")
    alex.hears("That is no day such as 31/03/2027.")
    assert await held(stage, "pool") == ("pool\nopening hours", None)
    for day in ("2027-03-31", "31/03/2027", "31.03.2027 "):
        await alex.presses("Last day")
        await alex.fills(end=day)
        alex.hears("Holds until 31 March 2027.", "This holds until 31 March 2027.")
        await camille.says(POOL)
        camille.hears("At nine.", "This holds until 31 March 2027.")
        await alex.presses("Last day")
        await alex.presses("Without an end")
        alex.hears("Holds without an end.")
        assert await held(stage, "pool") == ("pool\nopening hours", None), day


async def test_where_nothing_is_known(stage: BareStage, alex: Person) -> None:
    names = [one.external_id for one in KNOWN]
    await stage.core.store.write(lambda session: knowledge.remove(session, communities.every(session)[0].id, names))
    await alex.says("/knowledge")
    alex.hears("Nothing is known yet.")
