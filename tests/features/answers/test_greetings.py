"""Greetings, thanks and nods: answered warmly or not at all, and never taken for questions."""

from dataclasses import replace

import pytest
from sqlmodel import select

from storage.answers import knowledge
from storage.answers.knowledge import Entry
from storage.models import Question
from storage.people import communities
from tests.clock import StillClock
from tests.stage import BareStage, Person

pytestmark = pytest.mark.usefixtures("taught")
BUTTONS = "[Ask] [Suggest] [Problem]"


@pytest.fixture
def ines(stage: BareStage) -> Person:
    """A French member."""
    return Person(stage, "ines", language="fr")


async def kept(person: Person) -> int:
    read = person.stage.core.store.read
    return len(await read(lambda session: session.exec(select(Question)).all()))


async def in_the_open(stage: BareStage, person: Person, text: str) -> None:
    """Say it to the bot where others read along."""
    await stage.do(person, text="")
    seen = stage._last[person.id]
    await stage.receive(person, replace(seen, id=f"open {text}", text=text, chat=replace(seen.chat, overlooked=True)))


IN_PASSING = {
    "Hello.\n": ("hello", "Hi there!", "Helloooo", "good morning everyone", "hello?", "👋"),
    "With pleasure.\n": ("thanks, that helped", "Thank you so much!", "🙏", "ok thanks", "bye"),
    "All right.\n": ("ok", "👍", "👍🏽", "Got it.", "/ask ok"),
    "A few words are needed to look something up.": ("🎉", "?!", "... …", "🍕🍕🍕"),
}
EN_PASSANT = {
    "Bonjour.\n": ("bonjour !", "Bonsoir à tous", "Salut, ça va ?", "Coucou 👋"),
    "Avec plaisir.\n": ("merci beaucoup",),
    "Très bien.\n": ("D’accord", "c'est noté"),
}


async def test_what_is_said_in_passing_hears_one_short_line_or_what_the_bot_does(
    camille: Person, ines: Person, clock: StillClock
) -> None:
    for person, passing in ((camille, IN_PASSING), (ines, EN_PASSANT)):
        for heard, every in passing.items():
            for said in every:
                clock.forward(minutes=1)
                await person.says(said)
                assert person.hears("").startswith(heard), said
                greeted = heard in ("Hello.\n", "Bonjour.\n")
                assert greeted or person.hears("").count("\n") == 1, said
    assert await kept(camille) == 0


async def test_a_greeting_leads_on(camille: Person, ines: Person) -> None:
    await ines.says("bonjour !")
    ines.hears("[Demander] [Suggérer] [Problème]")
    await camille.says("hello")
    camille.hears("/help shows everything", BUTTONS)
    await camille.presses("Ask")
    camille.hears("What would you like to know?")


async def test_in_the_open_thanks_and_nods_are_left_alone_and_a_greeting_to_the_bot_returned(
    stage: BareStage, camille: Person
) -> None:
    for said in ("merci !", "ok", "👍"):
        await in_the_open(stage, camille, said)
        camille.hears_nothing()
    assert await kept(camille) == 0
    await in_the_open(stage, camille, "hello")
    camille.hears("Hello.", BUTTONS)


async def test_greetings_wait_for_no_answer(camille: Person, alex: Person, clock: StillClock) -> None:
    for said in ("hello", "merci beaucoup", "ok", "👍"):
        await camille.says(said)
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    alex.hears("No question waits for an answer.")
    await alex.says("/digest preview")
    alex.never_heard("merci beaucoup", "hello")


async def test_among_people_greetings_are_left_alone_whatever_the_knowledge_holds(camille: Person) -> None:
    polite = Entry("polite", ("thanks that helped", "good morning to you all", "ok thanks a lot"), "My pleasure.", "en")
    store = camille.stage.core.store
    await store.write(lambda session: knowledge.add(session, communities.every(session)[0].id, [polite]))
    for said in ("thanks, that helped", "good morning to you all", "ok thanks a lot"):
        await camille.chats(said)
        camille.hears_nothing()


async def test_a_question_after_a_greeting_is_a_question(camille: Person, ines: Person) -> None:
    await camille.says("Hello, can I give frozen food?")
    camille.hears("Yes, until noon.")
    await ines.says("Bonjour, quels sont les horaires d'ouverture ?")
    ines.hears("De 9 h à midi.")
    await camille.says("ok but where is the moon base?")
    camille.hears("passed it on")


async def test_thanks_for_an_answer_leave_its_question_as_it_was(camille: Person) -> None:
    await camille.says("Can I give frozen food?")
    await camille.says("thanks, that helped")
    camille.hears("With pleasure.")
    asked = await camille.stage.core.store.read(lambda session: session.exec(select(Question)).one())
    assert (asked.text, asked.useful) == ("Can I give frozen food?", None)
