"""Questions the bot put: what is meant for them goes nowhere else."""

from sqlmodel import select

from storage.models import Feedback, Prompt, Question
from tests.stage import BareStage, Person


async def test_words_for_a_question_that_is_gone_are_not_kept_as_a_question(
    stage: BareStage, noor: Person, alex: Person
) -> None:
    await noor.says("/problem")
    prompt = await stage.core.store.read(lambda session: session.exec(select(Prompt.id)).one())
    await noor.says("/cancel")
    await stage.do(noor, text="I am paid late", answers=str(prompt))
    noor.hears("This question is no longer open.")
    assert not await stage.core.store.read(lambda session: session.exec(select(Question)).all())
    # A form behind a button whose question is gone says so.
    await noor.says("/suggest A bench")
    await alex.says("/askauthor 1 Where?")
    await stage.deliver()
    await noor.presses("Answer")
    await noor.says("/cancel")
    await noor.fills(text="By the river")
    noor.hears("This question is no longer open.")


async def test_what_only_a_button_confirms_cannot_be_filled_in_and_what_is_missing_is_asked_for(
    camille: Person, stage: BareStage, noor: Person
) -> None:
    await camille.says("/suggest")
    await camille.chats("see you tonight at the harbour")
    camille.hears("What would you suggest?")
    assert not await camille.stage.core.store.read(lambda session: session.exec(select(Feedback)).all())
    # What only a button confirms cannot be filled in.
    await noor.says("/suggest Sunday opening")
    await stage.do(noor, command="forgetme", args={"sure": "1"})
    noor.hears("It cannot be undone.")
    assert await stage.core.store.read(lambda session: session.exec(select(Feedback.text)).one()) == "Sunday opening"
    # A question asks for what is missing.
    await noor.says("/visibility")
    noor.hears("Which number?")
    await noor.says("1")
    noor.hears("#1: Everyone can see it, with your name.", "[Team only] [Without my name]")
    # Looking at something leaves the question open.
    await noor.says("/problem")
    await noor.says("/privacy")
    await noor.says("I am paid late")
    noor.hears("Got it: problem #2.")
