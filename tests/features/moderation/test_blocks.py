"""A moderator keeps an item's author from filing for a time, and learns nothing about who it is."""

import re

from sqlmodel import Session, select

from bot.ports.inbound import Actor, File, Said
from storage.items import feedback
from storage.models import Block, Member
from storage.people import communities
from storage.vocabulary import Action
from tests.features.moderation.speaking import PAUSE, namelessly
from tests.stage import BareStage, Person

BLOCKED = "#1000's author is blocked until 11 March."


async def test_it_takes_two_screens_a_term_and_a_reason(stage: BareStage, camille: Person, alex: Person) -> None:
    await namelessly(stage, camille, "You are all idiots")
    await alex.says("/queue")
    assert "[Block its author]" not in alex.hears("[More actions]")
    await alex.presses("More actions")
    alex.hears("Suggestion #1000", "> You are all idiots", "[Block its author]")
    await alex.presses("Block its author")
    alex.hears("For how long can the author of #1000 file nothing here?", "[A day] [A week] [A month]")
    await alex.presses("A week")
    alex.hears("Why? The author of #1000 will read it, nobody else.", "[Insults or threats.]")
    await alex.presses("Insults or threats.")
    alex.hears(BLOCKED, "Only the author is told, on filing something else. Nobody learns who it is.")
    await alex.says("/status 1000")
    await alex.presses("More actions")
    assert "[Block its author]" not in alex.hears(BLOCKED, "[Lift the block of #1000]")


async def test_the_blocked_person_reads_kindly_until_when_and_why(
    stage: BareStage, camille: Person, alex: Person
) -> None:
    await namelessly(stage, camille, "You are all idiots")
    await alex.says("/block 1000 week Please mind the tone.")
    alex.hears(BLOCKED)
    await stage.deliver()
    camille.never_heard("pause")
    for command in ("suggest", "problem", "praise"):
        await camille.says(f"/{command} Again")
        heard = camille.hears(PAUSE, "Their reason:", "> Please mind the tone.", "[Ask to look again]")
        assert "Got it" not in heard
    await namelessly(stage, camille, "Again, without a name")
    camille.hears(PAUSE)
    await camille.says("/mine")
    assert "Again" not in camille.hears("#1000 You are all idiots")


async def test_in_french_it_is_as_kind(stage: BareStage, alex: Person) -> None:
    ines = Person(stage, "ines", language="fr")
    alex.language = "fr"
    await ines.says("/suggerer Bande de nuls")
    await alex.says("/bloquer 1 semaine")
    alex.hears("Pourquoi\u202f?", "[Insultes ou menaces.]")
    await alex.presses("Insultes ou menaces.")
    alex.hears("L’auteur de #1 est bloqué jusqu’au 11 mars.")
    await ines.says("/suggerer Encore")
    ines.hears("La modération de Plaza demande une pause", "11 mars", "> Insultes ou menaces.")


async def test_named_and_nameless_cannot_be_told_apart(stage: BareStage, camille: Person, alex: Person) -> None:
    """Every screen of a moderator's is the same for both, but for the number and the item's own words and name."""
    told: list[list[str]] = []
    for number in (1, 1000):
        if number == 1:
            await camille.says("/suggest Rubbish")
        else:
            await namelessly(stage, camille, "Rubbish")
        before = len(stage.heard(alex))
        for said in (
            f"/block {number}",
            f"/block {number} week No.",
            "/queue",
            f"/block {number} day No.",
            f"/unblock {number}",
            f"/unblock {number}",
        ):
            await alex.says(said)
        heard = [re.sub(r"#\d+", "#", text) for text in stage.heard(alex)[before:]]
        told.append([text for text in heard if "Waiting" not in text])
        await camille.says(f"/withdraw {number}")
    assert told[0] == told[1]


async def test_another_item_of_the_same_author_looks_as_any_other(
    stage: BareStage, camille: Person, noor: Person, alex: Person
) -> None:
    """Camille wrote 1000 and 1, Noor 1001: after blocking the author of 1000, items 1001 and 1 are treated alike."""
    await namelessly(stage, camille, "Rubbish")
    await namelessly(stage, noor, "A dark theme")
    await camille.says("/suggest Sunday opening")
    await alex.says("/block 1000 month No.")
    told = []
    for number in (1001, 1):
        before = len(stage.heard(alex))
        for said in (f"/unblock {number}", f"/status {number}", f"/block {number} day Hm.", f"/unblock {number}"):
            await alex.says(said)
        told.append([re.sub(r"#\d+", "#", text) for text in stage.heard(alex)[before:]])
    theirs = [[text for text in heard if "Title" not in text] for heard in told]
    assert theirs[0][0] == theirs[1][0] == "Nobody is blocked because of #.\n"
    assert theirs[0][2:] == theirs[1][2:]
    # Lifting that of 1 left that of 1000 in force.
    await camille.says("/suggest Again")
    camille.hears("until 3 April", "> No.")


async def test_nobody_else_notices_and_a_draft_of_before_is_not_sent(
    stage: BareStage, camille: Person, noor: Person, alex: Person
) -> None:
    await camille.says("/suggest Rubbish")
    await stage.do(camille, command="suggest", args={"text": "A lamp", "audience": "team", "name": "nameless"})
    await noor.says("/suggest A dark theme")
    await alex.says("/block 1 week No.")
    await camille.says("/support 2")
    camille.hears("Noted: you support #2 (1 supporter).")
    await camille.says("/follow 2")
    await camille.says("/ask When do you open?")
    camille.never_heard("pause")
    await noor.says("/status 1")
    assert "block" not in noor.hears("Rubbish").lower()
    await noor.says("/top")
    assert "block" not in noor.hears("Rubbish").lower()
    await noor.says("/suggest More benches")
    noor.hears("Got it")
    # A draft of before is not sent.
    await camille.presses("Send")
    camille.hears(PAUSE)


async def test_words_stay_as_they_are_and_what_is_shown_grows_no_wider(
    stage: BareStage, camille: Person, noor: Person, alex: Person
) -> None:
    await camille.says("/problem The door is stuck")
    await alex.says("/block 1 week No.")
    await camille.says("/edit 1 You are all idiots")
    camille.hears(PAUSE)
    picture = File("rude.png", "image/png", b"x")
    await stage.do(camille, text="/edit 1", attachments=(picture,))
    camille.hears(PAUSE)
    await camille.says("/visibility 1")
    await camille.presses("Show to everyone")
    await camille.presses("Show to everyone")
    camille.hears(PAUSE)
    await noor.says("/suggest More benches")
    await camille.says("/support 2")
    for said in ("/why 2", "/why 2 You are all idiots"):
        await camille.says(said)
        camille.hears(PAUSE)
    await camille.says("/status 1")
    camille.hears("The door is stuck")
    await camille.says("/withdraw 1")
    camille.hears("#1 is withdrawn.")


async def test_what_others_pass_on_is_passed_on_as_before_only_here_is_the_pause_and_the_log_names_nobody(
    stage: BareStage, camille: Person, alex: Person
) -> None:
    await namelessly(stage, camille, "Rubbish")
    await alex.says("/block 1000 week No.")
    # A refusal would tell the moderator whose nameless item it was.
    said = Said(Actor(stage.name, "camille", "camille"), "The door is stuck", "message-1")
    await stage.do(alex, command="passon", about=said)
    await alex.presses("As a problem")
    alex.hears("The team has it as problem #1.")
    await stage.deliver()
    camille.hears("What you wrote was passed on to the team as #1.")

    def paused(session: Session) -> tuple[set[int], int]:
        return {one.community_id for one in session.exec(select(Block))}, communities.every(session)[0].id

    places, own = await stage.core.store.read(paused)
    assert places == {own}
    await alex.says("/unblock 1000")

    def look(session: Session) -> tuple[list[tuple[Action, str | None, str]], bool]:
        item = feedback.by_number(session, own, 1000)
        assert item
        entries = feedback.history(session, item.id)
        camilles = session.exec(select(Member.id)).first()
        return [(one.action, one.after, one.note) for one in entries], any(one.actor_id == camilles for one in entries)

    entries, named = await stage.core.store.read(look)
    assert entries[1:] == [(Action.BLOCKED, "2026-03-11", "No."), (Action.UNBLOCKED, None, "")]
    assert not named


async def test_what_has_no_author_or_is_not_to_be_seen_blocks_nobody(
    stage: BareStage, camille: Person, alex: Person
) -> None:
    await camille.says("/block 1000 week No.")
    camille.hears("This is for moderators.")
    await alex.says("/block 1000 week No.")
    alex.hears("There is no #1000 that you can see here.")
    await namelessly(stage, alex, "Mine")
    await alex.says("/withdraw 1000")
    await alex.says("/block 1000 week No.")
    alex.hears("There is no #1000 that you can see here.")
    await camille.says("/suggest Rubbish")
    await camille.says("/forgetme")
    await camille.presses("Erase everything about me")
    await alex.says("/block 1")
    alex.hears("Nobody is known to have written #1.")


async def test_a_reason_without_a_term_is_kept_until_there_is_one(camille: Person, alex: Person) -> None:
    await camille.says("/suggest Rubbish")
    await alex.says("/block 1 ...")
    assert "The reason:" not in alex.hears("For how long"), "a dot is none"
    await alex.says("/block 1 Please mind the tone.")
    alex.hears("For how long", "The reason:", "> Please mind the tone.")
    await alex.presses("A day")
    alex.hears("#1's author is blocked until 5 March.")
    await camille.says("/suggest Again")
    camille.hears("> Please mind the tone.")
