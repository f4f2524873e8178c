"""What no button, form or keyboard sends, but a crafted request may."""

import pytest
from sqlmodel import select

from bot.core import Core
from bot.settings.config import CommunitySettings, Settings
from storage.models import Feedback, Question
from tests.stage import BareStage, Person
from tests.words import WISHES


async def _questions(core: Core) -> list[Question]:
    return await core.store.read(lambda session: list(session.exec(select(Question))))


async def test_a_button_is_for_whom_it_was_made(stage: BareStage, noor: Person, camille: Person, alex: Person) -> None:
    # One that nobody made is refused.
    await stage.do(noor, button="x" * 200)
    noor.hears("This button is no longer in use.")
    # Someone elses private button is refused.
    await camille.says("/suggest Sunday opening")
    await stage.do(noor, button=stage.token(camille, "Withdraw"))
    noor.hears("This button is for someone else.")
    await camille.says("/mine")
    camille.hears("#1 Sunday opening · received")
    # A public button is for whoever reads.
    await camille.says("/top")
    await stage.do(noor, button=stage.token(camille, "#1 Sunday opening"))
    noor.hears("> Sunday opening #1")
    # The staffs buttons are not for members.
    await alex.says("/digest now")
    await stage.deliver()
    await stage.do(camille, button=stage.token(alex, "Decide"))
    camille.hears("This is for moderators.")


async def test_someone_elses_draft_and_question_are_not_to_be_touched(
    stage: BareStage, camille: Person, noor: Person
) -> None:
    # An answer to someone else's prompt is one's own.
    await camille.says("/suggest")
    await stage.do(noor, text="Sunday opening", answers="1")
    assert not await stage.core.store.read(lambda session: session.exec(select(Feedback)).all())
    # A draft is sent by its writer alone.
    await camille.says("/problem")
    await camille.fills(text="I am paid late", audience="everyone", name="nameless")
    await noor.says("/language en")
    for draft in ("1", "2", "3"):
        await stage.do(noor, command="send", args={"draft": draft})
        assert "Got it" not in noor.hears("")
    # Someone elses question is not to be touched.
    await camille.says("/ask Where is the moon base?")
    before = [one.model_dump() for one in await _questions(stage.core)]
    for command in ("useful", "pick", "none_of_these"):
        await stage.do(noor, command=command, args={"question": "1", "answer": "1", "verdict": "yes"})
        assert [one.model_dump() for one in await _questions(stage.core)] == before, command


async def test_what_no_database_can_hold_is_left_out(noor: Person, stage: BareStage) -> None:
    for typed in ("\x00", "\x00\x00 \x00"):
        await noor.says(f"/suggest {typed}")
        noor.hears("What would you suggest?")
    for typed in ("\u200b", "\u2060\ufeff", "\u00ad"):
        await noor.says(f"/suggest {typed}")
        noor.hears("A few words are needed.")
    # What no database can hold is left out.
    for number, (typed, kept) in enumerate((("Sun\x00day", "Sunday"), ("Mon\ud800day", "Mon?day")), 1):
        await noor.says(f"/suggest {typed}")
        noor.hears(f"Got it: suggestion #{number}.")
        await noor.says(f"/status {number}")
        noor.hears(f"> {kept} #{number}")
    # A prompt keeps no half characters.
    reply = await stage.do(noor, command="suggest", args={"area": "Sun\ud800day\x00"})
    assert reply
    assert repr(reply).encode()
    assert "\\ud800" not in repr(reply)
    # Every answer can be sent as utf 8.
    for typed in ("/suggest Sun\ud800day", "/help \ud800", "/ask \ud800?", "hi \ud800", "/\ud800", "/status \udfff"):
        await noor.says(typed)
        assert noor.hears("").encode()
        assert "went wrong" not in noor.hears("")


async def test_an_odd_display_name_stops_nobody(stage: BareStage) -> None:
    for number, name in enumerate(("n\x00or", "no\ud800r", "n" * 5_000, "", "<b>@everyone</b>"), 1):
        odd = Person(stage, name)
        await odd.says(f"/suggest {WISHES[number]}")
        odd.hears(f"Got it: suggestion #{number}.")


class TestTwoCommunities:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        other = CommunitySettings(key="harbour", name="Harbour")
        return settings.model_copy(update={"communities": (*settings.communities, other)})

    async def test_in_a_place_of_neither_the_bot_says_so_when_spoken_to_and_keeps_out_of_talk(
        self, noor: Person
    ) -> None:
        await noor.chats("see you tonight at the harbour")
        noor.hears_nothing()
        await noor.says("/suggest Sunday opening")
        noor.hears("This place does not belong to a community yet; a moderator brings it in with /setup CODE")


async def test_what_the_command_does_not_have_is_not_taken(noor: Person, stage: BareStage, alex: Person) -> None:
    # Other bots' commands get no answer.
    await noor.chats("/play something nice")
    noor.hears_nothing()
    # A form for a command that is none is refused.
    await stage.do(noor, command="drop_tables", args={"text": "x"})
    noor.hears("I do not know /drop_tables.")
    # A choice nobody offered is refused.
    await stage.do(noor, command="suggest", args={"text": "Sunday opening", "audience": "invisible"})
    noor.hears("“invisible” is not one of: ")
    # An argument the command does not have is passed over.
    await stage.do(noor, command="suggest", args={"text": "Sunday opening", "author_id": "7", "__class__": "x"})
    noor.hears("Got it: suggestion #1.")
    # An area the community does not have is not taken.
    await stage.do(noor, command="suggest", args={"text": "A bench", "area": "Fire the manager " * 9})
    await alex.says("/digest preview")
    alex.never_heard("Fire the manager")
