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


async def test_new_words_with_another_answer_are_answered(editor: Editor, camille: Person, alex: Person) -> None:
    await editor.writes(MOON)
    camille.hears("passed it on")
    await editor.edits("Can I give frozen food?")
    camille.hears("Yes, until noon.")
    assert await editor.kept() == ["Can I give frozen food?"]
    await alex.says("/unanswered")
    alex.hears("No question waits for an answer.")


async def test_french_words_too(stage: BareStage) -> None:
    ines = Person(stage, "ines", language="fr")
    editor = Editor(stage, ines)
    await editor.writes("Où est la base lunaire ?")
    ines.hears("Question transmise")
    await editor.edits("Quels sont les horaires d'ouverture ?")
    ines.hears("De 9 h à midi.")


async def test_a_redelivered_edit_is_answered_once(editor: Editor, stage: BareStage, camille: Person) -> None:
    await editor.writes(MOON)
    await editor.edits("Can I give frozen food?")
    assert await stage.again(camille) is None
    assert sum("Yes, until noon." in text for text in stage.heard(camille)) == 1


async def test_what_is_still_not_known_takes_the_new_words_in_silence(
    editor: Editor, camille: Person, alex: Person, clock: StillClock
) -> None:
    await editor.writes(MOON)
    await editor.edits("Where is the lunar station?")
    camille.hears_nothing()
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    assert MOON not in alex.hears("Where is the lunar station? · 1 person")


async def test_the_same_answer_is_not_given_twice(editor: Editor, camille: Person) -> None:
    await editor.writes("Can I give frozen food?")
    await camille.presses("This helped")
    await editor.edits("Do you take frozen food?")
    camille.hears_nothing()
    read = editor.stage.core.store.read
    asked = await read(lambda session: session.exec(select(Question)).one())
    assert (asked.text, asked.useful) == ("Do you take frozen food?", True)


async def test_answers_offered_before_give_way_to_the_one_meant(editor: Editor, camille: Person) -> None:
    await editor.writes("How do I change my address?")
    camille.hears("I am not sure which of these is meant:")
    await editor.edits("How do I change my email address?")
    camille.hears("Under Account.")


async def test_an_answer_that_no_longer_fits_makes_the_question_wait(
    editor: Editor, camille: Person, alex: Person, clock: StillClock
) -> None:
    await editor.writes("Can I give frozen food?")
    await editor.edits(MOON)
    camille.hears("passed it on")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    alex.hears(f"{MOON} · 1 person")


@pytest.mark.parametrize("text", [MOON.upper(), "", "/suggest A moon base", "where is the moon base"])
async def test_what_asks_nothing_new_changes_nothing(editor: Editor, camille: Person, text: str) -> None:
    await editor.writes(MOON)
    await editor.edits(text)
    camille.hears_nothing()
    assert await editor.kept() == [MOON]


async def test_the_command_may_stay_in_the_message(editor: Editor, camille: Person) -> None:
    await editor.writes(f"/ask {MOON}")
    await editor.edits("/question Can I give frozen food?")
    camille.hears("Yes, until noon.")
    assert await editor.kept() == ["Can I give frozen food?"]


async def test_another_message_is_not_the_question(editor: Editor, camille: Person) -> None:
    await editor.writes(MOON)
    await editor.edits("Can I give frozen food?", message="message-2")
    camille.hears_nothing()
    assert await editor.kept() == [MOON]


async def test_nobody_edits_another_s_question(editor: Editor, stage: BareStage, noor: Person) -> None:
    await noor.says("/suggest Sunday opening")
    await editor.writes(MOON)
    await Editor(stage, noor).edits("Can I give frozen food?")
    noor.hears_nothing()
    assert await editor.kept() == [MOON]


async def test_an_erased_question_stays_erased(editor: Editor, camille: Person) -> None:
    await editor.writes(MOON)
    await camille.says("/forgetme")
    await camille.presses("Erase everything about me")
    await editor.edits("Can I give frozen food?")
    camille.hears_nothing()
    assert await editor.kept() == [""]


async def test_talk_among_people_is_not_kept_by_an_edit(editor: Editor, camille: Person) -> None:
    await editor.writes("Can I give frozen food?", addressed=False)
    camille.hears("Yes, until noon.")
    await editor.edits(MOON, addressed=False)
    camille.hears_nothing()
    assert await editor.kept() == ["Can I give frozen food?"]


async def test_feedback_is_edited_as_before(editor: Editor, camille: Person) -> None:
    await editor.writes("/suggest Sunday opening")
    await editor.edits("/suggest Saturday opening")
    camille.hears("Should #1 read like this now?", "Saturday opening")


async def test_a_digest_forgets_the_words_an_erasure_could_not_find_any_more(
    editor: Editor, stage: BareStage, camille: Person, alex: Person, clock: StillClock
) -> None:
    await editor.writes(MOON)
    clock.forward(minutes=1)
    await alex.says("/digest now")
    await stage.deliver()
    assert MOON in stage.staff()[-1]
    await editor.edits("Where is the lunar station?")
    await camille.says("/forgetme")
    await camille.presses("Erase everything about me")
    assert MOON not in str(await stage.core.store.read(lambda session: session.exec(select(Digest)).all()))


async def test_a_press_of_the_old_buttons_is_no_fault(editor: Editor, camille: Person) -> None:
    await editor.writes("How do I change my address?")
    await editor.edits(MOON)
    await camille.presses("How do I change my email address?")
    camille.hears("Under Account.")


async def team_answers(alex: Person, clock: StillClock, asked: str = MOON) -> None:
    """The team answers what waits."""
    clock.forward(minutes=1)
    await alex.says("/answer Behind the harbour.")
    await alex.presses(f"Answer: {asked}")


async def test_new_words_wait_again_when_the_team_answered_the_old_ones(
    editor: Editor, camille: Person, alex: Person, clock: StillClock
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


async def test_an_answer_to_the_new_words_is_given_in_place_of_the_team_s_to_the_old(
    editor: Editor, camille: Person, alex: Person, clock: StillClock
) -> None:
    await editor.writes(MOON)
    await team_answers(alex, clock)
    await editor.edits("Can I give frozen food?")
    camille.hears("Yes, until noon.")


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


@pytest.mark.parametrize("text", ["never mind", "merci", "🎉", "👍", "Laissez tomber.", "/ask thanks"])
async def test_an_edit_that_asks_nothing_takes_the_question_back(
    editor: Editor, camille: Person, alex: Person, clock: StillClock, text: str
) -> None:
    await editor.writes(MOON)
    await editor.edits(text)
    camille.hears("Your question is withdrawn.")
    asked = await editor.stage.core.store.read(lambda session: session.exec(select(Question)).one())
    assert (asked.text, asked.plain, asked.asker_id) == ("", "", None)
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


async def test_a_digest_forgets_a_question_that_is_taken_back(
    editor: Editor, stage: BareStage, alex: Person, clock: StillClock
) -> None:
    await editor.writes(MOON)
    clock.forward(minutes=1)
    await alex.says("/digest now")
    await stage.deliver()
    assert MOON in stage.staff()[-1]
    await editor.edits("never mind")
    assert MOON not in str(await stage.core.store.read(lambda session: session.exec(select(Digest)).all()))


async def test_nobody_takes_another_s_question_back(editor: Editor, stage: BareStage, noor: Person) -> None:
    await editor.writes(MOON)
    await Editor(stage, noor).edits("never mind")
    noor.hears_nothing()
    assert await editor.kept() == [MOON]


async def test_a_wish_added_to_a_question_takes_the_name_off(editor: Editor, camille: Person) -> None:
    await editor.writes("who pays for the trip?")
    await editor.edits("without my name: who pays for the trip?")
    camille.hears("I've passed it on without your name; the answer will come here.")
    rows = await editor.stage.core.store.read(lambda session: session.exec(select(Question)).all())
    assert [(one.text, one.asker_id) for one in rows if one.text] == [("who pays for the trip?", None)]


async def test_a_wish_added_to_feedback_asks_who_sees_it_first(editor: Editor, camille: Person) -> None:
    await editor.writes("/suggest A bench")
    await editor.edits("/suggest A bench. Please keep this anonymous.")
    camille.hears("Nothing was changed. First choose who sees #1", "[Team only] [Without my name]")


async def test_a_wish_added_too_late_keeps_it_to_the_team(editor: Editor, camille: Person) -> None:
    await editor.writes("/suggest A bench", chat=AMONG_OTHERS)
    await editor.edits("/suggest A bench, without my name")
    camille.hears("First choose who sees #1", "seen with your name beside it.", "[Team only]\n")
    await camille.presses("Team only")
    await editor.edits("/suggest A bench, without my name")
    camille.hears("Should #1 read like this now?")
