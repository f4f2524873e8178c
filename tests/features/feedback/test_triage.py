"""Moderators: one item a screen, a decision with one thumb, a reason when it is due."""

from secrets import token_hex
from typing import Any

import pytest

from bot.ports.inbound import Actor, Chat, Inbound, Role
from bot.ports.reply import Reply
from tests.clock import StillClock
from tests.stage import PLATFORM, BareStage, Person
from tests.words import WISHES

PRESSED = (
    ("suggest", "Planned", "planned"),
    ("suggest", "Done", "done"),
    ("problem", "Being handled", "being handled"),
    ("problem", "Resolved", "resolved"),
    ("praise", "Read", "read"),
)
TYPED = {
    "/queue {} planned": "planned",
    "/queue #{} done thanks to Ines": "done",
    "/queue {} not_planned no volunteers": "not planned",
    "/queue {} not planned No volunteers": "not planned",
    "/queue {} review": "under review",
}
STAFF = Chat(PLATFORM, "staff", staff=True, overlooked=True)


async def does(stage: BareStage, person: Person, chat: Chat, **what: Any) -> Reply | None:
    actor, at = Actor(PLATFORM, person.id, person.id, person.role, person.language), stage.core.clock.now()
    return await stage.receive(person, Inbound(token_hex(8), actor, chat, at, **what))


async def test_the_most_supported_comes_first_and_after_a_decision_the_next_item_is_there(
    camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    await alex.says("/queue")
    alex.hears("Nothing waits for a decision.")
    await camille.says("/suggest Sunday opening")
    await camille.says("/suggest A dark theme")
    await noor.says("/support 2")
    await alex.says("/queue")
    alex.hears("> A dark theme #2")
    await alex.presses("Done")
    alex.hears("#2 is now done.", "> Sunday opening #1")
    # Words without a number decide nothing.
    for typed, shown in (
        ("abc", "“abc”"),
        ("-1", "“-1”"),
        ("planned", "planned"),
        ("not planned why", "not planned · “why”"),
    ):
        await alex.says(f"/queue {typed}")
        alex.hears(f"Nothing in the queue for: {shown}.", "[All]")
        await alex.presses("All")
        alex.hears("> Sunday opening #1", "Status: received")
    # A moderator sees how long it waits.
    clock.forward(days=31)
    await alex.says("/digest preview")
    alex.hears("#1 Sunday opening", "31 days")


async def test_a_decision_is_one_press(camille: Person, alex: Person) -> None:
    for number, (filed, pressed, status) in enumerate(PRESSED, 1):
        await camille.says(f"/{filed} {WISHES[number]}")
        await alex.says("/queue")
        await alex.presses(pressed)
        alex.hears(f"#{number} is now {status}. 1 person will be told.", "Nothing waits for a decision.")
    # A problem is explained with its explanation.
    await camille.says("/problem The code never comes")
    await alex.says("/queue")
    await alex.presses("Explained")
    alex.hears("Why? Everyone concerned will read it.")
    await alex.says("It goes to the number in your account.")
    await camille.stage.deliver()
    camille.hears("#6 is now explained.", "It goes to the number in your account.")


async def test_a_decision_can_be_typed(camille: Person, alex: Person) -> None:
    for number, (typed, status) in enumerate(TYPED.items(), 1):
        await camille.says(f"/suggest {WISHES[number]}")
        await alex.says(f"/queue {number} foo")
        alex.hears("“foo” is not one of: under review · planned")
        await alex.says(typed.format(number))
        alex.hears(f"#{number} is now {status}.")
    # The same decision twice tells nobody twice.
    await alex.says("/queue 1 planned")
    alex.hears("#1 is already planned.")
    await camille.stage.deliver()
    assert sum("#1 is now planned" in text for text in camille.stage.heard(camille)) == 1
    # The words of what is closed stay as they are.
    await camille.says("/edit 2 Saturday opening")
    camille.hears("#2 is closed; its words stay as they are.")
    await camille.says("/status 2")
    camille.hears(f"> {WISHES[2]} #2")


async def test_what_was_withdrawn_is_not_decided_on_and_shown_to_nobody(camille: Person, alex: Person) -> None:
    await camille.says("/problem The code never comes")
    await alex.says("/status 1")
    alex.hears("> The code never comes #1")
    await camille.says("/withdraw 1")
    camille.hears("Nobody else is shown it any more.")
    for typed in ("/status 1", "/queue 1", "/queue", "/top", "/digest preview", "/queue 1 planned"):
        await alex.says(typed)
        assert "The code never comes" not in alex.stage.heard(alex)[-1], typed
    assert "is now" not in alex.stage.heard(alex)[-1]
    await camille.says("/mine")
    camille.hears("#1 The code never comes · withdrawn")


async def test_a_decision_keeps_the_moderator_s_place_in_the_queue(camille: Person, alex: Person) -> None:
    for number in range(1, 6):
        await camille.says(f"/suggest {WISHES[number]}")
    await alex.says("/queue")
    await alex.presses("Next")
    await alex.presses("Next")
    await alex.presses("Planned")
    alex.hears("#3 is now planned.", f"> {WISHES[4]} #4")
    await alex.presses("Not planned")
    await alex.presses("Not ours to decide.")
    alex.hears("#4 is now not planned.", f"> {WISHES[5]} #5")
    await alex.presses("Not planned")
    await alex.says("No volunteers")
    alex.hears("#5 is now not planned.", f"> {WISHES[1]} #1")
    # A reason for what was withdrawn meanwhile is met with the next item.
    for number in (6, 7, 8):
        await camille.says(f"/suggest {WISHES[number]}")
    await alex.says("/queue 7")
    await alex.presses("Not planned")
    await camille.says("/withdraw 7")
    await alex.says("No volunteers")
    heard = alex.hears("Meanwhile #7 was withdrawn by its author.", f"> {WISHES[8]} #8")
    assert WISHES[7] not in heard


async def test_an_area_keeps_the_moderator_s_place_in_the_queue(camille: Person, alex: Person) -> None:
    for number in (1, 2, 3):
        await camille.says(f"/suggest {WISHES[number]}")
    await alex.says("/queue")
    await alex.presses("Next")
    await alex.presses("Area")
    await alex.says("Support")
    await alex.presses("Decide")
    await alex.presses("Next")
    alex.hears(f"> {WISHES[3]} #3")


async def test_what_is_pressed_in_the_staff_s_place_is_answered_there(
    stage: BareStage, alex: Person, camille: Person
) -> None:
    await alex.says("/suggest Sunday opening")
    await alex.says("/withdraw 1")
    for typed in ("/queue 1", "/queue 1 planned", "/queue 1 not planned"):
        await does(stage, alex, STAFF, text=typed)
        alex.hears("There is no #1 that you can see here.")
    await camille.says("/suggest Monday opening")
    await does(stage, alex, STAFF, text="/queue")
    await does(stage, camille, STAFF, button=stage.token(alex, "Area"))
    camille.hears("This is for moderators.")
    asked = await does(stage, alex, STAFF, button=stage.token(alex, "Area"))
    assert asked is not None
    assert not asked.private
    placed = await does(stage, alex, STAFF, text="Support")
    alex.hears("#2 is now about: Support.", "[Decide]")
    assert placed is not None
    assert not placed.private


async def test_the_queue_counts_what_waits_as_the_digest_does(
    camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    noor.role, noor.language = Role.MODERATOR, "fr"
    for filed, wish in zip(("suggest", "problem", "praise", "praise"), WISHES, strict=False):
        await camille.says(f"/{filed} {wish}")
    clock.forward(hours=1)
    await alex.says("/digest")
    alex.hears("2 things wait for a decision")
    await alex.says("/queue")
    alex.hears("Waiting: 2 · 2 messages of praise to read")
    await noor.says("/atraiter")
    noor.hears("En attente", "2 · 2 bravos à lire")
    for number in (1, 2):
        await alex.says(f"/queue {number} done")
    alex.hears("Waiting: 2 messages of praise to read")


async def test_more_waits_than_anybody_counts(
    camille: Person, noor: Person, alex: Person, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("storage.items.desk.backlog", "bot.features.digest.words.headline"):
        monkeypatch.setattr(f"{place}.COUNTED", 2)
    noor.role, noor.language = Role.MODERATOR, "fr"
    for filed, wish in zip(("suggest", "problem", "suggest", "praise", "praise", "praise"), WISHES, strict=False):
        await camille.says(f"/{filed} {wish}")
    clock.forward(days=40)
    await alex.says("/queue")
    alex.hears("Waiting: more than 2 · more than 2 messages of praise to read")
    await noor.says("/atraiter")
    noor.hears("plus de 2 · plus de 2 bravos à lire")
    await alex.says("/digest")
    alex.hears("More than 2 things wait for a decision, the oldest since 4 March.")
    alex.hears("More than 2 of them have waited for more than 30 days.")
    await alex.says("/queue 1 done")
    alex.hears("Waiting: 2 · more than 2 messages of praise to read")
