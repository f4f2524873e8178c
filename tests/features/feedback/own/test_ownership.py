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


async def test_a_forwarded_suggestion_is_not_filed_unasked(stage: BareStage, camille: Person, dump: Dump) -> None:
    await forward(camille, "/suggest A bench at the gate")
    camille.hears(
        THEIRS,
        "> A bench at the gate",
        "As mine: Everyone can see it, with your name.",
        "Without a name: Only the team can see it, without your name.",
        "[Send as mine] [Pass on without a name] [Cancel]",
    )
    assert not (await dump())["feedback"]


async def test_it_is_sent_as_ones_own_when_one_says_so_once(camille: Person, noor: Person, dump: Dump) -> None:
    await forward(camille, "/problem The gate squeaks")
    await camille.presses("Send as mine")
    camille.hears("Got it: problem #1.", "Only the team can see it, with your name.")
    await camille.presses("Send as mine")
    camille.hears("This draft is gone")
    assert len((await dump())["feedback"]) == 1


async def test_it_is_passed_on_without_a_name(camille: Person, alex: Person, dump: Dump) -> None:
    await forward(camille, "/suggest A bench at the gate")
    await camille.presses("Pass on without a name")
    camille.hears("Without your name. Only the team reads this", "> A bench at the gate")
    assert not (await dump())["feedback"]
    await camille.presses("Send")
    camille.hears("Got it: suggestion #1000.", "Only the team can see it, without your name.")
    await alex.says("/queue")
    alex.hears("> A bench at the gate", "From: without a name")


async def test_it_is_thrown_away(camille: Person, dump: Dump) -> None:
    await forward(camille, "/suggest A bench")
    await camille.presses("Cancel")
    camille.hears("Nothing was sent")
    assert not (await dump())["prompt"]


async def test_plain_words_that_were_forwarded_are_no_question_of_ones_own(camille: Person, dump: Dump) -> None:
    await forward(camille, "where do the cats sleep?")
    camille.hears(THEIRS, "> where do the cats sleep?", "[As a suggestion] [As a problem] [Look it up] [Cancel]")
    assert not (await dump())["question"]
    await camille.presses("As a problem")
    camille.hears("> where do the cats sleep?", "[Send as mine] [Pass on without a name] [Cancel]")
    await camille.presses("Send as mine")
    camille.hears("Got it: problem #1.")


@pytest.mark.usefixtures("taught")
async def test_what_was_forwarded_is_looked_up_and_not_kept(camille: Person, dump: Dump) -> None:
    await forward(camille, "can i give frozen food")
    await camille.presses("Look it up")
    camille.hears("Yes, until noon.")
    assert not (await dump())["question"]


async def test_an_open_question_of_the_bots_is_not_answered_in_others_words(camille: Person, dump: Dump) -> None:
    await camille.says("/problem")
    await forward(camille, "The gate squeaks")
    camille.hears(THEIRS, "As mine: Only the team can see it, with your name.")
    assert not (await dump())["feedback"]


@pytest.mark.parametrize("text", ["/forgetme", "/withdraw 1", "/queue 1 done", "/visibility 1 team"])
async def test_a_forwarded_command_is_not_carried_out(camille: Person, dump: Dump, text: str) -> None:
    camille.role = Role.MODERATOR
    await camille.says("/suggest A bench")
    await forward(camille, text)
    camille.hears("This command was forwarded, so it was not carried out.")
    [item] = (await dump())["feedback"]
    assert (item["status"], item["audience"]) == ("received", "everyone")


async def test_files_that_came_along_are_not_taken(camille: Person, dump: Dump) -> None:
    await forward(camille, "/suggest A bench", attachments=(PHOTO,))
    camille.hears("1 file is not taken along; it can be sent with words of one’s own.")
    await forward(camille, "/suggest", attachments=(PHOTO,))
    camille.hears("Forwarded files are not kept. They can be sent anew, with words of one’s own.")
    assert not (await dump())["attachment"]


async def test_where_others_read_along_the_words_are_to_be_copied(stage: BareStage, camille: Person) -> None:
    await forward(camille, "/suggest A bench", chat=Chat(PLATFORM, "plaza", overlooked=True, own="camille"))
    camille.hears("These are somebody else’s words, so nothing was kept.", "copy them and write them yourself.")


async def test_what_is_forwarded_to_the_others_is_left_alone(camille: Person, dump: Dump) -> None:
    await forward(camille, "can i give frozen food", addressed=False)
    camille.hears_nothing()
    assert not (await dump())["question"]


@pytest.mark.parametrize("text", ["/suggest A bench", "/ask where is it", "/mine", "where do the cats sleep?"])
async def test_who_writes_in_a_groups_name_is_told_how_to_be_heard(
    stage: BareStage, camille: Person, dump: Dump, text: str
) -> None:
    nobody = Actor(PLATFORM, "camille", "Plaza", Role.MODERATOR, account=False)
    await stage.do(camille, text=text, actor=nobody)
    camille.hears("Nothing was kept: nobody can tell who writes in the name of a group or channel.", "in private")
    rows = await dump()
    assert not rows["feedback"] + rows["question"] + rows["prompt"]


async def test_who_writes_in_a_groups_name_still_moderates_and_reads(stage: BareStage, camille: Person) -> None:
    nobody = Actor(PLATFORM, "camille", "Plaza", Role.MODERATOR, account=False)
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
