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
    # Edited talk among members is left alone.
    await stage.do(noor, text="How do I change my email address?", message="m1", addressed=False)
    await stage.do(noor, text=WORDS, message="m1", edited=True, addressed=False)
    noor.never_heard("People can help now")
    await stage.do(noor, text="/suggest Longer hours", message="m2")
    for words in (WORDS, f"{WORDS} tonight"):
        await _edits(stage, noor, "m2", f"/suggest {words}")
        noor.hears("People can help now", "are told, with your name")
        await stage.deliver()
        sam.hears(f"> {words}")
    await noor.says("/top")
    assert "kill" not in noor.hears()
    # They answer no question of the bot.
    for asked in (
        "/status",
        "/area",
        "/language",
    ):
        await noor.says(asked)
        await noor.says(WORDS)
        noor.hears("People can help now")
        await noor.says(f"{asked} {WORDS}")
        noor.hears("People can help now")


class TestFewOpenItems:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        limits = settings.limits.model_copy(update={"open_items": 2})
        return settings.model_copy(update={"limits": limits})

    async def test_help_and_alert_come_all_the_same(self, stage: BareStage, noor: Person, sam: Person) -> None:
        for number in range(3):
            await noor.says(f"/suggest Bench {number}")
        await noor.says(WORDS)
        noor.hears("are told, with your name")
        await stage.deliver()
        sam.hears(WORDS)


async def test_a_wish_is_heeded_whatever_was_asked(stage: BareStage, noor: Person, alex: Person) -> None:
    # What has no name is not tied to one by passing it on.
    await stage.do(noor, text=f"anonymous: {WORDS}", message="m1")
    await _passes_on(stage, alex, "noor", WORDS, "m1")
    assert "#1" not in alex.hears("This message cannot be passed on.")
    # A wish does not hide whom it is about.
    await noor.says("/problem anonymous: a moderator insulted me")
    noor.hears("This seems to be about a moderator or the team", "[Send to the trusted contacts]")
    await noor.presses("Send to the trusted contacts")
    noor.hears("Only the trusted contacts can see it, without your name; not the team.")
    # A question without a name is asked without one.
    await noor.says("/ask anonymous: when is my boss paid?")
    rows = await stage.core.store.read(
        lambda session: session.connection().exec_driver_sql("SELECT asker_id, text FROM question").all()
    )
    assert [tuple(row) for row in rows] == [(None, "when is my boss paid?")]
    # Half a form whose question is gone files nothing.
    await stage.do(noor, command="suggest", args={"text": "My boss steals"}, answers="4711")
    noor.hears("This question is no longer open.")


async def test_a_contact_reads_nothing_that_names_them_but_danger_and_other_words(
    stage: BareStage, noor: Person, sam: Person, settings: Settings, robin: Person
) -> None:
    # A name that is a word names nobody in small letters.
    will = Person(stage, "sam")
    await stage.do(will, text="/language en", actor=replace(Actor(PLATFORM, "sam", "Will"), locale="en"))
    await noor.says("/problem")
    await noor.fills(text="A moderator said I will be banned", audience="trusted")
    await stage.deliver()
    sam.hears("> A moderator said I will be banned")
    # New words for the contacts reach them.
    await noor.says("/problem")
    await noor.fills(text="The team mocks my accent", audience="trusted")
    await noor.says("/edit 2 The team mocks my accent every day")
    await stage.deliver()
    sam.hears("> The team mocks my accent every day #2")
    # A contact is known by name from their first word.
    await robin.says("/help")
    await noor.says("/problem")
    await noor.fills(text="LEMAIRE mocks us", audience="trusted")
    await stage.deliver()
    robin.never_heard("mocks us")
    # Danger is hidden from no contact.
    await sam.says("/language en")
    await noor.says(f"{WORDS}, Sam knows why")
    await stage.deliver()
    sam.hears("Urgent.")


async def test_danger_that_is_told_of_by_others_or_in_an_appeal_reaches_the_contacts_and_no_staff(
    noor: Person, stage: BareStage, alex: Person, sam: Person
) -> None:
    # An urgent item is shown to nobody else.
    await noor.says(WORDS)
    await noor.says("/visibility 1 everyone")
    noor.hears("stays with the trusted contacts")
    # An appeal that tells of danger goes to no staff.
    await noor.says("/suggest Longer hours")
    await alex.says("/remove 2 It is about something else.")
    await noor.says(f"/appeal 2 {WORDS}")
    noor.hears("People can help now")
    await stage.deliver()
    sam.hears(WORDS)
    assert WORDS not in str(stage.staff())
    # Danger passed on reaches the contacts and no queue.
    await noor.says("/language en")
    await _passes_on(stage, alex, "noor", WORDS)
    await alex.presses("As a problem")
    alex.hears("This goes to the trusted contacts.")
    await stage.deliver()
    sam.hears("Urgent.", f"> {WORDS}", "From: noor.")
    noor.hears("People can help now")
    await alex.says("/queue")
    alex.hears("Nothing waits for a decision.")


async def test_what_was_typed_among_others_is_never_called_nameless(
    stage: BareStage, noor: Person, camille: Person
) -> None:
    group = Chat(PLATFORM, "plaza", overlooked=True)
    await stage.do(noor, text="/suggest anonymous: my boss shouts", chat=group)
    await noor.presses("Send to the team only")
    noor.hears("it has been seen with your name beside it")
    await noor.says("/visibility 1 without my name")
    noor.hears("taking the name off now would hide nothing")
    # Nor is what was said to the bot among others.
    await stage.do(noor, text="anonymous: my boss steals bread", chat=group)
    await noor.presses("As a problem")
    noor.hears("Got it: problem #2.", "it has been seen with your name beside it", "Only the team can see it, with")
    # An edit is asked about as new words are.
    await noor.says("/suggest Longer hours")
    for words in ("anonymous: my boss steals", "a moderator insulted me"):
        await noor.says(f"/edit 3 {words}")
        noor.hears("Nothing was changed.")
        await camille.says("/status 3")
        camille.hears("> Longer hours #3")
