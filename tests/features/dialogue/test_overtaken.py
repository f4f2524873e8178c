"""A button of a question pressed after its words were sent: it shows what stands, and what changes that."""

import asyncio
from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from bot.ports.inbound import Chat, Means
from bot.ports.reply import Ask
from storage.models import Feedback
from tests.stage import PLATFORM, BareStage, Person, let_in

NAMELESS = "without my name"


@pytest.fixture(autouse=True)
async def known(noor: Person) -> None:
    """A place of the community has seen them."""
    await let_in(noor.stage.core, PLATFORM, noor.id, noor.id)


async def types(person: Person, text: str) -> None:
    """Type alone with the bot, where there are no forms."""
    await does(person, text=text)


async def taps(person: Person, token: str) -> None:
    await does(person, button=token, pressed="7")


async def does(person: Person, **what: object) -> None:
    chat = Chat(PLATFORM, person.id, private=True, own=person.id)
    await of(person).do(person, chat=chat, means=Means(forms=False), **what)


def of(person: Person) -> BareStage:
    assert isinstance(person.stage, BareStage)
    return person.stage


def choice(person: Person, label: str) -> str:
    """The token of a choice that the question last asked offers."""
    asks = [block for reply in of(person)._shown[person.id] for block in reply.blocks if isinstance(block, Ask)]
    found = {button.label: button.token for button in asks[-1].choices}
    return found[label]


async def filed(person: Person) -> list[tuple[str, bool]]:
    """The words of all that was filed, and whether it is without a name."""
    query = select(Feedback.text, Feedback.nameless)
    return list(await person.stage.core.store.read(lambda session: session.exec(query).all()))


async def test_after_the_words_a_choice_shows_what_was_filed_and_how_to_change_it(noor: Person) -> None:
    # After the question was cancelled it says how to ask anew.
    await types(noor, "/problem")
    late = choice(noor, NAMELESS)
    await types(noor, "/cancel")
    await taps(noor, late)
    assert noor.hears() == "This question is no longer open. /problem asks it anew.\n"
    # A choice of another question does not take the place of the open one.
    await types(noor, "/problem")
    late = choice(noor, NAMELESS)
    await types(noor, "/suggest")
    await taps(noor, late)
    noor.hears("This question is no longer open.")
    await types(noor, "A bench")
    noor.hears("suggestion #1")
    # After the words a choice shows what was filed and how to change it.
    await types(noor, "/problem")
    late = choice(noor, NAMELESS)
    await types(noor, "The lift is stuck")
    noor.hears("Got it: problem #2.")
    await taps(noor, late)
    heard = noor.hears("This question is no longer open. What stands is:", "The lift is stuck", "[Without my name]")
    assert "✓" not in heard
    assert (await filed(noor))[1:] == [("The lift is stuck", False)]
    await noor.presses("Without my name")
    await noor.presses("Take my name off")
    assert [nameless for _, nameless in await filed(noor)] == [False, True]


async def test_of_words_and_a_choice_at_the_same_moment_neither_is_lost(noor: Person) -> None:
    """Both read the open question before either is done: the later one is read anew."""
    for number in range(6):
        await types(noor, "/problem")
        await asyncio.gather(taps(noor, choice(noor, NAMELESS)), types(noor, f"The lift is stuck {number}"))
        if "Nothing is sent yet" in of(noor).heard(noor)[-1] or len(await filed(noor)) <= number:
            await noor.presses("Send")
    assert len(await filed(noor)) == 6


async def test_words_sent_to_a_question_that_changed_have_what_was_chosen(noor: Person) -> None:
    """The words were read while the question was still about an item with a name."""
    await types(noor, "/problem")
    late, store = choice(noor, NAMELESS), of(noor).core.store
    glance = store.glance

    async def slow(job: Callable[[Session], object]) -> object:
        found: object = await glance(job)
        store.glance = glance  # type: ignore[method-assign]
        await taps(noor, late)
        return found

    store.glance = slow  # type: ignore[method-assign, assignment]
    await types(noor, "The lift is stuck")
    assert await filed(noor) == []
    await noor.presses("Send")
    assert await filed(noor) == [("The lift is stuck", True)]
