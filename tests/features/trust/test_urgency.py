"""Words of danger are answered at once with human help, told to the trusted contacts, and never stand in a queue."""

import pytest

from bot.ports.inbound import File
from bot.settings.config import Settings
from tests.stage import BareStage, Person

WORDS = "I want to kill myself"


async def test_help_comes_at_once_whatever_the_words_were_sent_with(
    stage: BareStage, sam: Person, alex: Person
) -> None:
    for number, command in enumerate(("/suggest ", "/problem ", "/ask ", ""), 1):
        somebody = Person(stage, f"noor-{number}")
        await somebody.says(f"{command}{WORDS}")
        heard = somebody.hears("People can help now, at any hour:", "3114", "112", "are told, with your name")
        assert "aiming to answer" not in heard
        await stage.deliver()
        sam.hears("Urgent. Somebody may be in danger.", f"> {WORDS} #{number}", f"From: noor-{number}.")
        for asked in (f"/queue {number}", f"/status {number}"):
            await alex.says(asked)
    for asked in ("/queue", "/digest now", "/unanswered"):
        await alex.says(asked)
    await stage.deliver()
    alex.never_heard("kill")
    assert "kill" not in str(stage.staff())


async def test_who_gave_no_name_gets_help_without_one(stage: BareStage, noor: Person, sam: Person) -> None:
    await noor.says("/problem")
    await noor.fills(text=WORDS, name="nameless")
    noor.hears("People can help now", "are told, without your name")
    await stage.deliver()
    sam.hears("Urgent.", "From: without a name.")
    await sam.presses("Answer")
    await sam.says("I am here. Shall we talk?")
    await stage.deliver()
    noor.hears("An answer from sam", "> I am here. Shall we talk?")


async def test_ordinary_anger_is_a_problem_like_others_and_talk_gets_no_answer(noor: Person, stage: BareStage) -> None:
    await noor.chats(WORDS)
    noor.hears_nothing()
    await noor.says("/problem this is killing me, the shop is closed again")
    noor.hears("Got it: problem #1.")
    # A file that came along is named as lost.
    await stage.do(noor, text=f"/problem {WORDS}", attachments=(File("a.png", "image/png", b"\x89PNG"),))
    noor.hears("People can help now", "Files were not kept.")
    # In french.
    noor.language = "fr"
    await noor.says("j'ai envie de mourir")
    noor.hears("ceci n’est qu’un bot", "3114", "sont prévenues")


async def test_no_limit_stands_before_help(stage: BareStage, noor: Person) -> None:
    for number in range(40):
        await noor.says(f"/suggest Bench {number}")
    noor.hears("That is a lot at once")
    await noor.says(WORDS)
    noor.hears("3114")


class TestWithoutContacts:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        plaza = settings.communities[0].model_copy(
            update={"trusted_contacts": (), "human_help": "Night line: 01 23 45 67 89"}
        )
        return settings.model_copy(update={"communities": (plaza,)})

    async def test_the_staff_are_told_without_the_name(self, stage: BareStage, noor: Person, alex: Person) -> None:
        await noor.says(WORDS)
        noor.hears("Night line: 01 23 45 67 89", "The team is told, without your name.")
        await stage.deliver()
        assert f"> {WORDS} #1" in stage.staff()[-1]
        assert "Urgent." in stage.staff()[-1]
        assert "noor" not in stage.staff()[-1]
        await alex.presses("Answer")
        await alex.says("We are here")
        await stage.deliver()
        noor.hears("> We are here")
