"""How often there is news is everybody's own choice; and each item can be muted."""

import pytest

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


async def test_at_once_each_comes_alone(camille: Person, alex: Person, days: Days) -> None:
    await camille.says("/notifications at once")
    await _decided(camille, alex, 1, 2)
    await days.go_by(seconds=61)
    assert told(camille) == 2


async def test_daily_news_comes_at_nine(camille: Person, alex: Person, days: Days) -> None:
    await camille.says("/notifications daily")
    await _decided(camille, alex, 1, 2)
    # It is 11:00 in Paris; the next nine o'clock is 22 hours away.
    await days.go_by(hours=21, minutes=59)
    assert told(camille) == 0
    await days.go_by(minutes=1)
    camille.hears("2 pieces of news", "#1 is now planned.", "#2 is now planned.")


async def test_weekly_news_comes_on_monday(camille: Person, alex: Person, days: Days) -> None:
    await camille.says("/notifications weekly")
    await _decided(camille, alex, 1, 2)
    await days.go_by(days=4, hours=21)
    assert told(camille) == 0
    await days.go_by(hours=1)
    camille.hears("2 pieces of news")


async def test_never_sends_nothing_and_mine_shows_what_is_new(camille: Person, alex: Person, days: Days) -> None:
    await camille.says("/notifications never")
    await _decided(camille, alex, 1)
    alex.hears("Nobody to tell.")
    await days.go_by(days=40)
    assert told(camille) == 0
    await camille.says("/mine")
    camille.hears("New · #1 Idea 1 · planned")
    await camille.says("/mine")
    assert "New ·" not in camille.hears("#1 Idea 1 · planned")


async def test_what_was_held_follows_another_choice(camille: Person, alex: Person, days: Days) -> None:
    await camille.says("/notifications never")
    await _decided(camille, alex, 1, 2)
    await days.go_by(minutes=5)
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


@pytest.mark.parametrize("named", [True, False])
async def test_what_is_muted_is_told_no_more_until_it_is_again(
    camille: Person, alex: Person, days: Days, stage: BareStage, named: bool
) -> None:
    await (camille.says("/suggest Sunday opening") if named else namelessly(stage, camille, "Sunday opening"))
    number = 1 if named else 1000
    await alex.says(f"/queue {number} planned")
    await days.go_by(minutes=2)
    await camille.presses(f"Mute #{number}")
    camille.hears(f"No more news of #{number}. /mine still shows it.", f"[Tell me of #{number} again]")
    await alex.says(f"/queue {number} review")
    alex.hears("Nobody to tell.")
    await days.go_by(days=2)
    assert told(camille) == 1
    await camille.presses(f"Tell me of #{number} again")
    await alex.says(f"/queue {number} done")
    await days.go_by(days=2)
    camille.hears(f"#{number} is now done.")


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
