"""News comes at most once a day: the first at once, what follows in one message when the day is over."""

from tests.features.moderation.speaking import namelessly
from tests.features.telling.conftest import Days
from tests.stage import BareStage, Person
from tests.words import WISHES


def told(person: Person) -> list[str]:
    """What this person was sent of decisions."""
    return [text for text in person.stage.heard(person) if "is now" in text or "of news" in text]


async def _three(camille: Person) -> None:
    for words in ("Sunday opening", "A dark theme", "Fewer mails"):
        await camille.says(f"/suggest {words}")


async def test_the_first_comes_at_once_and_the_rest_in_one_message(camille: Person, alex: Person, days: Days) -> None:
    await _three(camille)
    await alex.says("/queue 1 planned")
    await days.go_by(seconds=61)
    camille.hears("#1 is now planned.", "> Sunday opening", "[Mute #1]")
    # Of one item the last decision is told.
    await alex.says("/queue 2 review")
    await days.go_by(minutes=2)
    await alex.says("/queue 2 planned")
    await alex.says("/queue 3 done")
    await days.go_by(hours=23)
    assert len(told(camille)) == 1
    await days.go_by(hours=1, minutes=2)
    camille.hears("2 pieces of news", "#2 is now planned. “A dark theme”", "#3 is now done. “Fewer mails”")
    camille.hears("[#2]", "[#3]")
    camille.never_heard("#2 is now under review.")
    await camille.presses("#2")
    camille.hears("Status: planned")
    await days.go_by(days=3)
    assert len(told(camille)) == 2


async def test_what_was_decided_together_comes_in_one_message_or_is_undone(
    camille: Person, noor: Person, alex: Person, days: Days
) -> None:
    for before, often in ((0, "at once"), (4, "at most once a day")):
        await camille.says(f"/notifications {often}")
        numbers = [before + number for number in (1, 2, 3, 4)]
        for number in numbers:
            await (noor if number == numbers[-1] else camille).says(f"/suggest {WISHES[number]}")
        await alex.says(f"/queue {' '.join(map(str, numbers))} planned")
        await alex.presses("Planned: 4 items")
        heard = len(told(camille))
        await days.go_by(seconds=30)
        assert len(told(camille)) == heard
        await days.go_by(seconds=31)
        assert len(told(camille)) == heard + 1
        camille.hears("3 pieces of news", *(f"#{number} is now planned." for number in numbers[:3]))
        noor.hears(f"#{numbers[-1]} is now planned.", f"[Mute #{numbers[-1]}]")
        await days.go_by(days=2)
    # What is undone is not told.
    for number in (9, 10, 11):
        await camille.says(f"/suggest {WISHES[number]}")
    heard = len(told(camille))
    await alex.says("/queue 9 10 11 planned")
    await alex.presses("Planned: 3 items")
    await alex.presses("Undo")
    await days.go_by(days=2)
    assert len(told(camille)) == heard


async def test_each_reader_is_told_in_their_language_whatever_crashes_and_one_alone_comes_as_it_is(
    camille: Person, noor: Person, alex: Person, days: Days, stage: BareStage
) -> None:
    ines = Person(stage, "ines", language="fr")
    await _three(camille)
    for person in (noor, ines):
        await person.says("/support 1")
        await person.says("/follow 2")
    await alex.says("/queue 1 done")
    await alex.says("/queue 2 not_planned No volunteers.")
    await stage.restart()
    await days.go_by(minutes=2)
    camille.hears("2 pieces of news")
    noor.hears("2 pieces of news")
    ines.hears("2 nouvelles")
    await stage.restart()
    await days.go_by(minutes=2)
    assert len(told(camille)) == 1
    # One alone comes as it is.
    await alex.says("/queue 3 not_planned No volunteers.")
    await days.go_by(days=1, minutes=3)
    camille.hears("#3 is now not planned.", "No volunteers.", "[Answer] [Mute #3]")


async def test_what_is_undone_is_not_told_and_does_not_count_as_the_first(
    camille: Person, alex: Person, days: Days
) -> None:
    await _three(camille)
    await alex.says("/queue 1")
    await alex.presses("Done")
    await alex.presses("Undo")
    await alex.says("/queue 2 done")
    await days.go_by(minutes=2)
    camille.hears("#2 is now done.")
    # Nor is what is undone while it is held.
    await alex.says("/queue 3")
    await alex.presses("Done")
    await days.go_by(seconds=59)
    await alex.presses("Undo")
    await days.go_by(days=2)
    camille.never_heard("#1 is now", "#3 is now")


async def test_news_of_what_is_nameless_comes_alone(camille: Person, alex: Person, days: Days) -> None:
    await namelessly(camille.stage, camille, "Sunday opening")  # type: ignore[arg-type]
    await namelessly(camille.stage, camille, "Fewer mails")  # type: ignore[arg-type]
    await alex.says("/queue 1000 done")
    await alex.says("/queue 1001 done")
    await days.go_by(minutes=2)
    assert len(told(camille)) == 2


async def test_what_was_made_nameless_since_comes_alone(camille: Person, alex: Person, days: Days) -> None:
    await _three(camille)
    await alex.says("/queue 1 done")
    await days.go_by(minutes=2)
    await alex.says("/queue 2 planned")
    await alex.says("/queue 3 planned")
    await days.go_by(minutes=2)
    await camille.stage.do(camille, command="visibility", args={"number": "2", "name": "nameless", "sure": ""})  # type: ignore[attr-defined]
    await camille.presses("Take my name off")
    await days.go_by(minutes=1)
    camille.hears("#2 is now planned.")
    await days.go_by(days=1)
    camille.hears("#3 is now planned.")
    camille.never_heard("pieces of news")


async def test_a_question_of_the_team_and_a_withdrawal_come_at_once(
    camille: Person, alex: Person, days: Days, noor: Person
) -> None:
    await _three(camille)
    await alex.says("/queue 1 done")
    await days.go_by(minutes=2)
    await alex.says("/askauthor 2 All day?")
    await days.go_by(seconds=1)
    camille.hears("The team has a question about #2:")
    # Supporters hear of a withdrawal.
    noor.language = "fr"
    await noor.says("/support 3")
    await camille.says("/withdraw 3")
    await days.go_by(seconds=1)
    noor.hears("#3 vient d’être retiré par la personne qui l’avait écrit.")
    camille.never_heard("was just withdrawn")


async def test_what_was_joined_is_news_as_any_other(
    camille: Person, noor: Person, alex: Person, stage: BareStage, days: Days
) -> None:
    await noor.says("/suggest Open on Sundays")
    await camille.says("/suggest Sunday opening")
    await camille.says("/suggest A dark theme")
    await camille.says("/notifications daily")
    await alex.says("/jointo 2 1")
    await alex.presses("Join #2 to #1")
    await alex.says("/queue 3 planned")
    await stage.deliver()
    camille.never_heard("was joined to #1")
    await days.go_by(days=1, minutes=2)
    camille.hears("2 pieces of news", "#2 was joined to #1, which says the same.", "#3 is now planned.")
