"""What no button, form or keyboard sends, but a crafted request may."""

import pytest
from sqlmodel import select

from bot.core import Core
from bot.settings.config import CommunitySettings, Settings
from storage.models import Feedback, Question
from tests.stage import BareStage, Person


async def _questions(core: Core) -> list[Question]:
    return await core.store.read(lambda session: list(session.exec(select(Question))))


async def test_someone_elses_private_button_is_refused(stage: BareStage, camille: Person, noor: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await stage.do(noor, button=stage.token(camille, "Withdraw"))
    noor.hears("This button is for someone else.")
    await camille.says("/mine")
    camille.hears("#1 Sunday opening · received")


async def test_a_button_nobody_made_is_refused(stage: BareStage, noor: Person) -> None:
    await stage.do(noor, button="x" * 200)
    noor.hears("This button is no longer in use.")


async def test_a_public_button_is_for_whoever_reads(stage: BareStage, camille: Person, noor: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await camille.says("/top")
    await stage.do(noor, button=stage.token(camille, "#1 Sunday opening"))
    noor.hears("> Sunday opening #1")


async def test_the_staffs_buttons_are_not_for_members(stage: BareStage, camille: Person, alex: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/digest now")
    await stage.deliver()
    await stage.do(camille, button=stage.token(alex, "Decide"))
    camille.hears("This is for moderators.")


async def test_a_draft_is_sent_by_its_writer_alone(stage: BareStage, camille: Person, noor: Person) -> None:
    await camille.says("/problem")
    await camille.fills(text="I am paid late", audience="everyone", name="nameless")
    await noor.says("/language en")
    for draft in ("1", "2", "3"):
        await stage.do(noor, command="send", args={"draft": draft})
        assert "Got it" not in noor.hears("")


@pytest.mark.parametrize("command", ["useful", "pick", "none_of_these"])
async def test_someone_elses_question_is_not_to_be_touched(
    stage: BareStage, camille: Person, noor: Person, command: str
) -> None:
    await camille.says("/ask Where is the moon base?")
    before = [one.model_dump() for one in await _questions(stage.core)]
    await stage.do(noor, command=command, args={"question": "1", "answer": "1", "verdict": "yes"})
    assert [one.model_dump() for one in await _questions(stage.core)] == before


async def test_an_answer_to_someone_elses_prompt_is_ones_own(stage: BareStage, camille: Person, noor: Person) -> None:
    await camille.says("/suggest")
    await stage.do(noor, text="Sunday opening", answers="1")
    assert not await stage.core.store.read(lambda session: session.exec(select(Feedback)).all())


async def test_an_area_the_community_does_not_have_is_not_taken(stage: BareStage, noor: Person, alex: Person) -> None:
    await stage.do(noor, command="suggest", args={"text": "Sunday opening", "area": "Fire the manager " * 9})
    await alex.says("/digest preview")
    alex.never_heard("Fire the manager")


async def test_a_choice_nobody_offered_is_refused(stage: BareStage, noor: Person) -> None:
    await stage.do(noor, command="suggest", args={"text": "Sunday opening", "audience": "invisible"})
    noor.hears("“invisible” is not one of: ")


async def test_an_argument_the_command_does_not_have_is_passed_over(stage: BareStage, noor: Person) -> None:
    await stage.do(noor, command="suggest", args={"text": "Sunday opening", "author_id": "7", "__class__": "x"})
    noor.hears("Got it: suggestion #1.")


async def test_a_form_for_a_command_that_is_none_is_refused(stage: BareStage, noor: Person) -> None:
    await stage.do(noor, command="drop_tables", args={"text": "x"})
    noor.hears("I do not know /drop_tables.")


async def test_what_nobody_can_see_is_not_filed(noor: Person) -> None:
    for typed in ("\x00", "\x00\x00 \x00"):
        await noor.says(f"/suggest {typed}")
        noor.hears("What would you suggest?")
    for typed in ("\u200b", "\u2060\ufeff", "\u00ad"):
        await noor.says(f"/suggest {typed}")
        noor.hears("A few words are needed.")


@pytest.mark.parametrize(("typed", "kept"), [("Sun\x00day", "Sunday"), ("Sun\ud800day", "Sun?day")])
async def test_what_no_database_can_hold_is_left_out(stage: BareStage, noor: Person, typed: str, kept: str) -> None:
    await noor.says(f"/suggest {typed}")
    noor.hears("Got it: suggestion #1.")
    await noor.says("/status 1")
    noor.hears(f"> {kept} #1")


async def test_every_answer_can_be_sent_as_utf_8(noor: Person) -> None:
    for typed in ("/suggest Sun\ud800day", "/help \ud800", "/ask \ud800?", "hi \ud800", "/\ud800", "/status \udfff"):
        await noor.says(typed)
        assert noor.hears("").encode()
        assert "went wrong" not in noor.hears("")


async def test_a_prompt_keeps_no_half_characters(stage: BareStage, noor: Person) -> None:
    reply = await stage.do(noor, command="suggest", args={"area": "Sun\ud800day\x00"})
    assert reply
    assert repr(reply).encode()
    assert "\\ud800" not in repr(reply)


@pytest.mark.parametrize("name", ["n\x00or", "no\ud800r", "n" * 5_000, "", "<b>@everyone</b>"])
async def test_an_odd_display_name_stops_nobody(stage: BareStage, name: str) -> None:
    odd = Person(stage, name)
    await odd.says("/suggest Sunday opening")
    odd.hears("Got it: suggestion #1.")


class TestTwoCommunities:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        other = CommunitySettings(key="harbour", name="Harbour")
        return settings.model_copy(update={"communities": (*settings.communities, other)})

    async def test_in_a_place_of_neither_the_bot_says_so_when_spoken_to(self, noor: Person) -> None:
        await noor.says("/suggest Sunday opening")
        noor.hears("This place does not belong to a community yet; a moderator brings it in with /setup CODE")

    async def test_in_a_place_of_neither_the_bot_keeps_out_of_talk(self, noor: Person) -> None:
        await noor.chats("see you tonight at the harbour")
        noor.hears_nothing()


async def test_other_bots_commands_get_no_answer(noor: Person) -> None:
    await noor.chats("/play something nice")
    noor.hears_nothing()
