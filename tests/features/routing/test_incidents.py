"""A known issue: who opens it, who is shown it, who joins, and who hears that it is over."""

from collections.abc import AsyncIterator

import pytest

from bot.operations.assembly import open_core
from bot.settings.config import Settings
from tests.clock import StillClock
from tests.features.routing.conftest import change, file
from tests.stage import BareStage, Person, bare_stage


@pytest.fixture
async def patient(settings: Settings, clock: StillClock) -> AsyncIterator[BareStage]:
    """The same community, where a decision can be undone for a minute."""
    core = await open_core(change(settings, undo=60), clock)
    async with bare_stage(core) as stage:
        yield stage
    core.store.close()


TEXT = "Card payments fail since noon. The bank is on it; cash works."


async def known(camille: Person, alex: Person) -> None:
    """Camille reports a problem, and Alex tells about it."""
    await camille.says("/problem Paying by card fails at the checkout")
    await alex.says("/queue 1")
    await alex.presses("Known issue: tell people")
    alex.hears("What is known about it? Whoever asks about it, or is about to report it, reads these words")
    await alex.says(TEXT)
    alex.hears("#1 is a known issue now. 1 person will be told.")


async def test_whoever_is_about_to_report_it_or_asks_is_told_and_goes_on(
    camille: Person, noor: Person, alex: Person, stage: BareStage
) -> None:
    await known(camille, alex)
    # Another problem, or another question, is not stopped.
    await noor.says("/problem The chairs in the hall are broken")
    noor.hears("Got it: problem #2.")
    await noor.says("/ask When does the library open?")
    assert TEXT not in noor.hears("I've passed it on")
    # It can be sent all the same.
    await noor.says("/problem Paying by card at the checkout fails")
    await noor.presses("Send it anyway")
    noor.hears("Got it: problem #3.")
    await noor.says("/ask Why does paying by card fail at the checkout?")
    heard = noor.hears("It is known, and the team is on it (#1):", TEXT, "[Tell me when it is over]")
    assert "passed" not in heard
    await noor.presses("Ask the team all the same")
    noor.hears("I've passed it on")
    # Without a name it says that being told is under one's name.
    rosa = Person(stage, "rosa")
    await file(stage, rosa, "problem", "Paying by card at the checkout fails", name="nameless")
    rosa.hears(TEXT, "Being told is done under your name", "Without your name.")
    await rosa.presses("Send")
    rosa.hears("Got it: problem #1000.")


async def test_who_joins_by_a_press_hears_that_it_is_over(
    camille: Person, noor: Person, alex: Person, stage: BareStage
) -> None:
    luc, dora = Person(stage, "luc"), Person(stage, "dora")
    await known(camille, alex)
    await stage.deliver()
    camille.hears("#1 is now being handled.", TEXT)
    for person in (noor, dora):
        await person.says("/problem Paying by card at the checkout fails")
        person.hears("It is known, and the team is on it (#1):", TEXT, "[Tell me when it is over]", "[Send it anyway]")
        person.never_heard("Got it")
    await noor.presses("Tell me when it is over")
    noor.hears("When #1 is over, it is told here. Nothing else was sent.")
    # Who joined can leave.
    await luc.says("/ask Why does paying by card fail at the checkout?")
    await luc.presses("Tell me when it is over")
    await luc.presses("Do not tell me any more")
    luc.hears("Nothing more comes about #1.")
    await alex.says("/incident 1 over Cards work again")
    alex.hears("#1 is now resolved.", "2 people will be told.")
    await stage.deliver()
    assert "Paying by card fails" not in noor.hears("#1 is now resolved.", "Cards work again", TEXT)
    assert sum("is now resolved" in text for text in stage.heard(noor)) == 1
    camille.hears("#1 is now resolved.", "Cards work again")
    luc.never_heard("is now resolved")
    # What is over is shown no more.
    await dora.presses("Tell me when it is over")
    dora.hears("This is over by now.")
    await dora.says("/problem Paying by card at the checkout fails once more")
    dora.hears("Got it: problem #2.")


async def test_words_alone_are_shown_before_anybody_reads_them(alex: Person, noor: Person, stage: BareStage) -> None:
    await alex.says("/incident The phone line is out of order until Friday")
    alex.hears("Whoever asks about it", "> The phone line is out of order until Friday", "[Tell people]")
    await noor.says("/status 1")
    noor.hears("There is no #1")
    await alex.presses("Tell people")
    alex.hears("#1 is a known issue now. Nobody to tell.")
    await noor.says("/status 1")
    noor.hears("The phone line is out of order until Friday", "being handled")
    await alex.says("/incident")
    alex.hears("Known issues that go on:", "#1 The phone line", "[It is over: #1]")
    await alex.presses("It is over: #1")
    alex.hears("#1 is now resolved.")
    await alex.says("/incident")
    alex.hears("There is no known issue.")


async def test_several_problems_are_one(camille: Person, noor: Person, alex: Person, stage: BareStage) -> None:
    for person, text in ((camille, "Card refused"), (noor, "The till says no"), (camille, "Terminal is dead")):
        await person.says(f"/problem {text}")
    await alex.says("/incident 1 2 3 Cards are refused everywhere")
    alex.hears("> Cards are refused everywhere")
    await alex.presses("Tell people")
    alex.hears("#1 is a known issue now.", "#2 is joined to #1.", "#3 is joined to #1.")
    await alex.says("/incident 2 over Cards are back")
    await stage.deliver()
    camille.hears("#1 is now resolved.", "Cards are back")
    noor.hears("#1 is now resolved.", "Cards are back")


async def test_an_end_that_is_undone_tells_nobody_and_lets_it_go_on(
    patient: BareStage, camille: Person, noor: Person, alex: Person
) -> None:
    for person in (camille, noor, alex):
        person.stage = patient
    await known(camille, alex)
    await alex.says("/incident 1 over")
    await alex.presses("Undo")
    alex.hears("Undone: #1 is being handled again; nobody hears of it.")
    await noor.says("/problem Paying by card at the checkout fails")
    noor.hears("It is known, and the team is on it (#1):")
    await patient.deliver()
    camille.never_heard("is now resolved")


async def test_in_french(camille: Person, noor: Person, alex: Person, stage: BareStage) -> None:
    for person in (camille, noor, alex):
        person.language = "fr"
    await camille.says("/probleme Le paiement par carte échoue en caisse")
    await alex.says("/incident 1 Les cartes ne passent plus depuis midi.")
    await alex.presses("Prévenir")
    await noor.says("/probleme En caisse le paiement par carte échoue")
    noor.hears("C’est connu, l’équipe s’en occupe (#1)", "Les cartes ne passent plus depuis midi.")
    await noor.presses("Me prévenir quand c’est fini")
    await alex.says("/incident 1 terminé Les cartes passent de nouveau")
    await stage.deliver()
    noor.hears("Les cartes passent de nouveau")


async def test_of_what_is_known_already_the_words_so_far_are_shown(camille: Person, alex: Person) -> None:
    await known(camille, alex)
    await alex.says("/incident 1")
    alex.hears("#1 is a known issue already; new words take the place of these:", f"“{TEXT}”")
    await alex.says("...")
    alex.hears("#1 is a known issue already")
    await alex.says("Cards work again tomorrow.")
    alex.hears("#1 is a known issue now.")
    await alex.says("/incident")
    assert TEXT not in alex.hears("#1 Cards work again tomorrow.")
    # What is chosen must be an open problem.
    await camille.says("/suggest A bench")
    for words, heard in {
        "2 Known": "#2 is no problem: a known issue is one.",
        "7 Known": "There is no #7 that you can see here.",
        "2 over": "#2 is no known issue that goes on.",
    }.items():
        await alex.says(f"/incident {words}")
        alex.hears(heard)
    await camille.says("/incident 1 It is down")
    camille.hears("This is for moderators.")
