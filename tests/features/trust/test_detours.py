"""Danger, wishes and complaints that come by detours: edits, prompts, appeals, other people's hands."""

from dataclasses import replace

import pytest

from bot.ports.inbound import Actor, Chat, Said
from bot.settings.config import Settings
from tests.stage import PLATFORM, BareStage, Person

WORDS = "I want to kill myself"


async def _edits(stage: BareStage, person: Person, message: str, text: str) -> None:
    await stage.do(person, text=text, message=message, edited=True)


async def _passes_on(stage: BareStage, person: Person, author: str, text: str, message: str = "m1") -> None:
    said = Said(Actor(PLATFORM, author, author), text, message)
    await stage.do(person, command="passon", about=said)


async def test_an_edit_that_tells_of_danger_gets_help_each_time(stage: BareStage, noor: Person, sam: Person) -> None:
    await stage.do(noor, text="/suggest Longer hours", message="m1")
    for words in (WORDS, f"{WORDS} tonight"):
        await _edits(stage, noor, "m1", f"/suggest {words}")
        noor.hears("People can help now", "are told, with your name")
        await stage.deliver()
        sam.hears(f"> {words}")
    await noor.says("/top")
    assert "kill" not in noor.hears()


async def test_edited_talk_among_members_is_left_alone(stage: BareStage, noor: Person) -> None:
    await stage.do(noor, text="How do I change my email address?", message="m1", addressed=False)
    await stage.do(noor, text=WORDS, message="m1", edited=True, addressed=False)
    noor.never_heard("People can help now")


@pytest.mark.parametrize("asked", ["/status", "/area", "/language"])
async def test_words_of_danger_answer_no_question_of_the_bot(noor: Person, asked: str) -> None:
    await noor.says(asked)
    await noor.says(WORDS)
    noor.hears("People can help now")
    await noor.says(f"{asked} {WORDS}")
    noor.hears("People can help now")


async def test_an_appeal_that_tells_of_danger_goes_to_no_staff(
    stage: BareStage, noor: Person, alex: Person, sam: Person
) -> None:
    await noor.says("/suggest Longer hours")
    await alex.says("/remove 1 It is about something else.")
    await noor.says(f"/appeal 1 {WORDS}")
    noor.hears("People can help now")
    await stage.deliver()
    sam.hears(WORDS)
    assert WORDS not in str(stage.staff())


async def test_many_open_items_do_not_silence_the_alert(stage: BareStage, noor: Person, sam: Person) -> None:
    for number in range(3):
        await noor.says(f"/suggest Bench {number}")
    await noor.says(WORDS)
    noor.hears("are told, with your name")
    await stage.deliver()
    sam.hears(WORDS)


class TestFewOpenItems:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        limits = settings.limits.model_copy(update={"open_items": 2})
        return settings.model_copy(update={"limits": limits})

    async def test_help_and_alert_come_all_the_same(self, stage: BareStage, noor: Person, sam: Person) -> None:
        await test_many_open_items_do_not_silence_the_alert(stage, noor, sam)


async def test_danger_passed_on_reaches_the_contacts_and_no_queue(
    stage: BareStage, noor: Person, alex: Person, sam: Person
) -> None:
    await noor.says("/language en")
    await _passes_on(stage, alex, "noor", WORDS)
    await alex.presses("As a problem")
    alex.hears("This goes to the trusted contacts.")
    await stage.deliver()
    sam.hears("Urgent.", f"> {WORDS}", "From: noor.")
    noor.hears("People can help now")
    await alex.says("/queue")
    alex.hears("Nothing waits for a decision.")


async def test_what_has_no_name_is_not_tied_to_one_by_passing_it_on(
    stage: BareStage, noor: Person, alex: Person
) -> None:
    await stage.do(noor, text=f"anonymous: {WORDS}", message="m1")
    await _passes_on(stage, alex, "noor", WORDS, "m1")
    assert "#1" not in alex.hears("This message cannot be passed on.")


async def test_a_name_that_is_a_word_names_nobody_in_small_letters(
    stage: BareStage, noor: Person, sam: Person, settings: Settings
) -> None:
    will = Person(stage, "sam")
    await stage.do(will, text="/language en", actor=replace(Actor(PLATFORM, "sam", "Will"), locale="en"))
    await noor.says("/problem")
    await noor.fills(text="A moderator said I will be banned", audience="trusted")
    await stage.deliver()
    sam.hears("> A moderator said I will be banned")


async def test_danger_is_hidden_from_no_contact(stage: BareStage, noor: Person, sam: Person) -> None:
    await sam.says("/language en")
    await noor.says(f"{WORDS}, Sam knows why")
    await stage.deliver()
    sam.hears("Urgent.")


async def test_a_contact_is_known_by_name_from_the_first_word(stage: BareStage, noor: Person, robin: Person) -> None:
    await robin.says("/help")
    await noor.says("/problem")
    await noor.fills(text="LEMAIRE mocks us", audience="trusted")
    await stage.deliver()
    robin.never_heard("mocks us")


async def test_an_urgent_item_is_shown_to_nobody_else(noor: Person) -> None:
    await noor.says(WORDS)
    await noor.says("/visibility 1 everyone")
    noor.hears("stays with the trusted contacts")


async def test_new_words_for_the_contacts_reach_them(stage: BareStage, noor: Person, sam: Person) -> None:
    await noor.says("/problem")
    await noor.fills(text="The team mocks my accent", audience="trusted")
    await noor.says("/edit 1 The team mocks my accent every day")
    await stage.deliver()
    sam.hears("> The team mocks my accent every day #1")


async def test_what_was_typed_among_others_is_never_called_nameless(stage: BareStage, noor: Person) -> None:
    group = Chat(PLATFORM, "plaza", overlooked=True)
    await stage.do(noor, text="/suggest anonymous: my boss shouts", chat=group)
    await noor.presses("Send to the team only")
    noor.hears("it has been seen with your name beside it")
    await noor.says("/visibility 1 without my name")
    noor.hears("taking the name off now would hide nothing")


async def test_nor_what_was_said_to_the_bot_among_others(stage: BareStage, noor: Person) -> None:
    group = Chat(PLATFORM, "plaza", overlooked=True)
    await stage.do(noor, text="anonymous: my boss shouts", chat=group)
    await noor.presses("As a problem")
    noor.hears("Got it: problem #1.", "it has been seen with your name beside it", "Only the team can see it, with")


@pytest.mark.parametrize("words", ["anonymous: my boss steals", "a moderator insulted me"])
async def test_an_edit_is_asked_about_as_new_words_are(noor: Person, camille: Person, words: str) -> None:
    await noor.says("/suggest Longer hours")
    await noor.says(f"/edit 1 {words}")
    noor.hears("Nothing was changed.")
    await camille.says("/status 1")
    camille.hears("> Longer hours #1")


async def test_a_wish_does_not_hide_whom_it_is_about(noor: Person) -> None:
    await noor.says("/problem anonymous: a moderator insulted me")
    noor.hears("This seems to be about a moderator or the team", "[Send to the trusted contacts]")
    await noor.presses("Send to the trusted contacts")
    noor.hears("Only the trusted contacts can see it, without your name; not the team.")


async def test_a_question_without_a_name_is_asked_without_one(stage: BareStage, noor: Person) -> None:
    await noor.says("/ask anonymous: when is my boss paid?")
    rows = await stage.core.store.read(
        lambda session: session.connection().exec_driver_sql("SELECT asker_id, text FROM question").all()
    )
    assert [tuple(row) for row in rows] == [(None, "when is my boss paid?")]


async def test_half_a_form_whose_question_is_gone_files_nothing(stage: BareStage, noor: Person) -> None:
    await stage.do(noor, command="suggest", args={"text": "My boss steals"}, answers="4711")
    noor.hears("This question is no longer open.")
