"""Whose words they are: what was forwarded is asked about, and nobody is taken for who wrote in a group's name."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.ports.inbound import Actor, Chat, File, Role
from tests.stage import PLATFORM, BareStage, Person

Rows = dict[str, list[dict[str, Any]]]
Dump = Callable[[], Awaitable[Rows]]
THEIRS = "These are somebody else’s words: nothing was sent yet."
PHOTO = File("cat.png", "image/png", b"cat")


async def forward(person: Person, text: str, **more: object) -> None:
    assert isinstance(person.stage, BareStage)
    await person.stage.do(person, text=text, forwarded=True, **more)


@pytest.mark.usefixtures("taught")
async def test_plain_words_that_were_forwarded_are_no_question_of_ones_own(camille: Person, dump: Dump) -> None:
    await forward(camille, "where do the cats sleep?")
    camille.hears(THEIRS, "> where do the cats sleep?", "[As a suggestion] [As a problem] [Look it up] [Cancel]")
    assert not (await dump())["question"]
    await camille.presses("As a problem")
    camille.hears("> where do the cats sleep?", "[Send as mine] [Pass on without a name] [Cancel]")
    await camille.presses("Send as mine")
    camille.hears("Got it: problem #1.")
    # An open question of the bots is not answered in others words.
    await camille.says("/problem")
    await forward(camille, "The gate squeaks")
    camille.hears(THEIRS, "As mine: Only the team can see it, with your name.")
    assert len((await dump())["feedback"]) == 1
    # What was forwarded is looked up and not kept.
    await forward(camille, "can i give frozen food")
    await camille.presses("Look it up")
    camille.hears("Yes, until noon.")
    assert not (await dump())["question"]


async def test_a_forwarded_command_is_not_carried_out(camille: Person, dump: Dump) -> None:
    camille.role = Role.MODERATOR
    await camille.says("/suggest A bench")
    for text in ("/forgetme", "/withdraw 1", "/queue 1 done", "/visibility 1 team"):
        await forward(camille, text)
        camille.hears("This command was forwarded, so it was not carried out.")
        [item] = (await dump())["feedback"]
        assert (item["status"], item["audience"]) == ("received", "everyone"), text


async def test_it_is_passed_on_without_a_name_and_files_that_came_along_are_not_taken(
    camille: Person, dump: Dump, alex: Person
) -> None:
    await forward(camille, "/suggest A photo of cats", attachments=(PHOTO,))
    camille.hears("1 file is not taken along; it can be sent with words of one’s own.")
    await forward(camille, "/suggest", attachments=(PHOTO,))
    camille.hears("Forwarded files are not kept. They can be sent anew, with words of one’s own.")
    assert not (await dump())["attachment"]
    await forward(camille, "/suggest A bench at the gate")
    await camille.presses("Pass on without a name")
    camille.hears("Without your name. Only the team reads this", "> A bench at the gate")
    assert not (await dump())["feedback"]
    await camille.presses("Send")
    camille.hears("Got it: suggestion #1000.", "Only the team can see it, without your name.")
    await alex.says("/queue")
    alex.hears("> A bench at the gate", "From: without a name")


async def test_a_forwarded_suggestion_is_not_filed_unasked(
    stage: BareStage, camille: Person, dump: Dump, noor: Person
) -> None:
    # Where others read along the words are to be copied.
    await forward(camille, "/suggest A bench", chat=Chat(PLATFORM, "plaza", overlooked=True, own="camille"))
    camille.hears("These are somebody else’s words, so nothing was kept.", "copy them and write them yourself.")
    # What is forwarded to the others is left alone.
    await forward(camille, "can i give frozen food", addressed=False)
    camille.hears_nothing()
    assert not (await dump())["question"]
    # A forwarded suggestion is not filed unasked.
    await forward(camille, "/suggest A bench at the gate")
    camille.hears(
        THEIRS,
        "> A bench at the gate",
        "As mine: Everyone can see it, with your name.",
        "Without a name: Only the team can see it, without your name.",
        "[Send as mine] [Pass on without a name] [Cancel]",
    )
    assert not (await dump())["feedback"]
    await camille.presses("Cancel")
    camille.hears("Nothing was sent")
    assert not (await dump())["prompt"]
    # It is sent as ones own when one says so once.
    await forward(camille, "/problem The gate squeaks")
    await camille.presses("Send as mine")
    camille.hears("Got it: problem #1.", "Only the team can see it, with your name.")
    await camille.presses("Send as mine")
    camille.hears("This draft is gone")
    assert len((await dump())["feedback"]) == 1


async def test_who_writes_in_a_groups_name_is_told_how_to_be_heard_and_still_moderates_and_reads(
    stage: BareStage, camille: Person, dump: Dump
) -> None:
    nobody = Actor(PLATFORM, "camille", "Plaza", Role.MODERATOR, account=False)
    for text in ("/suggest A bench", "/ask where is it", "/mine", "where do the cats sleep?"):
        await stage.do(camille, text=text, actor=nobody)
        camille.hears("Nothing was kept: nobody can tell who writes in the name of a group or channel.", "in private")
        rows = await dump()
        assert not rows["feedback"] + rows["question"] + rows["prompt"], text
    await stage.do(camille, text="/queue", actor=nobody)
    camille.hears("Nothing waits for a decision.")
    await stage.do(camille, text="/top", actor=nobody)
    camille.hears("Nothing open for everyone to see yet.")


async def test_words_of_danger_that_were_forwarded_are_no_ordinary_feedback(camille: Person, dump: Dump) -> None:
    await forward(camille, "/suggest I want to kill myself")
    camille.hears("If this is about somebody in danger", "nobody was told of it", THEIRS)
    assert not (await dump())["feedback"]
    await camille.presses("Send as mine")
    camille.hears("People can help now")
    assert [row["audience"] for row in (await dump())["feedback"]] == ["trusted"]
