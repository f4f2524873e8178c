"""Who is ready to talk is asked one question a month, unseen, and hears what came of it."""

from sqlmodel import Session

from storage.people import communities, readiness
from tests.features.moderation.speaking import namelessly
from tests.features.telling.conftest import Days
from tests.stage import BareStage, Person

MARKER = "zanzibar"


async def test_a_question_is_asked_answered_and_concluded(
    camille: Person, noor: Person, alex: Person, days: Days, stage: BareStage
) -> None:
    await camille.says("/suggest Sunday opening")
    await camille.presses("Happy to talk about it")
    camille.hears("Ready to talk about #1 until 2 June.", "What would you like in return?", "[to see the result]")
    await camille.presses("to see the result")
    await alex.says("/askready 1")
    alex.hears("1 person is ready. What should they be asked?")
    await alex.says("Which hours?")
    alex.hears("1 person is asked.", "What they would like in return: to see the result (1).")
    assert "camille" not in alex.hears()
    await days.go_by(seconds=1)
    camille.hears("You are ready to talk about #1. The team asks:", "> Which hours?", "does not see who you are")
    await camille.presses("Answer")
    await camille.says("From ten to noon")
    camille.hears("The team has it, without your name.")
    await days.go_by(seconds=1)
    (told,) = stage.staff()
    assert "Someone ready to talk answers “Which hours?”:" in told
    assert "From ten to noon" in told
    assert "camille" not in told
    await alex.presses("This helped")
    alex.hears("1 answer helped.")
    await days.go_by(seconds=1)
    camille.hears("What you answered the team helped.")
    await alex.presses("Tell them what came of it")
    await alex.says("Open from ten on Sundays")
    alex.hears("1 person will be told.")
    await days.go_by(seconds=1)
    camille.hears("You were asked: “Which hours?”. This came of it:", "> Open from ten on Sundays")
    noor.never_heard("asked")


async def test_it_ends_by_itself_and_by_a_press_and_a_wish_is_read_by_the_team(
    camille: Person, alex: Person, days: Days
) -> None:
    await camille.says("/dialogue area:Quality")
    await camille.says("/dialogue")
    await camille.presses("Quality")
    await camille.presses("Stop")
    camille.hears("Fine. The team will not ask you about this.")
    await alex.says("/askready")
    alex.hears("Nobody is ready")
    await camille.says("/dialogue")
    await camille.presses("Quality")
    await days.go_by(days=91)
    await alex.says("/askready")
    alex.hears("Nobody is ready")
    # A wish in one's own words is read by the team.
    await camille.says("/dialogue")
    await camille.presses("Anything")
    await camille.presses("something else")
    await camille.says("...")
    camille.hears("What would you like in return?")
    await camille.says("A coffee, or call 06 12 34 56 78")
    camille.hears("Ready to talk about anything", "In return: “A coffee, or call")
    await alex.says("/askready")
    await alex.says("Which hours?")
    assert "12 34" not in alex.hears("What they would like in return: something else (1).", "> A coffee, or call")


async def test_nobody_is_asked_twice_in_a_month_and_another_cannot_answer(
    camille: Person, noor: Person, alex: Person, days: Days, stage: BareStage
) -> None:
    await camille.says("/dialogue")
    await camille.presses("Anything")
    camille.hears("Ready to talk about anything")
    await alex.says("/askready")
    await alex.says("Which hours?")
    alex.hears("1 person is asked.")
    await days.go_by(seconds=1)
    await stage.do(noor, command="answer_team", args={"invitation": "1", "text": "Mine"})
    await days.go_by(days=29)
    assert not stage.staff()
    await alex.says("/askready")
    alex.hears("Nobody is ready to be asked about this now")
    await days.go_by(days=2)
    await alex.says("/askready")
    alex.hears("1 person is ready.")
    # With their name only when they chose so.
    await camille.presses("With my name")
    camille.hears("The team sees your name with your answers.")
    await alex.says("Which days?")
    await days.go_by(seconds=1)
    await camille.presses("Answer")
    await camille.says("Ten")
    await days.go_by(seconds=1)
    assert "camille answers “Which days?”:" in stage.staff()[-1]


async def test_of_what_is_nameless_nothing_is_stored_and_people_are_counted_once(
    camille: Person, stage: BareStage, noor: Person
) -> None:
    await namelessly(stage, camille, "Sunday opening")
    assert "Happy to talk" not in camille.hears("#1000")
    await stage.do(camille, command="dialogue", args={"number": "1000"})
    camille.hears("Nothing is stored that leads from #1000 to you.")
    assert await stage.core.store.read(_count) == 0
    # The number of people is for the digest.
    for person in (camille, noor):
        await person.says("/dialogue")
        await person.presses("Quality")
        await person.says("/dialogue")
        await person.presses("Anything")
    assert await stage.core.store.read(_count) == 2


def _count(session: Session) -> int:
    return readiness.ready_count(session, communities.every(session)[0].id)


async def test_it_reads_well_in_french(camille: Person, alex: Person, days: Days) -> None:
    camille.language = "fr"
    await camille.says("/suggerer Ouvrir le dimanche")
    await camille.presses("En parler avec l’équipe")
    camille.hears("D’accord pour parler de : #1, jusqu’au 2 juin.".replace(" :", "\u00a0:"))
    await alex.says("/askready 1")
    await alex.says("Which hours?")
    await days.go_by(seconds=1)
    camille.hears("L’équipe demande", "> Which hours?", "[Répondre]")


async def test_erasing_takes_it_all(camille: Person, alex: Person, days: Days, stage: BareStage) -> None:
    await camille.says("/dialogue")
    await camille.presses("Anything")
    await alex.says("/askready")
    await alex.says("Which hours?")
    await days.go_by(seconds=1)
    await camille.presses("Answer")
    await camille.says(MARKER)
    await camille.says("/forgetme")
    await camille.presses("Erase everything about me")
    assert await stage.core.store.read(_count) == 0
    await days.go_by(seconds=1)
    assert not stage.staff()
