"""Questions the bot put: what is meant for them goes nowhere else."""

from sqlmodel import select

from storage.models import Feedback, Prompt, Question
from tests.stage import BareStage, Person


async def test_words_for_a_question_that_is_gone_are_not_kept_as_a_question(stage: BareStage, noor: Person) -> None:
    await noor.says("/problem")
    prompt = await stage.core.store.read(lambda session: session.exec(select(Prompt.id)).one())
    await noor.says("/cancel")
    await stage.do(noor, text="I am paid late", answers=str(prompt))
    noor.hears("This question is no longer open.")
    assert not await stage.core.store.read(lambda session: session.exec(select(Question)).all())


async def test_looking_at_something_leaves_the_question_open(stage: BareStage, noor: Person) -> None:
    await noor.says("/problem")
    await noor.says("/privacy")
    await noor.says("I am paid late")
    noor.hears("Got it: problem #1.")


async def test_what_only_a_button_confirms_cannot_be_filled_in(stage: BareStage, noor: Person) -> None:
    await noor.says("/suggest Sunday opening")
    await stage.do(noor, command="forgetme", args={"sure": "1"})
    noor.hears("It cannot be undone.")
    assert await stage.core.store.read(lambda session: session.exec(select(Feedback.text)).one()) == "Sunday opening"


async def test_a_question_asks_for_what_is_missing(noor: Person) -> None:
    await noor.says("/suggest Sunday opening")
    await noor.says("/visibility")
    noor.hears("Which number?")
    await noor.says("1")
    noor.hears("#1: Everyone can see it, with your name.", "[Team only] [Without my name]")


async def test_talk_among_people_is_no_answer_to_the_bots_question(camille: Person) -> None:
    await camille.says("/suggest")
    await camille.chats("see you tonight at the harbour")
    camille.hears("What would you suggest?")
    assert not await camille.stage.core.store.read(lambda session: session.exec(select(Feedback)).all())


async def test_a_form_behind_a_button_whose_question_is_gone_says_so(
    noor: Person, alex: Person, stage: BareStage
) -> None:
    await noor.says("/suggest A bench")
    await alex.says("/askauthor 1 Where?")
    await stage.deliver()
    await noor.presses("Answer")
    await noor.says("/cancel")
    await noor.fills(text="By the river")
    noor.hears("This question is no longer open.")
