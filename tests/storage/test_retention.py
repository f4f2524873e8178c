"""How long things are kept: each goes after its days, in steps, and nothing younger goes with it."""

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Column, MetaData, String, Table
from sqlmodel import Session, SQLModel, select

from bot.config import Retention, Settings
from bot.context import Core
from bot.reply import Quote, Reply, Wire
from bot.retention import FIRST, Sweep
from storage import (
    addresses,
    buttons,
    digests,
    erasure,
    feedback,
    inbox,
    outbox,
    prompts,
    questions,
    retention,
    supports,
)
from storage.columns import Erase, Personal
from storage.erasure import owners, personal_of
from storage.errors import StoreBusy
from storage.models import Attachment, Community, Digest, Feedback, History, Inbox, Member, Outbox, Question
from storage.retention import KEPT, RULES, Rule
from storage.store import Store
from storage.vocabulary import Decision, Delivery, Status
from tests.clock import StillClock
from tests.stage import BareStage, Person
from tests.storage import rows
from tests.storage.rows import DAY, NOON

WORDS = "quincunx"
LONG_AGO = NOON - 1000 * DAY
WIRE = Wire()


def rule(name: str) -> Rule:
    return next(one for one in RULES if one.name == name)


def clear(session: Session, name: str, before: Any = NOON) -> int:
    """What the sweep does, in one transaction."""
    session.flush()
    one = rule(name)
    held = retention.claim(session, one, before, retention.due(session, one, before))
    retention.drop(session, one, held)
    session.expire_all()
    return len(held)


@pytest.fixture
def plaza(session: Session) -> Community:
    return rows.community(session)


@pytest.fixture
def sam(session: Session) -> Member:
    return rows.person(session, "Sam")


def ask(session: Session, where: Community, who: Member, at: Any = LONG_AGO) -> Question:
    asked = Question(community_id=where.id, asker_id=who.id, text=WORDS, plain=WORDS, language="en")
    asked.decision, asked.asked_at = Decision.SILENT, at
    return questions.keep(session, asked)


def test_every_table_that_holds_something_personal_grows_old_or_says_why_not() -> None:
    assert retention.ageless(SQLModel.metadata.sorted_tables) == []


def test_a_new_table_that_says_nothing_of_age_is_noticed() -> None:
    column: Column[Any] = Column("name", String, info={"privacy": Personal("a name", Erase.BLANK)})
    assert retention.ageless([Table("new", MetaData(), column)]) == ["new"]


@pytest.mark.parametrize("name", KEPT)
def test_what_is_kept_until_erased_is_personal_tied_to_its_person_and_has_a_reason(name: str) -> None:
    table = SQLModel.metadata.tables[name]
    assert personal_of(table)
    assert name == "member" or owners(table)
    assert KEPT[name]


@pytest.mark.parametrize("name", [one.name for one in RULES if one.name != "prompts"])
def test_every_rule_has_its_days_in_the_settings(name: str) -> None:
    assert name in Retention.model_fields


def test_every_setting_has_its_rule() -> None:
    assert set(Retention.model_fields) == {one.name for one in RULES} - {"prompts"}


def test_ids_of_events_handled_long_ago_go_and_recent_ones_stay(session: Session) -> None:
    inbox.close(session, "bare", "old", NOON - DAY)
    inbox.close(session, "bare", "new", NOON)
    assert clear(session, "inbox") == 1
    assert [row.event_id for row in session.exec(select(Inbox))] == ["new"]


def test_an_event_counts_from_when_it_was_handled(session: Session) -> None:
    session.add(Inbox(platform="bare", event_id="1", payload=WORDS, received_at=NOON - DAY))
    session.flush()
    inbox.close(session, "bare", "1", NOON)
    assert clear(session, "inbox") == 0


def test_what_could_never_be_read_is_not_kept_without_end(session: Session) -> None:
    session.add(Inbox(platform="bare", event_id="1", payload=WORDS, received_at=NOON - DAY))
    assert clear(session, "inbox") == 1
    assert WORDS not in str(rows.dump(session))


@pytest.mark.parametrize(
    ("state", "name", "gone"),
    [
        (Delivery.SENT, "sent", 1),
        (Delivery.SENT, "unsent", 0),
        (Delivery.FAILED, "unsent", 1),
        (Delivery.FAILED, "sent", 0),
        (Delivery.WAITING, "unsent", 1),
        (Delivery.WAITING, "sent", 0),
    ],
)
def test_a_delivery_goes_by_what_became_of_it(
    session: Session, sam: Member, state: Delivery, name: str, gone: int
) -> None:
    row = outbox.owe(session, "key", {"text": WORDS}, LONG_AGO, recipient_id=sam.id)
    assert row is not None
    if state is Delivery.SENT:
        outbox.sent(session, row.id, LONG_AGO)
    if state is Delivery.FAILED:
        outbox.failed(session, row.id, "blocked")
    assert clear(session, name) == gone
    assert len(session.exec(select(Outbox)).all()) == 1 - gone


def test_a_delivery_counts_from_when_it_was_made(session: Session, sam: Member) -> None:
    row = outbox.owe(session, "key", {}, LONG_AGO, recipient_id=sam.id)
    assert row is not None
    outbox.sent(session, row.id, NOON)
    assert clear(session, "sent") == 0


def test_an_old_question_loses_its_words_and_its_asker_and_still_counts(
    session: Session, plaza: Community, sam: Member
) -> None:
    old, new = ask(session, plaza, sam), ask(session, plaza, sam, NOON)
    assert clear(session, "questions") == 1
    assert (old.text, old.plain, old.asker_id, old.decision) == ("", "", None, Decision.SILENT)
    assert (new.text, new.asker_id) == (WORDS, sam.id)


def test_what_was_emptied_is_not_emptied_again(session: Session, plaza: Community, sam: Member) -> None:
    ask(session, plaza, sam)
    digests.claim(session, plaza.id, "weekly", "old", {"blocks": [{"text": WORDS}]}, late=False, now=LONG_AGO)
    feedback.change_status(session, rows.item(session, plaza, sam), Status.DONE, None, "", LONG_AGO)
    for name in ("questions", "digests", "feedback"):
        assert (clear(session, name), clear(session, name)) == (1, 0), name


def test_an_archived_digest_loses_its_words_and_its_period_stays_claimed(session: Session, plaza: Community) -> None:
    words = WIRE.dump(Reply((Quote(WORDS, "#1"),), private=False))
    digests.claim(session, plaza.id, "weekly", "old", words, late=False, now=LONG_AGO)
    digests.claim(session, plaza.id, "weekly", "new", words, late=False, now=NOON)
    assert clear(session, "digests") == 1
    old, new = digests.archive(session, plaza.id)
    assert WIRE.load(old.payload).blocks == ()
    assert new.payload == words
    assert digests.claimed(session, plaza.id, "weekly", "old")


def test_drafts_and_questions_left_open_go_after_a_day(session: Session) -> None:
    prompts.draft(session, "sam", "plaza", "problem", {"text": WORDS}, NOON - DAY)
    kept = prompts.draft(session, "sam", "plaza", "problem", {"text": "recent"}, NOON)
    assert clear(session, "prompts") == 1
    assert prompts.find(session, kept.id, "sam") == kept
    assert WORDS not in str(rows.dump(session))


def test_a_draft_that_nobody_swept_away_is_not_found_after_its_day(session: Session) -> None:
    draft = prompts.draft(session, "sam", "plaza", "problem", {}, NOON)
    assert prompts.find(session, draft.id, "sam", NOON + prompts.PATIENCE) == draft
    assert prompts.find(session, draft.id, "sam", NOON + prompts.PATIENCE + timedelta(seconds=1)) is None


def test_old_buttons_go_whole_so_that_none_is_left_for_anybody_to_press(session: Session) -> None:
    old = buttons.register(session, "edit", {"number": "1"}, lambda _: "sam's", LONG_AGO)
    new = buttons.register(session, "edit", {"number": "1"}, lambda _: "sam's", NOON)
    assert clear(session, "buttons") == 1
    assert buttons.find(session, old) is None
    assert buttons.find(session, new) is not None


def close(session: Session, plaza: Community, who: Member, at: Any = LONG_AGO) -> Feedback:
    """An item with all that can be on it, closed by its author, a moderator too."""
    item = rows.item(session, plaza, who, text=WORDS, author_hash=WORDS)
    addresses.keep(session, item.id, WORDS.encode())
    session.add(Attachment(feedback_id=item.id, name=WORDS, media_type="image/png", content=WORDS.encode()))
    outbox.owe(session, f"news {item.id}", {"text": WORDS}, at, recipient_id=who.id, feedback_id=item.id)
    feedback.change_status(session, item, Status.DONE, who.id, f"As {WORDS} asked", at)
    return item


def test_feedback_closed_long_ago_loses_words_author_files_and_address(
    session: Session, plaza: Community, sam: Member
) -> None:
    close(session, plaza, sam)
    assert clear(session, "feedback") == 1
    found = rows.dump(session)
    assert WORDS not in str(found)
    assert WORDS.encode().hex() not in str(found)
    assert found["sealed_address"] == found["attachment"] == found["outbox"] == []
    (item,) = session.exec(select(Feedback)).all()
    assert (item.author_id, item.author_hash, item.status) == (None, None, Status.DONE)
    assert {row.actor_id for row in session.exec(select(History))} == {None}


@pytest.mark.parametrize("became", [outbox.exhausted, outbox.uncertain, outbox.unreachable])
def test_news_of_old_feedback_that_could_still_be_sent_again_goes_too(
    session: Session, plaza: Community, sam: Member, became: Callable[[Session, int, str], None]
) -> None:
    item = close(session, plaza, sam)
    lea = rows.person(session, "Lea")
    row = outbox.owe(session, "to lea", {"text": WORDS}, NOON, recipient_id=lea.id, feedback_id=item.id)
    assert row is not None
    became(session, row.id, "network")
    clear(session, "feedback")
    assert rows.dump(session)["outbox"] == []


def test_feedback_that_is_open_or_was_just_closed_stays(session: Session, plaza: Community, sam: Member) -> None:
    rows.item(session, plaza, sam, created_at=LONG_AGO)
    close(session, plaza, sam, NOON)
    before = rows.dump(session)
    assert clear(session, "feedback") == 0
    assert rows.dump(session) == before


def test_who_supports_old_feedback_still_counts_once(session: Session, plaza: Community, sam: Member) -> None:
    item = close(session, plaza, sam)
    supports.toggle(session, item, sam.id, NOON)
    clear(session, "feedback")
    assert supports.concerned(session, item) == [sam.id]


def test_a_row_that_changed_since_it_was_found_is_left(session: Session, plaza: Community, sam: Member) -> None:
    item = close(session, plaza, sam)
    session.flush()
    found = retention.due(session, rule("feedback"), NOON)
    feedback.change_status(session, item, Status.UNDER_REVIEW, None, "", NOON)
    session.flush()
    assert found == [item.id]
    assert retention.claim(session, rule("feedback"), NOON, found) == []


def test_rows_are_found_a_few_at_a_time(session: Session, plaza: Community, sam: Member) -> None:
    keys = [ask(session, plaza, sam).id for _ in range(5)]
    first = retention.due(session, rule("questions"), NOON, most=2)
    assert first == keys[:2]
    assert retention.due(session, rule("questions"), NOON, after=first[-1], most=9) == keys[2:]


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


async def test_a_sweep_with_nothing_old_takes_nothing(stage: BareStage, noor: Person, found: Rows) -> None:
    await noor.says(f"/suggest A {WORDS}")
    await noor.says(f"/ask Where is the {WORDS}?")
    assert set((await Sweep(stage.core).clear()).values()) == {0}
    assert [row.text for row in await found(Feedback)] == [f"A {WORDS}"]


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


async def test_a_button_of_long_ago_says_kindly_that_it_is_no_longer_in_use(
    stage: BareStage, noor: Person, clock: StillClock
) -> None:
    await noor.says(f"/suggest A {WORDS}")
    clock.forward(days=181)
    assert (await Sweep(stage.core).clear())["buttons"] > 0
    await noor.presses("Edit")
    noor.hears("This button is no longer in use.")


async def test_one_rule_s_trouble_holds_no_other_up(
    core: Core, clock: StillClock, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    await core.store.write(lambda session: buttons.register(session, "help", {}, None, clock.now()))
    clock.forward(days=200)

    def due(session: Session, rule: Rule, before: Any, after: Any = None) -> list[Any]:
        if rule.name == "inbox":
            raise StoreBusy(f"Mend it. {rule.name}")
        if rule.name == "sent":
            raise ValueError(WORDS)
        return ORDINARY(session, rule, before, after)

    monkeypatch.setattr(retention, "due", due)
    assert (await Sweep(core).clear())["buttons"] == 1
    logged = capsys.readouterr().out
    assert "Mend it. inbox" in logged
    assert "ValueError" in logged
    assert WORDS not in logged


async def test_the_log_has_counts_alone(
    stage: BareStage, noor: Person, clock: StillClock, capsys: pytest.CaptureFixture[str]
) -> None:
    await noor.says(f"/ask Where is the {WORDS}?")
    clock.forward(days=400)
    await Sweep(stage.core).clear()
    logged = capsys.readouterr().out
    assert "questions=1" in re.sub(r"\x1b\[\d+m", "", logged)
    assert WORDS not in logged
    assert "noor" not in logged


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

    monkeypatch.setattr("bot.retention.asyncio.sleep", sleep)
    monkeypatch.setattr(sweep, "clear", clear)
    with pytest.raises(TimeoutError):
        await sweep.run()
    assert waits == [FIRST, 86_400, 86_400, 86_400]
    assert done == [1, 2, 3]


async def test_cleaning_leaves_the_connection_as_it_was(core: Core) -> None:
    def settings(session: Session) -> list[int]:
        names = ("query_only", "busy_timeout", "secure_delete")
        return [int(session.connection().exec_driver_sql(f"PRAGMA {name}").scalar_one()) for name in names]

    before = await core.store.read(settings)
    assert await core.store.read(partial(erasure.scrub, anew=True))
    assert await core.store.read(settings) == before == [1, 5000, 1]


async def test_a_heavy_file_is_not_written_anew(core: Core, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasure, "LIGHT", 1)
    assert await core.store.read(erasure.scrub)
    assert not await core.store.read(partial(erasure.scrub, anew=True))


async def test_who_writes_meanwhile_is_not_disturbed(core: Core) -> None:
    def job(session: Session) -> bool:
        rows.person(session)
        with core.store._reading.connect() as other:
            return erasure.scrub(Session(other.engine), anew=True)

    assert not await core.store.write(job), "it is tried again at the next sweep"
    assert await core.store.read(partial(erasure.scrub, anew=True))


async def test_every_database_can_be_asked_to_clean(store: Store) -> None:
    assert await store.read(partial(erasure.scrub, anew=True))
