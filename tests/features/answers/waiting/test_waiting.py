"""Whoever waits is told when the knowledge has an answer, whatever their words."""

import re

import pytest
from sqlmodel import select

from bot.core import Core
from bot.features.questions.waiting.reconsideration import Reconsideration
from bot.ports.inbound import Means
from storage.answers import knowledge
from storage.answers.knowledge import Entry
from storage.models import Outbox
from storage.people import communities
from tests import meaning
from tests.clock import StillClock
from tests.stage import BareStage, Person

MOON = Entry("moon", ("Where is the moon base?", "Where can I find the moon base"), "Behind the **harbour**.", "en")


async def teach(core: Core, *entries: Entry) -> None:
    await core.store.write(lambda session: knowledge.add(session, communities.every(session)[0].id, entries))


@pytest.fixture(autouse=True)
def by_meaning(monkeypatch: pytest.MonkeyPatch) -> None:
    meaning.use(monkeypatch)


@pytest.fixture
def job(core: Core) -> Reconsideration:
    return Reconsideration(core)


async def test_who_waits_is_told_what_was_added_once_and_says_whether_it_helped(
    core: Core, stage: BareStage, job: Reconsideration, camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    await camille.says("where's the moon base")
    await noor.says("Who feeds the dragon?")
    await teach(core, MOON)
    for _ in range(2):
        await job.look()
    # Nor is anybody told again after a restart.
    await Reconsideration(core).look()
    await stage.deliver()
    camille.hears("There is an answer to this question of yours now:", "> where's the moon base", "Behind the harbour.")
    assert sum("Behind the harbour." in text for text in stage.heard(camille)) == 1
    noor.never_heard("Behind the harbour.")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    assert "moon" not in alex.hears("Who feeds the dragon? · 1 person")
    await camille.presses("This did not help")
    camille.hears("passed it on")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    alex.hears("where's the moon base · 1 person")


async def test_what_did_not_help_is_not_told_again(
    core: Core, stage: BareStage, job: Reconsideration, camille: Person
) -> None:
    await teach(core, MOON)
    await camille.says("Where is the moon base?")
    await camille.presses("This did not help")
    await teach(core, Entry("other", ("Who feeds the dragon?",), "Nobody.", "en"))
    await job.look()
    await stage.deliver()
    camille.never_heard("There is an answer")


async def test_a_question_without_a_name_is_told_without_buttons(
    core: Core, stage: BareStage, job: Reconsideration, camille: Person
) -> None:
    await camille.says("/ask Where is the moon base? (anonymous)")
    await teach(core, MOON)
    await job.look()
    await stage.deliver()
    assert "This helped" not in camille.hears("There is an answer to this question of yours now:")


async def test_the_team_confirms_what_is_less_sure(
    core: Core, stage: BareStage, job: Reconsideration, camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    for person in (camille, noor):
        await person.says("Where is the moon not base?")
    clock.forward(minutes=1)
    await teach(core, MOON)
    await job.look()
    await stage.deliver()
    camille.never_heard("Behind the harbour.")
    assert "2 people asked this or something like it:" in stage.staff()[-1]
    assert "• Where is the moon not base?" in stage.staff()[-1]
    await alex.presses("Send: Where is the moon base?")
    alex.hears("2 people will be told.")
    await stage.deliver()
    for person in (camille, noor):
        person.hears("There is an answer to this question of yours now:", "Behind the harbour.")
    await alex.presses("Send: Where is the moon base?")
    alex.hears("Nobody waits for this answer any more.")


async def test_what_is_erased_before_the_team_reads_it_is_not_shown(
    core: Core, stage: BareStage, job: Reconsideration, camille: Person, alex: Person
) -> None:
    await camille.says("Where is the moon not base?")
    await teach(core, MOON)
    await job.look()
    await camille.says("/forgetme")
    await camille.presses("Erase everything about me")
    await stage.deliver()
    assert "moon not base" not in str(stage.staff())


async def test_questions_that_mean_the_same_are_one_across_languages(
    core: Core, stage: BareStage, camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    await camille.says("Where is the moon base?")
    await noor.says("Où est la base lunaire ?")
    await noor.says("Who feeds the dragon?")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    alex.hears("2 people asked this or something like it", "Who feeds the dragon? · 1 person")
    shown = alex.hears("Answer: ")
    first = next(one for one in ("Where is the moon base?", "Où est la base lunaire ?") if f"[Answer: {one}" in shown)
    await alex.presses(f"Answer: {first}")
    await alex.says("Behind the harbour.")
    alex.hears("2 people will be told.", "Also told, as it seems to mean the same:")
    await stage.deliver()
    asked, other = (camille, noor) if first.startswith("Where") else (noor, camille)
    asked.hears("The team has answered this question of yours:", "Behind the harbour.")
    other.hears("The team has answered what seems to be this question of yours:", "Behind the harbour.")
    await other.presses("This did not help")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    alex.hears(f"{'Où est' if first.startswith('Where') else 'Where is'}", "Who feeds the dragon? · 1 person")


async def test_an_answer_is_sent_on_to_one_wording_alone(
    stage: BareStage, camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    ines = Person(stage, "ines")
    await camille.says("Where is the moon base?")
    await noor.says("Where do I find the base on the moon?")
    await ines.says("Who lives in the moon base?")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    found = re.search(r"\[Answer: (Where .+?)\]", alex.hears())
    assert found, alex.hears()
    await alex.presses(f"Answer: {found[1]}")
    await alex.says("Behind the harbour.")
    alex.hears("2 people will be told.", "[Who lives in the moon base?]")
    other = "Who lives in the moon base?"
    await alex.presses(other)
    assert f"[{other}]" not in alex.hears("1 person will be told.", "Should the bot give this answer")
    await stage.deliver()
    for person in (camille, noor, ines):
        person.hears("question of yours:", "Behind the harbour.")
    await alex.presses(other)
    alex.hears("This answer is gone")


async def test_an_answer_is_sent_on_to_all_that_are_nearly_alike_without_those_left_out(
    stage: BareStage, camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    ines, omar = Person(stage, "ines"), Person(stage, "omar")
    near = way, built, builder = (
        "How do I get to the moon base?",
        "When was the moon base built?",
        "Who built the moon base?",
    )
    await camille.says("Where is the moon base?")
    for person, text in ((noor, way), (ines, built), (omar, builder), (noor, built)):
        await person.says(text)
    await omar.says("Is the moon base open today?")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    await alex.presses("Answer: Where is the moon base?")
    await alex.says("Nobody has built one.")
    alex.hears("1 person will be told.", "These may mean the same:", *near, "[Send it to all 3]")
    await alex.presses(f"Leave out: {way}")
    alex.hears("[Send it to all 2]", f"[{way}]", "Should the bot give this answer")
    await alex.presses("Send it to all 2")
    alex.hears("3 people will be told.", f"[{way}]", "[Is the moon base open today?]")
    await stage.deliver()
    for person in (camille, noor, ines, omar):
        assert sum("Nobody has built one." in text for text in stage.heard(person)) == 1
    await alex.presses(way)
    alex.hears("Nobody to tell.")
    await alex.presses("Send it to all 2")
    alex.hears("This answer is gone")


async def test_what_the_team_is_shown_after_sending_goes_with_whose_question_it_was(
    core: Core, stage: BareStage, job: Reconsideration, camille: Person, noor: Person, alex: Person
) -> None:
    """The answer to the press is on its way, and shows what is left."""
    dragon = Entry("dragon", ("Who feeds the dragon?", "Who gives the dragon its food"), "Omar.", "en")
    await camille.says("Where is the moon not base?")
    await noor.says("Who feeds not the dragon?")
    await teach(core, MOON, dragon)
    await job.look()
    await stage.deliver()
    means = Means(durable=True)
    await stage.do(alex, button=stage.token(alex, "Send: Where is the moon base?"), means=means)
    assert "feeds not the dragon" in await on_its_way(core)
    await noor.says("/forgetme")
    await noor.presses("Erase everything about me")
    assert "feeds not the dragon" not in await on_its_way(core)


async def on_its_way(core: Core) -> str:
    """The words of all messages on their way."""
    found = await core.store.read(lambda session: list(session.exec(select(Outbox.payload))))
    return str([core.codec.load(payload) for payload in found if payload])
