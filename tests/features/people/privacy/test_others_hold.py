"""What others hold of an erased person goes, too: drafts that pass on their words, and messages on their way."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.context import Context
from bot.core import Core
from bot.ports.inbound import Actor, Means, Role, Said
from bot.ports.reply import Reply
from bot.privacy import persons
from bot.privacy.departures import Departures
from bot.settings.config import Settings
from tests.clock import StillClock
from tests.stage import PLATFORM, BareStage, Person
from tests.words import WISHES

Dump = Callable[[], Awaitable[dict[str, list[dict[str, Any]]]]]
WORDS = "quincunx"
DURABLE = Means(forms=False, durable=True)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Noor is a trusted contact, too."""
    plaza = settings.communities[0].model_copy(update={"trusted_contacts": ("bare:noor",)})
    return settings.model_copy(update={"communities": (plaza,)})


@pytest.fixture
def dump(core: Core, dump: Dump) -> Dump:
    """All rows, with the words of messages on their way, which are sealed."""

    async def opened() -> dict[str, list[dict[str, Any]]]:
        found = await dump()
        for row in found["outbox"]:
            row["payload"] = row["payload"] and core.codec.load(row["payload"])
        return found

    return opened


@pytest.fixture
def sam(stage: BareStage) -> Person:
    return Person(stage, "sam")


async def forgotten(person: Person) -> None:
    await person.says("/forgetme")
    await person.presses("Erase everything about me")


async def holding(dump: Dump, *parts: str) -> set[str]:
    """The tables in which any of this stands."""
    rows = await dump()
    return {table for table in rows if any(part in str(rows[table]) for part in parts)}


async def pass_on(stage: BareStage, moderator: Person, author: Person, **more: Any) -> None:
    said = Said(Actor(PLATFORM, author.id, author.id), f"The gate of {WORDS} squeaks", "message-1")
    await stage.do(moderator, command="passon", about=said, **more)


async def test_an_open_draft_that_passes_their_words_on_goes(
    stage: BareStage, noor: Person, alex: Person, dump: Dump, camille: Person
) -> None:
    # A draft of a person the bot never met goes.
    await pass_on(stage, alex, noor)
    await forgotten(noor)
    assert await holding(dump, WORDS, "noor") == set()
    # Who was met is forgotten alike, and a press finds nothing.
    await noor.says("/suggest Something")
    await pass_on(stage, alex, noor)
    assert await holding(dump, WORDS) == {"prompt"}
    await forgotten(noor)
    assert await holding(dump, WORDS, "noor") == set()
    await alex.presses("As a problem")
    alex.hears("This draft is gone")
    assert await holding(dump, WORDS, "noor") == set()
    # Drafts of others' words stay, until they are passed on.
    await pass_on(stage, alex, camille)
    await forgotten(noor)
    await alex.presses("As a problem")
    alex.hears("The team has it as problem #2.")
    rows = await dump()
    assert rows["prompt"] == rows["trace"] == []


REASONS = (
    ("/queue {number} not_planned Because of the {words}", "#{number} is now not planned."),
    ("/remove {number} Because of the {words}", "#{number} was taken from view by a moderator."),
)


async def test_news_with_a_reason_they_wrote_as_a_moderator_loses_it(
    stage: BareStage, camille: Person, noor: Person, dump: Dump
) -> None:
    noor.role = noor.role.MODERATOR
    for number, (typed, left) in enumerate(REASONS, 1):
        await camille.says(f"/suggest {WISHES[number]}")
        await noor.says(typed.format(number=number, words=WORDS))
        assert await holding(dump, WORDS) == {"history", "outbox"}, typed
        await forgotten(noor)
        assert await holding(dump, WORDS, "noor") == set(), typed
        await stage.deliver()
        assert WISHES[number] in camille.hears(left.format(number=number))
    # The reason of a block they made goes and the block stays.
    await camille.says("/suggest Monday opening")
    await noor.says(f"/block 3 week The {WORDS}")
    assert "block" in await holding(dump, WORDS)
    await forgotten(noor)
    assert await holding(dump, WORDS, "noor") == set()
    await camille.says("/suggest Monday opening")
    assert "Their reason" not in camille.hears("The moderators of Plaza ask for a pause")


async def test_an_answer_on_its_way_is_withdrawn_with_its_writer(
    stage: BareStage, camille: Person, noor: Person, dump: Dump, clock: StillClock
) -> None:
    await noor.says("/suggest Something")
    await camille.says("/problem")
    await camille.fills(text="It is about a moderator", audience="trusted", name="named")
    await stage.deliver()
    await noor.presses("Answer")
    await noor.says(f"A {WORDS} from me")
    assert "outbox" in await holding(dump, WORDS)
    await forgotten(noor)
    assert await holding(dump, WORDS, "noor") == set()
    await stage.deliver()
    camille.never_heard(WORDS)
    # Who asked is told that an answer on its way was erased.
    noor.role = noor.role.MODERATOR
    await camille.says("/ask Where is the harbour?")
    clock.forward(minutes=1)
    await noor.says(f"/answer Behind the {WORDS}.")
    await noor.presses("Answer: Where is the harbour?")
    assert "outbox" in await holding(dump, WORDS)
    await forgotten(noor)
    assert await holding(dump, WORDS, "noor") == set()
    await stage.deliver()
    camille.hears("> Where is the harbour?", "Its answer was erased", "Ask again")


async def test_an_answer_to_somebody_else_that_shows_their_words_is_withdrawn(
    stage: BareStage, noor: Person, alex: Person, dump: Dump, clock: StillClock, camille: Person
) -> None:
    for number, typed in enumerate(("/status 1", "/top", "/queue 3", "/unanswered"), 1):
        await noor.says(f"/suggest A {WORDS}")
        await noor.says(f"/ask Where is the {WORDS}?")
        clock.forward(minutes=1)
        await stage.do(alex, text=typed, means=DURABLE)
        assert "outbox" in await holding(dump, WORDS), (number, typed)
        await forgotten(noor)
        assert await holding(dump, WORDS, "noor") == set(), typed
    # One about other words still comes.
    await noor.says(f"/suggest A {WORDS}")
    await camille.says("/suggest Sunday opening")
    await stage.do(alex, text="/status 6", means=DURABLE)
    await forgotten(noor)
    await stage.deliver()
    alex.hears("Sunday opening")
    # A sent message leaves no trace.
    await noor.says(f"/suggest A {WORDS}")
    await stage.do(alex, text="/status 7", means=DURABLE)
    assert (await dump())["trace"]
    await stage.deliver()
    assert not (await dump())["trace"]


async def test_an_answer_that_was_read_before_and_is_queued_after_shows_nothing(
    stage: BareStage, noor: Person, alex: Person, dump: Dump, monkeypatch: pytest.MonkeyPatch
) -> None:
    await pass_on(stage, alex, noor, means=DURABLE)
    assert await holding(dump, WORDS) == {"outbox", "prompt"}
    await forgotten(noor)
    assert await holding(dump, WORDS, "noor") == set()
    # An answer that was read before and is queued after shows nothing.
    await noor.says(f"/suggest A {WORDS}")
    show = Context.show

    async def late(ctx: Context, reply: Reply) -> Reply:
        monkeypatch.setattr(Context, "show", show)
        await forgotten(noor)
        return await show(ctx, reply)

    monkeypatch.setattr(Context, "show", late)
    await stage.do(alex, text="/status 1", means=DURABLE)
    assert await holding(dump, WORDS, "noor") == set()
    await stage.deliver()
    alex.hears("Words that this would show were erased just now. Ask again.")


async def test_what_is_blank_has_no_source_any_more(
    stage: BareStage, noor: Person, dump: Dump, clock: StillClock
) -> None:
    noor.role = Role.MODERATOR
    await noor.says("/queue")
    community = 1
    assert stage.core.moderators.names(community) == ("noor",)
    await noor.says("/forgetme")
    await noor.presses("Erase everything about me")
    noor.role = Role.MEMBER
    assert "noor" not in stage.core.moderators.names(community)
    # What is blank has no source any more.
    await noor.says(f"/suggest A {WORDS}")
    await noor.says(f"/ask Where is the {WORDS}?")
    rows = await dump()
    assert all(row["source"] for table in ("feedback", "question") for row in rows[table])
    await forgotten(noor)
    rows = await dump()
    assert not [row for table in ("feedback", "question") for row in rows[table] if row["source"]]
    await noor.says("/problem")
    await forgotten(noor)
    await noor.fills(text=f"A {WORDS}", audience="everyone", name="nameless")
    await noor.presses("Send")
    rows = await dump()
    (item,), (member,) = [row for row in rows["feedback"] if row["author_hash"]], rows["member"]
    theirs = await stage.core.store.read(lambda session: persons.nameless_marks(session, stage.core, member["id"]))
    assert item["author_hash"] in theirs


async def test_a_list_on_its_way_that_shows_their_nameless_question_goes_with_it(
    stage: BareStage, noor: Person, alex: Person, dump: Dump, clock: StillClock
) -> None:
    await noor.says("/ask")
    await noor.fills(question=f"Where is the {WORDS}?", name="nameless")
    await stage.do(alex, text="/unanswered", means=DURABLE)
    assert await holding(dump, WORDS) == {"question", "outbox"}
    await forgotten(noor)
    clock.forward(days=8)
    await Departures(stage.core).clear()
    assert await holding(dump, WORDS) == set()
