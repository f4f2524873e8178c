"""From an item's screen, a theme and a digest's details, those ready to talk are asked; each once a month at most."""

from collections.abc import Sequence

from tests.clock import StillClock
from tests.features.telling.conftest import Days
from tests.features.themes.voices import POINTS
from tests.stage import BareStage, Person


async def _people(stage: BareStage, texts: Sequence[str] = POINTS) -> list[Person]:
    """A person for each of these problems, which one more or less says the same."""
    made = [Person(stage, f"member {number}") for number, _ in enumerate(texts)]
    for person, text in zip(made, texts, strict=True):
        await stage.do(person, command="problem", args={"text": text, "audience": "everyone"})
        if "Send" in person.hears():
            await person.presses("Send")
    return made


async def test_on_an_item_s_screen(camille: Person, alex: Person, days: Days) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/queue 1")
    assert "Ask those ready" not in alex.hears("#1")
    await camille.presses("Happy to talk about it")
    await alex.says("/queue 1")
    await alex.presses("Ask those ready")
    alex.hears("1 person is ready. What should they be asked?")
    await alex.says("Which hours?")
    alex.hears("1 person is asked.")
    await days.go_by(seconds=1)
    camille.hears("You are ready to talk about #1. The team asks:", "> Which hours?")
    await alex.says("/queue 1")
    assert "Ask those ready" not in alex.hears("#1")
    await days.go_by(days=31)
    await alex.says("/queue 1")
    alex.hears("[Ask those ready]")


async def test_without_a_number_what_is_typed_is_an_area_and_a_question(noor: Person, alex: Person) -> None:
    # A question without a word is asked for again.
    await noor.says("/dialogue")
    await noor.presses("Quality")
    await alex.says("/askready Quality")
    await alex.says("...")
    alex.hears("1 person is ready. What should they be asked?")
    # Without a number what is typed is an area and a question.
    await alex.says("/askready Which hours?")
    alex.hears("What is it about? First a number, as in /askready 12, or one of:", "Quality")
    await alex.says("/askready quality: Which hours?")
    alex.hears("1 person is asked.")
    await noor.stage.deliver()
    noor.hears("You are ready to talk about Quality. The team asks:", "> Which hours?")


async def test_who_is_blocked_is_not_asked_and_the_count_does_not_say_so(
    camille: Person, noor: Person, alex: Person, days: Days
) -> None:
    """A block is of whoever wrote, perhaps without a name: a lower count would tell who that was."""
    for person in (camille, noor):
        await person.says("/dialogue")
        await person.presses("Anything")
    await camille.says("/suggest")
    await camille.fills(text="Sunday opening", audience="everyone", name="nameless")
    await camille.presses("Send")
    await alex.says("/block 1000 month Please mind the tone.")
    await alex.says("/askready")
    alex.hears("2 people are ready. What should they be asked?")
    await alex.says("Which hours?")
    alex.hears("2 people are asked.")
    await alex.presses("Tell them what came of it")
    await alex.says("Ten to two.")
    alex.hears("2 people will be told.")
    await days.go_by(seconds=1)
    noor.hears("This came of it", "> Ten to two.")
    camille.never_heard("Which hours?")


async def test_what_is_typed_after_a_number_is_the_question(alex: Person, camille: Person, days: Days) -> None:
    # A moderator is not offered to ask themselves.
    await alex.says("/suggest Sunday opening")
    await alex.says("/dialogue")
    await alex.presses("Anything")
    await alex.says("/queue 1")
    assert "Ask those ready" not in alex.hears("#1")
    # What is typed after a number is the question.
    await camille.says("/suggest A dark theme")
    await camille.presses("Happy to talk about it")
    await alex.says("/askready 2 Which hours?")
    alex.hears("1 person is asked.")
    await days.go_by(seconds=1)
    camille.hears("> Which hours?")


async def test_from_a_theme_those_ready_on_its_items_are_reached(
    stage: BareStage, alex: Person, noor: Person, days: Days
) -> None:
    first, second, *_ = await _people(stage)
    await first.presses("Happy to talk about it")
    await second.says("/dialogue")
    await second.presses("Anything")
    await noor.says("/suggest A dark theme")
    await noor.presses("Happy to talk about it")
    await alex.says("/themes")
    await alex.presses("1. Read")
    alex.hears("[Ask those ready]", "[Rename]")
    await alex.presses("Ask those ready")
    alex.hears("2 people are ready. What should they be asked?")
    await alex.says("Which one was it?")
    alex.hears("2 people are asked.")
    await days.go_by(seconds=1)
    first.hears("You are ready to talk about #1. The team asks:", "> Which one was it?")
    second.hears("You are ready to talk about anything. The team asks:")
    noor.never_heard("Which one was it?")
    await first.presses("Answer")
    await first.says("The one at the station")
    first.hears("The team has it, without your name.")
    await alex.says("/themes")
    await alex.presses("1. Read")
    assert "Ask those ready" not in alex.hears("[Rename]")


async def test_from_a_digest_s_details(stage: BareStage, alex: Person, clock: StillClock) -> None:
    first, *_ = await _people(stage)
    clock.forward(minutes=1)
    await alex.says("/digest")
    await alex.presses("Details")
    assert "Ask those ready" not in alex.hears("How it is counted")
    await first.presses("Happy to talk about it")
    await alex.says("/digest")
    await alex.presses("Details")
    await alex.presses("Ask those ready: Pick-up point closed")
    alex.hears("1 person is ready. What should they be asked?")


async def test_a_member_cannot_ask(stage: BareStage, noor: Person, alex: Person) -> None:
    first, *_ = await _people(stage)
    await first.presses("Happy to talk about it")
    await alex.says("/themes")
    await alex.presses("1. Read")
    await stage.do(noor, button=stage.token(alex, "Ask those ready"))
    noor.never_heard("is ready. What")
