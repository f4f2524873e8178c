"""Every decision of the field, typed in both languages or pressed; with a link where there is something to see."""

from tests.clock import StillClock
from tests.stage import BareStage, Person
from tests.words import WISHES

OF_SUGGESTIONS = {
    "review": "under review",
    "planned": "planned",
    "in progress": "in progress",
    "done": "done",
    "not planned No room": "not planned",
    "on hold": "on hold",
    "already exists At the desk": "marked as existing",
    "à l'étude": "under review",
    "prévu": "planned",
    "prévue": "planned",
    "en cours": "in progress",
    "fait": "done",
    "non retenu Pas de place": "not planned",
    "non retenue Pas de place": "not planned",
    "en attente": "on hold",
    "existe déjà À l'accueil": "marked as existing",
}
OF_PROBLEMS = {
    "review": "being handled",
    "being handled": "being handled",
    "resolved": "resolved",
    "answered The door opens at nine": "explained",
    "explained The door opens at nine": "explained",
    "pris en charge": "being handled",
    "résolu": "resolved",
    "répondu La porte ouvre à neuf heures": "explained",
}


async def test_an_item_is_decided_on_in_words(stage: BareStage, alex: Person, clock: StillClock) -> None:
    for number, kind in enumerate(("suggest", "suggest", "problem", "problem"), 1):
        await Person(stage, f"author {number}").says(f"/{kind} {WISHES[number]}")
    # In turns, as what an item is already is no decision on it.
    for first, decisions in ((1, OF_SUGGESTIONS), (3, OF_PROBLEMS)):
        for turn, (words, status) in enumerate(decisions.items()):
            clock.forward(minutes=2)
            await alex.says(f"/queue {first + turn % 2} {words}")
            alex.hears(f"#{first + turn % 2} is now {status}.")


RARER = {"Under review": "under review", "In progress": "in progress", "On hold": "on hold"}


async def test_the_rarer_ones_are_two_presses(camille: Person, alex: Person) -> None:
    for words in WISHES[:4]:
        await camille.says(f"/suggest {words}")
    await alex.says("/queue")
    for number, (pressed, becomes) in enumerate(RARER.items(), 1):
        alex.hears("[Planned] [Done] [Not planned] [More decisions]")
        await alex.presses("More decisions")
        alex.hears(f"> {WISHES[number - 1]} #{number}", "[Already exists]", "[Needs more: ask the author]", "[Back]")
        await alex.presses(pressed)
        alex.hears(f"#{number} is now {becomes}.", f"{WISHES[number]} #{number + 1}")


async def test_back_leads_to_the_item_and_what_is_no_decision_on_it_is_refused_with_what_is(
    camille: Person, alex: Person
) -> None:
    await camille.says("/problem The door is stuck")
    await alex.says("/queue")
    alex.hears("[Being handled] [Resolved] [Explained] [More decisions]")
    await alex.presses("More decisions")
    await alex.presses("Back")
    alex.hears("Problem #1", "[Being handled]")
    await alex.says("/queue 1 on hold")
    alex.hears("“on hold” is no decision on #1; there are: being handled · resolved · explained.")


async def test_needs_more_asks_the_author_and_without_words_for_them(
    camille: Person, noor: Person, alex: Person, stage: BareStage
) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/queue 1 needs more From what time on?")
    alex.hears("The author of #1 is asked.")
    await stage.deliver()
    camille.hears("The team has a question about #1:", "> From what time on?")
    await noor.says("/suggest A dark theme")
    await alex.says("/queue 2 à préciser")
    alex.hears("What should the author of #2 be asked?")
    await alex.says("On the page, too?")
    await stage.deliver()
    noor.hears("> On the page, too?")


async def test_joined_names_the_other(camille: Person, noor: Person, alex: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await noor.says("/suggest Open on Sundays too")
    await alex.says("/queue 2 joined to #1")
    alex.hears("Do both say the same?", "[Join #2 to #1]")
    await alex.says("/queue 2 joined")
    alex.hears("Which one says the same as #2?")


async def test_done_has_a_link_that_members_read(
    camille: Person, noor: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/queue 1 done, here: https://example.org/sunday")
    alex.hears("#1 is now done.")
    clock.forward(minutes=2)
    await stage.deliver()
    camille.hears("#1 is now done.", "Here: https://example.org/sunday")
    camille.never_heard("here: http")
    await noor.says("/status 1")
    noor.hears("The team's word of", "https://example.org/sunday")


async def test_a_link_is_added_by_press_and_told_once(
    camille: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/queue")
    await alex.presses("Done")
    await alex.presses("Add a link")
    alex.hears("A link or words that everyone concerned will read:")
    await alex.says("https://example.org/sunday")
    alex.hears("#1 is now done. 1 person will be told.")
    clock.forward(minutes=2)
    await stage.deliver()
    camille.hears("#1 is now done.", "Here: https://example.org/sunday")
    camille.never_heard("Before:")
    assert sum("is now done" in one for one in stage.heard(camille)) == 1


async def test_a_link_after_all_have_heard_is_told_as_it_is(
    camille: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/queue 1 done")
    clock.forward(minutes=2)
    await stage.deliver()
    await alex.says("/queue 1 done https://example.org/sunday")
    clock.forward(minutes=2)
    await stage.deliver()
    camille.hears("#1 is now done.", "Here: https://example.org/sunday")
    camille.never_heard("Before: done")


async def test_what_is_no_link_of_the_web_is_refused(camille: Person, alex: Person) -> None:
    await camille.says("/suggest Sunday opening")
    for link in ("ftp://example.org/a", "javascript://alert(1)", "https://", "https://a.b/<x>"):
        await alex.says(f"/queue 1 done {link}")
        alex.hears("A link begins with https://")
        await alex.says("/status 1")
        alex.hears("Status: received")


async def test_in_french(emile: Person, stage: BareStage, clock: StillClock, alex: Person) -> None:
    alex.language = "fr"
    await emile.says("/suggerer Ouvrir le dimanche")
    await alex.says("/atraiter 1 fait, ici : https://example.org/dimanche")
    alex.hears("#1", "fait")
    clock.forward(minutes=2)
    await stage.deliver()
    emile.hears("Ici\u00a0: https://example.org/dimanche")
    emile.never_heard("Here")
