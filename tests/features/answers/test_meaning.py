"""Questions answered by their meaning: in other words, in the other language, and what was no help."""

import pytest

from bot.core import Core
from storage.answers import knowledge
from storage.answers.knowledge import Entry
from storage.people import communities
from tests import meaning
from tests.stage import Person

TOWN = (
    Entry("pool", ("When does the pool open?",), "At nine.", "en"),
    Entry("park", ("Where can I park?",), "Behind the hall.", "en"),
    Entry("walk", ("How do I join the walking group?",), "Ask Mara.", "en"),
    Entry("old", ("Quel est l'âge minimum ?",), "Seize ans.", "fr"),
)


@pytest.fixture(autouse=True)
def by_words(monkeypatch: pytest.MonkeyPatch) -> None:
    meaning.use(monkeypatch)


@pytest.fixture(autouse=True)
async def town(core: Core) -> None:
    await core.store.write(lambda session: knowledge.add(session, communities.every(session)[0].id, TOWN))


async def test_a_question_in_other_words_or_in_french_is_answered_and_one_word_away_it_is_offered_as_the_one_it_is(
    camille: Person,
) -> None:
    await camille.says("/ask hello, what time does the swimming pool open please")
    camille.hears("At nine.")
    await camille.says("/question À quelle heure ouvre la piscine ?")
    camille.hears("At nine.", "This answer is in English.")
    # One word away nothing is said unasked.
    await camille.chats("When does the pool close?")
    camille.hears_nothing()
    await camille.chats("When does the pool open?")
    camille.hears("At nine.")
    await camille.says("/ask When does the pool close?")
    assert "At nine" not in camille.hears("Do you mean this?")
    await camille.presses("When does the pool open?")
    camille.hears("At nine.")


async def test_what_did_not_help_one_is_no_answer_to_the_next(camille: Person, noor: Person) -> None:
    await camille.says("/ask where do I park my car")
    camille.hears("Behind the hall.")
    await camille.presses("This did not help")
    camille.hears("I've passed it on")
    await noor.says("/ask where do I park my car?")
    assert "Behind the hall." not in noor.hears("Where can I park?")
    await noor.says("/ask Where can I park?")
    noor.hears("Behind the hall.")


async def test_what_two_say_is_not_there_is_passed_on(camille: Person, noor: Person, alex: Person) -> None:
    for person in (camille, noor):
        await person.says("/ask When does the pool close?")
        await person.presses("None of these")
        person.hears("passed it on")
    await alex.says("/ask When does the pool close?")
    assert "Do you mean this" not in alex.hears("passed it on")


async def test_a_moderators_word_alone_counts_as_much(noor: Person, alex: Person) -> None:
    await alex.says("/ask When does the pool close?")
    await alex.presses("None of these")
    await noor.says("/ask when does the pool close")
    noor.hears("passed it on")
