"""What is held waits for a moderator before other members see it, and its author is told that it waits."""

import pytest

from bot.ports.inbound import Actor, Chat, Inbound
from bot.settings.community.holding import Held, HoldSettings
from tests.clock import StillClock
from tests.stage import BareStage, Person
from tests.storage.rows import NOON
from tests.words import WISHES

EVERYONE = HoldSettings(suggestions=Held.EVERYONE, problems=Held.EVERYONE)
NEW = HoldSettings(suggestions=Held.NEW, new_days=7, new_items=1)
WAITS = "It waits for a moderator before others see it, with your name; until then the team does."

every = pytest.mark.parametrize("hold", [EVERYONE])
new = pytest.mark.parametrize("hold", [NEW])


async def test_by_default_nothing_waits(camille: Person, noor: Person) -> None:
    await camille.says("/suggest Sunday opening")
    camille.hears("Everyone can see it, with your name.")
    await noor.says("/top")
    noor.hears("Sunday opening")


@every
async def test_it_waits_until_a_moderator_publishes_it_from_the_queue(
    camille: Person, noor: Person, alex: Person
) -> None:
    await camille.says("/suggest Sunday opening")
    camille.hears("Got it: suggestion #1.", WAITS)
    await camille.says("/mine")
    camille.hears("#1 Sunday opening · received, not shown to others yet")
    await camille.says("/status 1")
    camille.hears("> Sunday opening", WAITS)
    # Nobody else sees it.
    await noor.says("/top")
    await noor.says("/status 1")
    noor.hears("There is no #1 that you can see here.")
    await noor.says("/support 1")
    noor.never_heard("Sunday")
    for person in (camille, noor):
        await person.says("/publish 1")
        person.hears("This is for moderators.")
    await alex.says("/queue")
    alex.hears("> Sunday opening", "It waits for a moderator before others see it.", "[Publish] [Take from view]")
    await alex.presses("Publish")
    text = alex.hears("Everyone can see #1 now. Its author is told.", "Suggestion #1", "[Planned]")
    assert "waits for a moderator" not in text
    await noor.says("/top")
    noor.hears("#1 Sunday opening")
    await camille.stage.deliver()
    camille.hears("#1 is published: everyone can see it now.")
    await alex.says("/publish 1")
    alex.hears("#1 is in view already.")


@every
async def test_what_is_not_held_does_not_wait_and_what_is_it_is_said_of_before_anything_is_sent(
    camille: Person, alex: Person
) -> None:
    await camille.says("/praise The lamp works")
    camille.hears("Everyone can see it, with your name.")
    await camille.says("/problem The lamp is broken")
    camille.hears("Only the team can see it, with your name.")
    await alex.says("/queue 2")
    assert "waits for a moderator" not in alex.hears("Problem #2")
    # A moderator's own words do not wait.
    await alex.says("/suggest Sunday opening")
    alex.hears("Everyone can see it, with your name.")
    await camille.says("/suggest Write to bob@example.org about Sundays")
    camille.hears("There is a number or an address in it", WAITS, "[Send it so]")
    await camille.says("I have an idea: lamps at the door")
    camille.hears(f"Suggestion: {WAITS}", "Problem: Only the team can see it, with your name.")


@every
async def test_a_nameless_author_is_told_in_their_language(noor: Person, alex: Person) -> None:
    noor.language = "fr"
    await noor.says("/suggerer")
    await noor.fills(text="Il faudrait payer les gens plus tôt", audience="everyone", name="nameless")
    noor.hears("Sans votre nom.", "Il attend la modération avant d’être visible par les autres, sans votre nom")
    await noor.presses("Envoyer")
    noor.hears("Il attend la modération avant d’être visible par les autres, sans votre nom")
    await alex.says("/publish 1000")
    await noor.stage.deliver()
    noor.hears("#1000 est publié\u00a0: tout le monde peut le voir.")


@every
async def test_words_changed_meanwhile_are_not_published_unread_and_a_decision_does_not_publish(
    camille: Person, noor: Person, alex: Person
) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/queue")
    await camille.says("/edit 1 Bob is a thief")
    await alex.presses("Publish")
    alex.hears("Meanwhile #1 was changed. Nothing has been published.", "> Bob is a thief")
    await noor.says("/top")
    await alex.says("/queue 1 planned")
    alex.hears("#1 is now planned.", "It still waits before others see it.")
    await noor.says("/status 1")
    noor.never_heard("Bob", "Sunday")
    await alex.says("/queue")
    alex.hears("Suggestion #1", "Status: planned")
    await alex.presses("Publish")
    alex.hears("Everyone can see #1 now.")
    await alex.says("/queue")
    alex.hears("Nothing waits for a decision.")


@every
async def test_what_becomes_everyones_later_waits_then(camille: Person, noor: Person, alex: Person) -> None:
    await camille.says("/problem The lamp is broken")
    await camille.presses("Show to everyone")
    assert "Everyone can see it" not in camille.hears("#1 would be shown like this:", WAITS)
    await camille.presses("Show to everyone")
    camille.hears("#1 is changed.", WAITS)
    await noor.says("/status 1")
    noor.hears("There is no #1")
    await camille.says("/visibility 1 team")
    camille.hears("Only the team can see it, with your name.")
    await alex.says("/queue 1")
    assert "before others" not in alex.hears("Problem #1")


@every
async def test_what_a_held_author_changes_waits_again(camille: Person, noor: Person, alex: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/publish 1")
    await noor.says("/support 1")
    await camille.says("/edit 1 Bob is a thief")
    camille.hears("#1 now reads:", WAITS)
    await noor.says("/status 1")
    await alex.says("/queue 1 planned")
    await noor.stage.deliver()
    noor.never_heard("Bob")


@new
async def test_a_new_member_waits_until_days_have_passed_and_something_of_theirs_is_in_view(
    camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    await camille.says("/suggest Write to bob@example.org about Sundays")
    camille.hears(WAITS, "[Send it so]")
    await camille.says("/suggest Sunday opening")
    camille.hears(WAITS)
    clock.forward(days=8)
    await camille.says("/suggest A dark theme")
    camille.hears(WAITS)
    await alex.says("/publish 1")
    await camille.says("/suggest A lamp at the door")
    camille.hears("Everyone can see it, with your name.")
    await camille.says("/edit 2 A darker theme")
    await noor.says("/status 2")
    noor.hears("There is no #2")


@new
async def test_what_is_taken_from_view_makes_nobody_trusted(camille: Person, alex: Person, clock: StillClock) -> None:
    await camille.says("/suggest Buy my lamps")
    await alex.says("/publish 1")
    await alex.says("/remove 1 It is advertising.")
    clock.forward(days=8)
    await camille.says("/suggest Buy my chairs")
    camille.hears(WAITS)


@new
async def test_a_nameless_item_waits_whoever_wrote_it(
    stage: BareStage, camille: Person, alex: Person, clock: StillClock
) -> None:
    for number, person in enumerate((camille, alex), 1):
        await person.says("/problem Nothing works")
        clock.forward(days=30)
        await person.says("/suggest")
        await person.fills(text=f"Idea {number} of mine", audience="everyone", name="nameless")
        await person.presses("Send")
        person.hears("It waits for a moderator before others see it, without your name")


PLACES = HoldSettings(suggestions=Held.EVERYONE, places={"bare:quiet": Held.NOBODY, "bare:loud": Held.EVERYONE})
THERE = (
    ("suggest", Chat("bare", "quiet"), False),
    ("suggest", Chat("bare", "topic", within="quiet"), False),
    ("suggest", Chat("bare", "elsewhere"), True),
    ("praise", Chat("bare", "elsewhere"), False),
    ("praise", Chat("bare", "topic", within="loud"), True),
)


@pytest.mark.parametrize("hold", [PLACES])
async def test_a_place_has_a_rule_of_its_own(stage: BareStage, camille: Person) -> None:
    for number, (command, chat, waits) in enumerate(THERE):
        actor, text = Actor("bare", "camille", "camille"), f"/{command} {WISHES[number]}"
        await stage.receive(camille, Inbound(f"event-there-{number}", actor, chat, NOON, text=text))
        assert ("waits for a moderator" in camille.hears("Got it")) is waits, (command, chat)


@pytest.mark.parametrize("hold", [HoldSettings(praise=Held.EVERYONE)])
async def test_praise_that_waits_is_not_offered_for_quoting(camille: Person, alex: Person, clock: StillClock) -> None:
    await camille.says("/praise Bob calls back within ten minutes")
    await camille.presses("May be quoted")
    clock.forward(minutes=1)
    for typed in ("/digest", "/impact march"):
        await alex.says(typed)
        assert "may be quoted" not in alex.hears().lower()
    await alex.says("/publish 1")
    await alex.says("/digest")
    alex.hears("Praise, may be quoted", "> Bob calls back within ten minutes")
