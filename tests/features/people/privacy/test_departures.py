"""What has no name leaves later than its author's account: one by one, by chance, within a week."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.privacy.departures import EVERY, FIRST, Departures
from bot.settings.config import Settings
from storage.privacy.departures import SPAN
from tests.clock import StillClock
from tests.copies import Job
from tests.features.people.privacy.leaving import (
    ERASE,
    FEW,
    MANY,
    WORDS,
    Dump,
    few,
    files,
    lives,
    look,
    many,
    nothing_left,
    standing,
    writes_without_a_name,
)
from tests.postgres import Server
from tests.stage import BareStage, Person

BOTH = pytest.mark.parametrize("settings", ["sqlite", "postgres"], indirect=True)
"""For what each engine does in its own way; what leaves when is decided without either."""


@pytest.fixture
def settings(request: pytest.FixtureRequest, settings: Settings, home: Path) -> Iterator[Settings]:
    if getattr(request, "param", "sqlite") == "sqlite":
        yield settings
        return
    server: Server = request.getfixturevalue("postgres")
    place = server.create("departures")
    yield settings.model_copy(update={"database": place.url, "key_file": place.key_file})
    server.drop("departures")


@pytest.fixture
def jobs(request: pytest.FixtureRequest) -> Sequence[Job]:
    """What Noor has is filed once for all tests that begin with it."""
    return [job for job in (few, many) if f"has_{job.__name__}" in request.fixturenames]


@pytest.fixture
def has_few() -> None:
    """Noor has a few items without a name."""


@pytest.fixture
def has_many() -> None:
    """Noor has many items without a name."""


@pytest.fixture(autouse=True)
def seeds(monkeypatch: pytest.MonkeyPatch) -> None:
    """The moments are drawn as ever, and the same each time: by chance all few may leave within two days."""
    numbers = count(1)
    drawn = SimpleNamespace(token_bytes=lambda size: next(numbers).to_bytes(size))
    monkeypatch.setattr("storage.privacy.departures.secrets", drawn)


async def test_they_are_listed_to_their_author_first_with_the_reason(
    noor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Without any there is one button to erase.
    await noor.says("/suggest Something")
    await noor.says("/forgetme")
    assert "at once" not in noor.hears(f"[{ERASE}] [Cancel]").replace("cannot", "")
    # They are listed to their author first with the reason.
    await files(noor, f"A {WORDS}")
    await noor.says("/forgetme")
    noor.hears(f"• #1000 A {WORDS}", "If these vanished together with your name", "[Erase everything about me]")
    monkeypatch.setattr("bot.feedback.audience.leaving.LISTED", 2)
    for number in range(3):
        await files(noor, f"Item {number}")
    await noor.says("/forgetme")
    assert "Item 1" not in noor.hears("Item 0", "and 2 more")


@pytest.mark.usefixtures("has_many")
async def test_no_two_leave_together_and_none_with_the_account(
    stage: BareStage, noor: Person, clock: StillClock, dump: Dump
) -> None:
    before = await standing(stage)
    (named,) = [row["id"] for row in (await dump())["feedback"] if not row["nameless"]]
    await noor.says("/forgetme")
    await noor.presses(ERASE)
    noor.hears(
        "1 item was blanked; your name and your account are gone.", f"{MANY + 1} without your name leave by 11 March"
    )
    rows = await dump()
    assert rows["identity"] == rows["member"] == []
    now = await standing(stage)
    assert before["feedback"] - now["feedback"] == {named}, "only what had the name"
    assert now["question"] == before["question"]
    left: list[datetime] = []
    for looks_left in reversed(range(SPAN // timedelta(hours=3))):
        clock.forward(hours=2)
        await look(stage, clock, hours=1)
        after = await standing(stage)
        gone = sum(len(now[table] - after[table]) for table in now)
        assert gone <= 1 or not looks_left, "never two at one time before the week is over"
        left += [clock.now()] * gone
        now = after
    assert now == {"feedback": set(), "question": set()}
    assert len(left) == MANY + 1
    assert left[-1] - left[0] > timedelta(days=2), "spread over the week"
    await nothing_left(dump)


@pytest.mark.usefixtures("has_few")
async def test_the_plan_of_somebody_with_nothing_looks_the_same_and_a_restart_in_between_changes_nothing(
    stage: BareStage, noor: Person, camille: Person, clock: StillClock, dump: Dump
) -> None:
    for person in (noor, camille):
        await person.says("/forgetme")
        await person.presses(ERASE)
    plans = [row["sealed"] for row in (await dump())["departure"]]
    assert len({len(plan) for plan in plans}) == 1
    assert len(set(plans)) == 2
    # A restart in between changes nothing.
    await look(stage, clock, hours=48, every=6)
    some = await standing(stage)
    assert some["feedback"]
    await stage.restart()
    await look(stage, clock, hours=24, every=6)
    assert len((await standing(stage))["feedback"]) <= len(some["feedback"])
    clock.forward(hours=95)
    await look(stage, clock, hours=1)
    await nothing_left(dump)


@pytest.mark.usefixtures("has_many")
async def test_after_a_pause_of_days_those_due_do_not_leave_together(
    stage: BareStage, noor: Person, clock: StillClock, dump: Dump
) -> None:
    await noor.says("/forgetme")
    await noor.presses(ERASE)
    before = await standing(stage)
    clock.forward(days=5)
    await stage.restart()
    for _ in range(6):
        await Departures(stage.core).clear()
        clock.forward(seconds=EVERY)
    after = await standing(stage)
    assert len(before["feedback"]) - len(after["feedback"]) <= 3, "drawn anew for the days that are left"
    clock.forward(hours=47)
    await look(stage, clock, hours=1)
    await nothing_left(dump)


@BOTH
async def test_the_tables_do_not_tell_which_items_are_to_leave_and_a_week_later_all_is_gone_in_one_look(
    stage: BareStage, noor: Person, clock: StillClock, dump: Dump
) -> None:
    await writes_without_a_name(noor, FEW)
    before = await dump()
    await noor.says("/forgetme")
    await noor.presses(ERASE)
    after = await dump()
    for table in ("feedback", "sealed_address", "history", "question"):
        assert after[table] == before[table], table
    clock.forward(days=8)
    await Departures(stage.core).clear()
    await nothing_left(dump)
    # At once means at once.
    await lives(noor, FEW)
    await noor.says("/forgetme")
    await noor.presses("Everything at once")
    noor.hears(f"Done. {FEW + 1} items were blanked; nothing stored here leads to you any more.")
    await nothing_left(dump)


async def test_the_answer_still_comes_until_it_leaves(
    stage: BareStage, noor: Person, alex: Person, clock: StillClock
) -> None:
    await files(noor, f"A {WORDS}")
    await noor.says("/forgetme")
    await noor.presses(ERASE)
    await alex.says("/queue 1000 done")
    await stage.deliver()
    noor.hears("#1000 is now resolved.")
    clock.forward(days=8)
    await Departures(stage.core).clear()
    await alex.says("/queue 1000 planned")
    await stage.deliver()
    noor.hears("#1000 is now resolved.")


@pytest.mark.usefixtures("has_few")
async def test_digests_lose_each_one_s_words_when_it_leaves(
    stage: BareStage, noor: Person, alex: Person, clock: StillClock, dump: Dump
) -> None:
    for number in range(5):
        await files(Person(stage, f"Sam {number}"), f"Other words {number}")
    clock.forward(minutes=1)
    await alex.says("/digest now")
    await stage.deliver()
    await noor.says("/forgetme")
    await noor.presses(ERASE)
    clock.forward(days=8)
    await Departures(stage.core).clear()
    found = (await dump())["digest"]
    assert found
    assert WORDS not in str(found)


async def test_it_looks_every_few_minutes(stage: BareStage, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            raise TimeoutError

    monkeypatch.setattr("bot.privacy.departures.asyncio.sleep", sleep)
    with pytest.raises(TimeoutError):
        await Departures(stage.core).run()
    assert waits == [FIRST, EVERY, EVERY]


async def test_what_was_sent_while_the_clock_was_wrong_is_found_and_leaves_too(
    stage: BareStage, noor: Person, clock: StillClock, dump: Dump
) -> None:
    for days in (-200, 200):
        right = clock.now()
        clock.forward(days=days)
        await files(noor, f"A {WORDS} of another month")
        clock.time = right
        await noor.says("/mine")
        noor.hears(WORDS)
        await noor.says("/forgetme")
        noor.hears("Without your name you sent:", WORDS)
        await noor.presses(ERASE)
        clock.forward(days=SPAN.days + 1)
        await Departures(stage.core).clear()
        assert WORDS not in str(await dump()), days
