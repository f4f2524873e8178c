"""How often there is news is everybody's own choice; and each item can be muted."""

from tests.features.moderation.speaking import namelessly
from tests.features.telling.conftest import Days
from tests.stage import BareStage, Person


def told(person: Person) -> int:
    return sum("is now" in text or "pieces of news" in text for text in person.stage.heard(person))


async def _decided(camille: Person, alex: Person, *numbers: int) -> None:
    for number in numbers:
        await camille.says(f"/suggest Idea {number}")
        await alex.says(f"/queue {number} planned")


async def test_it_says_what_is_and_offers_the_rest(camille: Person, noor: Person) -> None:
    await camille.says("/notifications")
    camille.hears("News comes at most once a day", "[at most once a day] [at once] [every day at nine]")
    await camille.presses("never")
    camille.hears("No news is sent. /mine shows what is new.")
    noor.language = "fr"
    await noor.says("/notifications lundi")
    noor.hears("Les nouvelles arrivent le lundi à neuf heures, en un seul message.")


async def test_news_comes_at_once_at_nine_or_on_monday(
    camille: Person, noor: Person, alex: Person, days: Days, stage: BareStage
) -> None:
    luc = Person(stage, "luc")
    for number, (person, often) in zip(
        (1, 3, 5), ((camille, "at once"), (noor, "daily"), (luc, "weekly")), strict=True
    ):
        await person.says(f"/notifications {often}")
        await _decided(person, alex, number, number + 1)
    await days.go_by(seconds=61)
    assert told(camille) == 2, "each comes alone"
    # It is 11:01 in Paris; the next nine o'clock is 21 hours and 59 minutes away.
    await days.go_by(hours=21, minutes=57, seconds=59)
    assert told(noor) == 0
    await days.go_by(minutes=1)
    noor.hears("2 pieces of news", "#3 is now planned.", "#4 is now planned.")
    await days.go_by(days=3, hours=23)
    assert told(luc) == 0
    await days.go_by(hours=1)
    luc.hears("2 pieces of news")


async def test_never_sends_nothing_mine_shows_what_is_new_and_what_was_held_follows_another_choice(
    camille: Person, alex: Person, days: Days
) -> None:
    await camille.says("/notifications never")
    await _decided(camille, alex, 1)
    alex.hears("Nobody to tell.")
    await days.go_by(days=40)
    assert told(camille) == 0
    await camille.says("/mine")
    camille.hears("New · #1 Idea 1 · planned")
    await camille.says("/mine")
    assert "New ·" not in camille.hears("#1 Idea 1 · planned")
    # What was held follows another choice.
    await _decided(camille, alex, 2, 3)
    await days.go_by(minutes=5)
    assert told(camille) == 0
    await camille.says("/notifications at once")
    await days.go_by(seconds=1)
    camille.hears("2 pieces of news")


async def test_a_new_choice_does_not_hurry_what_can_be_undone(camille: Person, alex: Person, days: Days) -> None:
    await camille.says("/suggest Idea 1")
    await alex.says("/queue 1")
    await alex.presses("Planned")
    await camille.says("/notifications at once")
    await days.go_by(seconds=30)
    assert told(camille) == 0
    await alex.presses("Undo")
    await days.go_by(days=2)
    assert told(camille) == 0


async def test_what_is_muted_is_told_no_more_until_it_is_again(
    camille: Person, noor: Person, alex: Person, days: Days, stage: BareStage
) -> None:
    await camille.says("/suggest Sunday opening")
    await namelessly(stage, noor, "A dark theme")
    for person, number in ((camille, 1), (noor, 1000)):
        await alex.says(f"/queue {number} planned")
        await days.go_by(minutes=2)
        await person.presses(f"Mute #{number}")
        person.hears(f"No more news of #{number}. /mine still shows it.", f"[Tell me of #{number} again]")
        await alex.says(f"/queue {number} review")
        alex.hears("Nobody to tell.")
        await days.go_by(days=2)
        assert told(person) == 1
        await person.presses(f"Tell me of #{number} again")
        await alex.says(f"/queue {number} done")
        await days.go_by(days=2)
        person.hears(f"#{number} is now done.")


async def test_a_supporter_mutes_for_themselves_alone(camille: Person, noor: Person, alex: Person, days: Days) -> None:
    await camille.says("/suggest Sunday opening")
    await noor.says("/support 1")
    await alex.says("/queue 1 planned")
    await days.go_by(minutes=2)
    await noor.presses("Mute #1")
    await alex.says("/queue 1 done")
    alex.hears("1 person will be told.")
    await days.go_by(days=2)
    assert (told(camille), told(noor)) == (2, 1)
    await camille.says("/withdraw 1")
    await days.go_by(days=2)
    noor.never_heard("was just withdrawn")


async def test_muting_takes_back_what_waits(camille: Person, alex: Person, days: Days) -> None:
    await _decided(camille, alex, 1, 2, 3)
    await camille.says("/mine")
    await camille.presses("Mute #2")
    await days.go_by(minutes=2)
    camille.hears("2 pieces of news")
    camille.never_heard("#2 is now")


async def test_nobody_else_mutes_it(camille: Person, noor: Person, alex: Person, days: Days) -> None:
    await _decided(camille, alex, 1)
    await days.go_by(minutes=2)
    token = camille.stage.token(camille, "Mute #1")  # type: ignore[attr-defined]
    await camille.stage.do(noor, button=token)  # type: ignore[attr-defined]
    noor.hears("There is no news of #1 for you.")
