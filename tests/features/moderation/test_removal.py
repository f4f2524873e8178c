"""A moderator takes feedback from view and puts it back; its author is told why, and asks once to look again."""

import pytest

from bot.features.moderation.view import READY_REASONS
from bot.ports.inbound import Actor, Chat, Inbound
from bot.settings.community.holding import Held, HoldSettings
from tests.stage import BareStage, Person
from tests.storage.rows import NOON

REMOVED = "#1 was taken from view by a moderator: It names a person."


@pytest.fixture
async def removed(camille: Person, alex: Person) -> None:
    """Camille suggested something; Alex took it from view, and Camille was told."""
    await camille.says("/suggest Bob never opens on Sunday")
    await alex.says("/remove 1 It names a person.")
    await camille.stage.deliver()


async def test_a_reason_is_one_press_from_the_queue(camille: Person, noor: Person, alex: Person) -> None:
    await camille.says("/suggest Bob never opens on Sunday")
    await alex.says("/queue")
    await alex.presses("Take from view")
    alex.hears("Why? Its author will read it.")
    await alex.presses("It names a person.")
    alex.hears("#1 is taken from view: It names a person. Its author is told.", "[Put back in view] [Next]")
    await alex.presses("Next")
    alex.hears("Nothing waits for a decision.")
    await noor.says("/status 1")
    noor.hears("There is no #1 that you can see here.")
    await camille.stage.deliver()
    camille.hears(REMOVED, "> Bob never opens", "it stays in /mine", "[Ask to look again]")


async def test_every_ready_reason_can_be_pressed_and_one_s_own_answered(
    stage: BareStage, camille: Person, alex: Person
) -> None:
    for number, reason in enumerate(READY_REASONS, 1):
        await camille.says(f"/suggest {'abcdefg'[number] * 9} opening")
        await alex.says(f"/remove {number}")
        await alex.presses(reason)
        await stage.deliver()
        camille.hears(f"#{number} was taken from view by a moderator: {reason}")
    await Person(stage, "zoe").says("/suggest Longer hours")
    last = len(READY_REASONS) + 1
    await alex.says(f"/remove {last}")
    await alex.says("Not while the court sits.")
    alex.hears(f"#{last} is taken from view: Not while the court sits.")
    # A reason without a stop does not run into the next sentence.
    await Person(stage, "ines").says("/suggest More lamps")
    await alex.says(f"/remove {last + 1} it names a person")
    alex.hears(f"#{last + 1} is taken from view: it names a person. Its author is told.")


async def test_it_reads_in_french(camille: Person, alex: Person) -> None:
    camille.language = alex.language = "fr"
    await camille.says("/suggerer Bob n'ouvre jamais")
    await alex.says("/masquer 1")
    await alex.presses("Une personne y est nommée.")
    alex.hears("#1 est masqué\u00a0: Une personne y est nommée. L’auteur est prévenu.")
    await camille.stage.deliver()
    camille.hears("#1 a été masqué par la modération\u00a0: Une personne y est nommée.", "[Demander un nouvel examen]")
    await camille.presses("Demander un nouvel examen")
    await camille.says("Bob, c'est moi")
    await alex.says("/statut 1")
    alex.hears("Masqué le 4 mars\u00a0: Une personne y est nommée.", "[Rétablir]")


@pytest.mark.usefixtures("removed")
async def test_its_author_and_the_moderators_still_see_it_and_why_and_nobody_else_does_anything_with_it(
    camille: Person, noor: Person, alex: Person
) -> None:
    await camille.says("/mine")
    camille.hears("#1 Bob never opens on Sunday · received, taken from view")
    await camille.says("/status 1")
    camille.hears(
        "> Bob never opens",
        "nobody else sees it but the moderators",
        "Taken from view on 4 March: It names a person.",
        "[Ask to look again]",
    )
    await alex.says("/status 1")
    text = alex.hears("> Bob never opens", "Taken from view on 4 March: It names a person.", "[Put back in view]")
    assert "alex" not in text
    assert "Support]" not in text
    for command in ("support", "follow"):
        await noor.says(f"/{command} 1")
        noor.hears("There is no #1 that you can see here.")
        await alex.says(f"/{command} 1")
        alex.hears("#1 is not in view")
    for typed in ("/remove 1 It insults somebody.", "/restore 1", "/masquer 1", "/retablir 1"):
        await noor.says(typed)
        noor.hears("This is for moderators.")
    await noor.says("/appeal 1 I know Bob")
    noor.hears("There is no #1 that you can see here.")
    await alex.says("/appeal 1 I know Bob")
    alex.hears("Only the author of #1 can change it.")
    for typed in ("/remove 1", "/remove 1 It is advertising."):
        await alex.says(typed)
        alex.hears("Taken from view on 4 March: It names a person.", "[Put back in view]")
    await alex.says("/queue 1")
    alex.hears("#1 is taken from view. /restore 1 puts it back.")
    await camille.stage.deliver()
    camille.never_heard("advertising")


@pytest.mark.usefixtures("removed")
async def test_a_moderator_reads_the_appeal_with_it_and_after_another_removal_its_author_may_ask_again(
    camille: Person, alex: Person
) -> None:
    await camille.says("/appeal 1 Bob is my dog")
    await alex.says("/status 1")
    alex.hears("Its author asked on 4 March to look at it again:", "> Bob is my dog", "[Put back in view]")
    await alex.says("/restore 1")
    await alex.says("/remove 1 It is about something else.")
    await camille.says("/appeal 1 It is not")
    camille.hears("The moderators see this with #1.")


@pytest.mark.usefixtures("removed")
async def test_its_author_shows_it_to_nobody_else(camille: Person, noor: Person) -> None:
    await camille.says("/edit 1 Nobody opens on Sunday")
    camille.hears("#1 now reads:", "It is taken from view: nobody else sees it but the moderators.")
    await camille.says("/visibility 1 team")
    await camille.says("/visibility 1 everyone")
    camille.hears("#1 is taken from view: it is not shown to more people.")
    await noor.says("/status 1")
    noor.hears("There is no #1")


@pytest.mark.usefixtures("removed")
async def test_it_is_put_back_as_easily_and_its_author_is_told(camille: Person, noor: Person, alex: Person) -> None:
    await alex.presses("Put back in view")
    alex.hears("#1 is back in view. Its author is told.", "[Take from view]")
    await noor.says("/top")
    noor.hears("#1 Bob never opens")
    await camille.stage.deliver()
    camille.hears("#1 is back in view.")
    await alex.says("/restore 1")
    alex.hears("#1 is in view already.")


async def test_a_decision_shown_before_it_was_taken_from_view_changes_nothing_and_what_the_team_reads_is_taken_as_well(
    camille: Person, alex: Person
) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/queue")
    await alex.says("/remove 1 It is advertising.")
    await alex.presses("Planned")
    alex.hears("Meanwhile #1 was taken from view.", "Nothing waits for a decision.")
    await camille.says("/status 1")
    camille.hears("Status: received")
    await camille.says("/problem Bob is a thief")
    await alex.says("/status 2")
    await alex.presses("Take from view")
    await alex.presses("It insults somebody.")
    await alex.says("/queue")
    alex.hears("Nothing waits for a decision.")


@pytest.mark.usefixtures("removed")
async def test_its_author_asks_once_and_the_staff_put_it_back(stage: BareStage, camille: Person, alex: Person) -> None:
    await camille.presses("Ask to look again")
    camille.hears("What should the moderators know?")
    await camille.says("Bob is my dog")
    camille.hears("The moderators see this with #1. What they decide comes here.")
    await stage.deliver()
    assert "#1 was taken from view on 4 March: It names a person." in stage.staff()[-1]
    assert "> Bob is my dog" in stage.staff()[-1]
    assert "never opens" not in stage.staff()[-1]
    await camille.presses("Ask to look again")
    camille.hears("The moderators were asked about #1 already.")
    await camille.says("/status 1")
    assert "[Ask to look again]" not in camille.hears("Its author asked on 4 March", "> Bob is my dog")
    await alex.presses("Put back in view")
    alex.hears("#1 is back in view.")
    await stage.deliver()
    camille.hears("#1 is back in view.")
    await camille.says("/appeal 1 Thanks")
    camille.hears("#1 is not taken from view.")


@pytest.mark.usefixtures("removed")
async def test_asking_about_a_block_leaves_the_question_about_the_words_open(camille: Person, alex: Person) -> None:
    await alex.says("/block 1 week Please mind the tone.")
    await camille.says("/suggest Something else")
    await camille.presses("Ask to look again")
    await camille.fills(text="Sorry")
    camille.hears("Passed on to the team, without your name.")
    await alex.says("/status 1")
    assert "Its author asked" not in alex.hears("Taken from view on 4 March")
    await camille.says("/appeal 1 Bob is my dog")
    camille.hears("The moderators see this with #1.")


async def test_a_nameless_author_is_told_asks_where_nobody_reads_along_and_stays_unknown(
    stage: BareStage, noor: Person, alex: Person
) -> None:
    await noor.says("/suggest")
    await noor.fills(text="The people are paid late", audience="everyone", name="nameless")
    await noor.presses("Send")
    await alex.says("/remove 1000 It is about something else.")
    await stage.deliver()
    noor.hears("#1000 was taken from view by a moderator: It is about something else.")
    chat = Chat("bare", "plaza", overlooked=True)
    said = Inbound("event-aloud", Actor("bare", "noor", "noor"), chat, NOON, text="/appeal 1000 It is about us")
    reply = await stage.receive(noor, said)
    assert reply is not None
    assert reply.hush
    noor.hears("#1000 is without a name, and others read along here.")
    await stage.deliver()
    assert stage.staff() == []
    await noor.presses("Ask to look again")
    await noor.says("It is about us")
    await stage.deliver()
    await alex.says("/status 1000")
    alex.hears("> It is about us")
    alex.never_heard("noor")
    assert not [text for text in stage.staff() if "noor" in text]
    await alex.says("/restore 1000")
    await stage.deliver()
    noor.hears("#1000 is back in view.")


@pytest.mark.parametrize("hold", [HoldSettings(suggestions=Held.EVERYONE)])
async def test_what_waits_is_taken_from_view_as_well(camille: Person, noor: Person, alex: Person) -> None:
    await camille.says("/suggest Bob never opens")
    await alex.says("/queue")
    await alex.presses("Take from view")
    await alex.presses("It insults somebody.")
    await alex.says("/queue")
    alex.hears("Nothing waits for a decision.")
    await alex.says("/publish 1")
    alex.hears("Taken from view on 4 March: It insults somebody.")
    await alex.says("/restore 1")
    await noor.says("/top")
    noor.hears("#1 Bob never opens")
