"""The sweep: what is old goes by itself, every day, in steps, and disturbs nobody."""

import re
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, select

from bot.core import Core
from bot.privacy.retention import FIRST, Sweep
from bot.settings.config import Retention, Settings
from storage.engine.errors import StoreBusy
from storage.engine.store import Store
from storage.models import Digest, Feedback, Inbox, Question
from storage.privacy import erasure, retention
from storage.privacy.erasure import personal_of
from storage.privacy.retention import Rule
from storage.traffic import inbox
from tests.clock import StillClock
from tests.stage import BareStage, Person
from tests.storage import rows
from tests.storage.rows import NOON

WORDS = "quincunx"


Rows = Callable[[type[SQLModel]], Awaitable[list[Any]]]


@pytest.fixture
def found(core: Core) -> Rows:
    async def read(model: type[SQLModel]) -> list[Any]:
        return await core.store.read(lambda session: list(session.exec(select(model)).all()))

    return read


async def test_a_handled_event_leaves_its_id_alone(stage: BareStage, noor: Person, found: Rows) -> None:
    await stage.core.store.write(
        lambda session: session.add(
            Inbox(platform=stage.name, event_id="event-0", payload=f"raw {WORDS}", received_at=NOON)
        )
    )
    await noor.says(f"/suggest A {WORDS}")
    await noor.says(f"/ask Where is the {WORDS}?")
    events = await found(Inbox)
    assert [row.event_id for row in events] == ["event-0", "event-1"]
    for row in events:
        assert [getattr(row, column.name) for column in personal_of(SQLModel.metadata.tables["inbox"])] == [None]
        assert WORDS not in str(row.model_dump())


async def test_the_sweep_takes_every_old_thing_in_steps(
    core: Core, clock: StillClock, monkeypatch: pytest.MonkeyPatch, found: Rows
) -> None:
    def fill(session: Session) -> None:
        for number in range(7):
            inbox.close(session, "bare", f"old {number}", clock.now())

    await core.store.write(fill)
    clock.forward(days=31)
    await core.store.write(lambda session: inbox.close(session, "bare", "new", clock.now()))
    steps: list[int] = []

    def due(session: Session, rule: Rule, before: Any, after: Any = None) -> list[Any]:
        keys = ORDINARY(session, rule, before, after, most=3)
        steps.extend([len(keys)] if rule.name == "inbox" else [])
        return keys

    monkeypatch.setattr(retention, "due", due)
    assert (await Sweep(core).clear())["inbox"] == 7
    assert steps == [3, 3, 1, 0]
    assert [row.event_id for row in await found(Inbox)] == ["new"]


ORDINARY = retention.due


async def test_a_sweep_takes_nothing_new_and_what_is_old_is_logged_by_counts_alone(
    stage: BareStage, noor: Person, found: Rows, clock: StillClock, capsys: pytest.CaptureFixture[str]
) -> None:
    await noor.says(f"/suggest A {WORDS}")
    await noor.says(f"/ask Where is the {WORDS}?")
    stored = await stage.core.store.write(lambda session: rows.button(session, at=clock.now()))
    assert set((await Sweep(stage.core).clear()).values()) == {0}
    assert [row.text for row in await found(Feedback)] == [f"A {WORDS}"]
    capsys.readouterr()
    clock.forward(days=400)
    assert (await Sweep(stage.core).clear())["buttons"] == 1
    logged = capsys.readouterr().out
    assert "questions=1" in re.sub(r"\x1b\[\d+m", "", logged)
    assert WORDS not in logged
    assert "noor" not in logged
    # A button of long ago says kindly that it is no longer in use.
    await noor.presses("Edit")
    noor.hears("This button is no longer in use.")
    await stage.do(noor, button=stored)
    noor.hears("This button is no longer in use.")


async def test_a_year_later_a_question_is_gone_from_the_digest_that_quoted_it_too(
    stage: BareStage, noor: Person, camille: Person, alex: Person, clock: StillClock, found: Rows
) -> None:
    await noor.says(f"/ask Where is the {WORDS}?")
    clock.forward(minutes=1)
    await alex.says("/digest now")
    clock.forward(days=364)
    await camille.says(f"/ask Where is the {WORDS}?")
    clock.forward(days=2)
    await alex.says("/digest now")
    assert (await Sweep(stage.core).clear())["questions"] == 1
    assert [WORDS in str(row.payload) for row in await found(Digest)] == [False, True]
    assert [row.text for row in await found(Question)] == ["", f"Where is the {WORDS}?"]


async def test_feedback_is_kept_until_the_settings_say_otherwise(
    stage: BareStage, noor: Person, alex: Person, clock: StillClock, settings: Settings, found: Rows
) -> None:
    await noor.says(f"/suggest A {WORDS}")
    await alex.says("/digest now")
    await alex.says("/queue 1 done")
    clock.forward(days=700)
    assert (await Sweep(stage.core).clear())["feedback"] == 0
    chosen = settings.model_copy(update={"retention": Retention(feedback=365)})
    object.__setattr__(stage.core, "settings", chosen)
    assert (await Sweep(stage.core).clear())["feedback"] == 1
    assert [row.text for row in await found(Feedback)] == [""]
    assert WORDS not in str([row.payload for row in await found(Digest)])


async def test_one_rule_s_trouble_holds_no_other_up(
    core: Core, clock: StillClock, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    await core.store.write(lambda session: rows.button(session, at=clock.now()))
    clock.forward(days=200)

    def due(session: Session, rule: Rule, before: Any, after: Any = None) -> list[Any]:
        if rule.name == "inbox":
            raise StoreBusy(f"Mend it. {rule.name}")
        if rule.name == "sent":
            raise ValueError(WORDS)
        return ORDINARY(session, rule, before, after)

    monkeypatch.setattr(retention, "due", due)
    monkeypatch.setattr("storage.engine.store.BUSY_SECONDS", 0.05)
    assert (await Sweep(core).clear())["buttons"] == 1
    logged = capsys.readouterr().out
    assert "Mend it. inbox" in logged
    assert "ValueError" in logged
    assert WORDS not in logged


async def test_it_sweeps_a_minute_after_the_start_and_then_every_day(
    core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 4:
            raise TimeoutError

    sweep, done = Sweep(core), []

    async def clear() -> dict[str, int]:
        done.append(len(waits))
        return {}

    monkeypatch.setattr("bot.privacy.retention.asyncio.sleep", sleep)
    monkeypatch.setattr(sweep, "clear", clear)
    with pytest.raises(TimeoutError):
        await sweep.run()
    assert waits == [FIRST, 86_400, 86_400, 86_400]
    assert done == [1, 2, 3]


async def test_cleaning_leaves_the_connection_as_it_was_and_disturbs_nobody(
    core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    def settings(engine: Engine) -> list[int]:
        names = ("query_only", "busy_timeout", "secure_delete")
        with engine.connect() as connection:
            return [int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()) for name in names]

    monkeypatch.setattr(erasure, "PATIENCE", 20)
    before = await core.store.maintain(settings)
    assert await core.store.maintain(partial(erasure.scrub, rewrite=True))
    assert await core.store.maintain(settings) == before == [1, 5000, 1]

    def job(session: Session) -> bool:
        rows.person(session)
        return erasure.scrub(core.store._reading, rewrite=True)

    assert not await core.store.write(job), "somebody writes: it is tried again at the next sweep"
    assert await core.store.maintain(partial(erasure.scrub, rewrite=True))
    # A heavy file is not written anew.
    monkeypatch.setattr(erasure, "LIGHT", 1)
    assert await core.store.maintain(erasure.scrub)
    assert not await core.store.maintain(partial(erasure.scrub, rewrite=True))


async def test_every_database_can_be_asked_to_clean(store: Store) -> None:
    assert await store.maintain(partial(erasure.scrub, rewrite=True))
