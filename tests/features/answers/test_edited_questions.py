"""A question that is edited: its new words are answered once, when they get another answer."""

import pytest
from sqlmodel import select

from bot.ports.inbound import Actor, Chat, Inbound
from storage.models import Digest, Question
from tests.clock import StillClock
from tests.stage import PLATFORM, BareStage, Person

pytestmark = pytest.mark.usefixtures("taught")
AMONG_OTHERS = Chat(PLATFORM, "plaza", overlooked=True)
MOON = "Where is the moon base?"


class Editor:
    """Somebody who changes what they wrote."""

    def __init__(self, stage: BareStage, person: Person) -> None:
        self.stage = stage
        self.person = person

    async def writes(self, text: str, *, addressed: bool = True, **more: object) -> None:
        await self.stage.do(self.person, text=text, message="message-1", addressed=addressed, **more)

    async def edits(self, text: str, *, message: str = "message-1", addressed: bool = True) -> None:
        await self.stage.do(self.person, text=text, message=message, edited=True, addressed=addressed)

    async def kept(self) -> list[str]:
        return list(await self.stage.core.store.read(lambda session: session.exec(select(Question.text)).all()))


@pytest.fixture
def editor(stage: BareStage, camille: Person) -> Editor:
    return Editor(stage, camille)


async def test_new_words_with_another_answer_are_answered_once_in_french_too(
    editor: Editor, stage: BareStage, camille: Person, alex: Person
) -> None:
    await editor.writes(f"/ask {MOON}")
    camille.hears("passed it on")
    await editor.edits("/question Can I give frozen food?")
    camille.hears("Yes, until noon.")
    assert await editor.kept() == ["Can I give frozen food?"]
    assert await stage.again(camille) is None
    assert sum("Yes, until noon." in text for text in stage.heard(camille)) == 1
    await alex.says("/unanswered")
    alex.hears("No question waits for an answer.")
    ines = Person(stage, "ines", language="fr")
    await Editor(stage, ines).writes("Où est la base lunaire ?")
    ines.hears("Question transmise")
    await Editor(stage, ines).edits("Quels sont les horaires d'ouverture ?")
    ines.hears("De 9 h à midi.")


async def test_what_asks_nothing_new_or_is_not_the_question_changes_nothing(
    editor: Editor, stage: BareStage, camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    await noor.says("/suggest Sunday opening")
    await editor.writes(MOON)
    for text in (MOON.upper(), "", "/suggest A moon base", "where is the moon base"):
        await editor.edits(text)
        camille.hears_nothing()
        assert await editor.kept() == [MOON], text
    await editor.edits("Can I give frozen food?", message="message-2")
    camille.hears_nothing()
    for text in ("Can I give frozen food?", "never mind"):
        await Editor(stage, noor).edits(text)
        noor.hears_nothing()
    assert await editor.kept() == [MOON]
    await editor.edits("Where is the lunar station?")
    camille.hears_nothing()
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    assert MOON not in alex.hears("Where is the lunar station? · 1 person")


async def test_answers_offered_or_given_before_give_way_to_the_one_meant_or_to_none(
    editor: Editor, camille: Person, alex: Person, clock: StillClock
) -> None:
    await editor.writes("How do I change my address?")
    camille.hears("I am not sure which of these is meant:")
    await editor.edits("How do I change my email address?")
    camille.hears("Under Account.")
    await editor.edits(MOON)
    camille.hears("passed it on")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    alex.hears(f"{MOON} · 1 person")
    # A press of the old buttons is no fault.
    await camille.presses("How do I change my email address?")
    camille.hears("Under Account.")


async def test_digests_forget_words_that_are_edited_erased_or_taken_back(
    editor: Editor, stage: BareStage, camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    other = Editor(stage, noor)
    await editor.writes(MOON)
    await other.writes("Who feeds the zebra?")
    clock.forward(minutes=1)
    await alex.says("/digest now")
    await stage.deliver()
    assert MOON in stage.staff()[-1]
    assert "zebra" in stage.staff()[-1]
    await other.edits("never mind")
    await editor.edits("Where is the lunar station?")
    await camille.says("/forgetme")
    await camille.presses("Erase everything about me")
    digests = str(await stage.core.store.read(lambda session: session.exec(select(Digest)).all()))
    assert MOON not in digests
    assert "zebra" not in digests
    # An erased question stays erased.
    await editor.edits("Can I give frozen food?")
    camille.hears_nothing()
    assert await editor.kept() == ["", ""]


async def test_the_same_answer_is_not_given_twice_and_talk_among_people_is_not_kept_by_an_edit(
    editor: Editor, camille: Person, noor: Person
) -> None:
    await editor.writes("Can I give frozen food?")
    await camille.presses("This helped")
    await editor.edits("Do you take frozen food?")
    camille.hears_nothing()
    read = editor.stage.core.store.read
    asked = await read(lambda session: session.exec(select(Question)).one())
    assert (asked.text, asked.useful) == ("Do you take frozen food?", True)
    other = Editor(editor.stage, noor)
    await other.writes("Can I give frozen food?", addressed=False)
    noor.hears("Yes, until noon.")
    await other.edits(MOON, addressed=False)
    noor.hears_nothing()
    assert await other.kept() == ["Do you take frozen food?", "Can I give frozen food?"]


async def team_answers(alex: Person, clock: StillClock, asked: str = MOON) -> None:
    """The team answers what waits."""
    clock.forward(minutes=1)
    await alex.says("/answer Behind the harbour.")
    await alex.presses(f"Answer: {asked}")


async def test_new_words_wait_again_when_the_team_answered_the_old_ones_unless_there_is_an_answer(
    editor: Editor, camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    await editor.writes(MOON)
    await team_answers(alex, clock)
    await editor.edits("Who repairs zebra saddles?")
    camille.hears("passed it on")
    await alex.says("/unanswered")
    alex.hears("Who repairs zebra saddles? · 1 person")
    await team_answers(alex, clock, "Who repairs zebra saddles?")
    await editor.stage.deliver()
    camille.hears("> Who repairs zebra saddles?", "Behind the harbour.")
    other = Editor(editor.stage, noor)
    await other.writes(MOON)
    await team_answers(alex, clock)
    await other.edits("Can I give frozen food?")
    noor.hears("Yes, until noon.")


async def test_what_the_team_has_learnt_meanwhile_is_told_of_the_new_words(
    editor: Editor, camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    await editor.writes(MOON)
    await noor.says(MOON)
    await team_answers(alex, clock)
    await editor.edits("Where is the lunar station?")
    await alex.presses("Keep the answer")
    await alex.fills(text="Where is the lunar base station?")
    await editor.edits("Where is the lunar base station")
    camille.hears("Behind the harbour.")


async def test_an_answer_picked_stays_picked_when_the_new_words_offer_it_again(
    editor: Editor, camille: Person, alex: Person, clock: StillClock
) -> None:
    await editor.writes("How do I change my address?")
    await camille.presses("How do I change my email address?")
    await camille.presses("This helped")
    await editor.edits("How do I change an address?")
    camille.hears_nothing()
    asked = await editor.stage.core.store.read(lambda session: session.exec(select(Question)).one())
    assert (asked.text, asked.useful) == ("How do I change an address?", True)


async def test_an_edit_that_asks_nothing_takes_the_question_back(
    editor: Editor, camille: Person, alex: Person, clock: StillClock
) -> None:
    read = editor.stage.core.store.read
    for text in ("never mind", "merci", "🎉", "👍", "Laissez tomber.", "/ask thanks"):
        await editor.writes(MOON)
        await editor.edits(text)
        camille.hears("Your question is withdrawn.")
        asked = await read(lambda session: session.exec(select(Question)).all())
        assert {(one.text, one.plain, one.asker_id) for one in asked} == {("", "", None)}, text
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    alex.hears("No question waits for an answer.")


async def test_in_the_open_a_question_is_taken_back_without_a_word(
    stage: BareStage, camille: Person, clock: StillClock
) -> None:
    for own, (text, edited) in enumerate(((MOON, False), ("never mind", True))):
        chat = Chat(PLATFORM, "plaza", overlooked=True)
        actor = Actor(PLATFORM, camille.id, camille.id)
        reply = await stage.app.handle(
            Inbound(f"open-{own}", actor, chat, clock.now(), text=text, message="open", edited=edited)
        )
    assert reply is None
    assert await stage.core.store.read(lambda session: session.exec(select(Question.text)).all()) == [""]


async def test_a_wish_added_to_a_question_takes_the_name_off_and_to_feedback_asks_who_sees_it_first(
    editor: Editor, camille: Person
) -> None:
    await editor.writes("who pays for the trip?")
    await editor.edits("without my name: who pays for the trip?")
    camille.hears("I've passed it on without your name; the answer will come here.")
    rows = await editor.stage.core.store.read(lambda session: session.exec(select(Question)).all())
    assert [(one.text, one.asker_id) for one in rows if one.text] == [("who pays for the trip?", None)]
    await editor.stage.do(camille, text="/suggest A bench", message="bench")
    await editor.edits("/suggest A bench. Please keep this anonymous.", message="bench")
    camille.hears("Nothing was changed. First choose who sees #1", "[Team only] [Without my name]")
    await editor.edits("/suggest Two benches", message="bench")
    camille.hears("Should #1 read like this now?", "Two benches")


async def test_a_wish_added_too_late_keeps_it_to_the_team(editor: Editor, camille: Person) -> None:
    await editor.writes("/suggest A bench", chat=AMONG_OTHERS)
    await editor.edits("/suggest A bench, without my name")
    camille.hears("First choose who sees #1", "seen with your name beside it.", "[Team only]\n")
    await camille.presses("Team only")
    await editor.edits("/suggest A bench, without my name")
    camille.hears("Should #1 read like this now?")
