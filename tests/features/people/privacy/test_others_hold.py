"""What others hold of an erased person goes, too: drafts that pass on their words, and messages on their way."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.context import Context
from bot.core import Core
from bot.ports.inbound import Actor, Means, Said
from bot.ports.reply import Reply
from bot.privacy import persons
from bot.privacy.departures import Departures
from bot.settings.config import Settings
from tests.clock import StillClock
from tests.stage import PLATFORM, BareStage, Person

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
    stage: BareStage, noor: Person, alex: Person, dump: Dump
) -> None:
    await noor.says("/suggest Something")
    await pass_on(stage, alex, noor)
    assert await holding(dump, WORDS) == {"prompt"}
    await forgotten(noor)
    assert await holding(dump, WORDS, "noor") == set()
    await alex.presses("As a problem")
    alex.hears("This draft is gone")
    assert await holding(dump, WORDS, "noor") == set()


async def test_a_draft_of_a_person_the_bot_never_met_goes_too(
    stage: BareStage, noor: Person, alex: Person, dump: Dump
) -> None:
    await pass_on(stage, alex, noor)
    await forgotten(noor)
    assert await holding(dump, WORDS, "noor") == set()


async def test_drafts_of_others_words_stay(stage: BareStage, noor: Person, camille: Person, alex: Person) -> None:
    await pass_on(stage, alex, camille)
    await forgotten(noor)
    await alex.presses("As a problem")
    alex.hears("The team has it as problem #1.")


async def test_what_was_passed_on_is_no_longer_held_as_a_draft(
    stage: BareStage, noor: Person, alex: Person, dump: Dump
) -> None:
    await pass_on(stage, alex, noor)
    await alex.presses("As a problem")
    rows = await dump()
    assert rows["prompt"] == rows["trace"] == []


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("/queue 1 not_planned Because of the {words}", "#1 is now not planned."),
        ("/remove 1 Because of the {words}", "#1 was taken from view by a moderator."),
    ],
)
async def test_news_with_a_reason_they_wrote_as_a_moderator_loses_it(
    stage: BareStage, camille: Person, noor: Person, dump: Dump, typed: str, left: str
) -> None:
    noor.role = noor.role.MODERATOR
    await camille.says("/suggest Sunday opening")
    await noor.says(typed.format(words=WORDS))
    assert await holding(dump, WORDS) == {"history", "outbox"}
    await forgotten(noor)
    assert await holding(dump, WORDS, "noor") == set()
    await stage.deliver()
    assert "Sunday opening" in camille.hears(left)


async def test_the_reason_of_a_block_they_made_goes_and_the_block_stays(
    camille: Person, noor: Person, dump: Dump
) -> None:
    noor.role = noor.role.MODERATOR
    await camille.says("/suggest Sunday opening")
    await noor.says(f"/block 1 week The {WORDS}")
    assert "block" in await holding(dump, WORDS)
    await forgotten(noor)
    assert await holding(dump, WORDS, "noor") == set()
    await camille.says("/suggest Monday opening")
    assert "Their reason" not in camille.hears("The moderators of Plaza ask for a pause")


async def test_an_answer_to_the_author_on_its_way_is_withdrawn_with_its_writer(
    stage: BareStage, camille: Person, noor: Person, dump: Dump
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


async def test_who_asked_is_told_that_an_answer_on_its_way_was_erased(
    stage: BareStage, camille: Person, noor: Person, dump: Dump, clock: StillClock
) -> None:
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
    stage: BareStage, noor: Person, alex: Person, dump: Dump, clock: StillClock
) -> None:
    for number, typed in enumerate(("/status 1", "/top", "/queue 3", "/unanswered"), 1):
        await noor.says(f"/suggest A {WORDS}")
        await noor.says(f"/ask Where is the {WORDS}?")
        clock.forward(minutes=1)
        await stage.do(alex, text=typed, means=DURABLE)
        assert "outbox" in await holding(dump, WORDS), (number, typed)
        await forgotten(noor)
        assert await holding(dump, WORDS, "noor") == set(), typed


async def test_the_preview_of_a_draft_on_its_way_is_withdrawn(
    stage: BareStage, noor: Person, alex: Person, dump: Dump
) -> None:
    await pass_on(stage, alex, noor, means=DURABLE)
    assert await holding(dump, WORDS) == {"outbox", "prompt"}
    await forgotten(noor)
    assert await holding(dump, WORDS, "noor") == set()


async def test_an_answer_to_somebody_else_about_other_words_still_comes(
    stage: BareStage, noor: Person, camille: Person, alex: Person
) -> None:
    await noor.says(f"/suggest A {WORDS}")
    await camille.says("/suggest Sunday opening")
    await stage.do(alex, text="/status 2", means=DURABLE)
    await forgotten(noor)
    await stage.deliver()
    alex.hears("Sunday opening")


async def test_a_sent_message_leaves_no_trace(stage: BareStage, noor: Person, alex: Person, dump: Dump) -> None:
    await noor.says(f"/suggest A {WORDS}")
    await stage.do(alex, text="/status 1", means=DURABLE)
    assert (await dump())["trace"]
    await stage.deliver()
    assert not (await dump())["trace"]


async def test_what_is_blank_has_no_source_any_more(noor: Person, dump: Dump) -> None:
    await noor.says(f"/suggest A {WORDS}")
    await noor.says(f"/ask Where is the {WORDS}?")
    rows = await dump()
    assert all(row["source"] for table in ("feedback", "question") for row in rows[table])
    await forgotten(noor)
    rows = await dump()
    assert not [row for table in ("feedback", "question") for row in rows[table] if row["source"]]


async def test_somebody_erased_while_a_form_was_open_has_no_words_without_an_owner(
    stage: BareStage, noor: Person, dump: Dump, clock: StillClock
) -> None:
    await noor.says("/problem")
    await forgotten(noor)
    await noor.fills(text=f"A {WORDS}", audience="everyone", name="nameless")
    await noor.presses("Send")
    rows = await dump()
    (item,), (member,) = rows["feedback"], rows["member"]
    theirs = await stage.core.store.read(lambda session: persons.nameless_marks(session, stage.core, member["id"]))
    assert item["author_hash"] in theirs


async def test_the_name_of_a_moderator_is_not_remembered_either(stage: BareStage, noor: Person) -> None:
    noor.role = noor.role.MODERATOR
    await noor.says("/queue")
    community = 1
    assert stage.core.moderators.names(community) == ("noor",)
    await noor.says("/forgetme")
    await noor.presses("Erase everything about me")
    assert "noor" not in stage.core.moderators.names(community)


async def test_an_answer_that_was_read_before_and_is_queued_after_shows_nothing(
    stage: BareStage, noor: Person, alex: Person, dump: Dump, monkeypatch: pytest.MonkeyPatch
) -> None:
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
