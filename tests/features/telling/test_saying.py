"""What became of feedback is drafted, edited, approved and posted once, where the community lives."""

import pytest
from sqlmodel import Session

from storage.items.public import boards
from storage.people import communities
from tests.clock import WEDNESDAY
from tests.features.moderation.speaking import namelessly
from tests.features.telling.conftest import Days
from tests.stage import PLATFORM, BareStage, Person


@pytest.fixture
async def ideas(stage: BareStage) -> None:
    def job(session: Session) -> None:
        boards.show_ideas(session, communities.every(session)[0].id, PLATFORM, "plaza", WEDNESDAY)

    await stage.core.store.write(job)


@pytest.fixture
async def decided(camille: Person, alex: Person, ideas: None) -> None:
    for words in ("Sunday opening", "A dark theme", "Fewer mails"):
        await camille.says(f"/suggest {words}")
    await alex.says("/queue 1 not_planned No volunteers that day.")
    await alex.says("/queue 2 done")
    await alex.says("/queue 3 done")


@pytest.mark.usefixtures("decided")
async def test_it_is_drafted_edited_and_posted_once(alex: Person, days: Days, stage: BareStage) -> None:
    await alex.says("/said")
    alex.hears("You said, we did.", "#2 A dark theme: done", "You said, we won't.", "No volunteers that day.")
    await alex.presses("Leave out #3")
    assert "Fewer mails" not in alex.hears("#2 A dark theme")
    await alex.presses("Post")
    alex.hears("It is posted in 1 place.")
    await days.go_by(seconds=1)
    (posted,) = stage.staff()
    assert posted == (
        "You said, we did.\n• #2 A dark theme: done\n"
        "You said, we won't.\n• #1 Sunday opening: No volunteers that day.\n"
    )
    await alex.says("/said")
    assert "#2" not in alex.hears("#3 Fewer mails")
    await alex.presses("Post")
    await alex.says("/said")
    alex.hears("No outcome waits to be told in public.")


@pytest.mark.usefixtures("decided")
async def test_two_drafts_post_each_outcome_once(alex: Person, days: Days, stage: BareStage) -> None:
    await alex.says("/said")
    first = stage.token(alex, "Post")
    await alex.says("/said")
    await alex.presses("Post")
    await stage.do(alex, button=first)
    alex.hears("Nothing of this is left to be said.")
    await days.go_by(seconds=1)
    assert len(stage.staff()) == 1


@pytest.mark.usefixtures("decided")
async def test_its_words_can_be_replaced(alex: Person, days: Days, stage: BareStage) -> None:
    await alex.says("/said")
    await alex.presses("Other words")
    await alex.says("The theme is dark at last.")
    alex.hears("The theme is dark at last.")
    await alex.presses("Post")
    await days.go_by(seconds=1)
    assert stage.staff() == ["The theme is dark at last.\n"]


@pytest.mark.usefixtures("ideas")
async def test_what_is_nameless_or_for_the_team_does_not_appear_and_contact_data_neither(
    camille: Person, alex: Person, stage: BareStage, days: Days, noor: Person
) -> None:
    await namelessly(stage, camille, "Sunday opening")
    await camille.says("/problem The hall is cold")
    await alex.says("/queue 1000 done")
    await alex.says("/queue 1 done")
    await alex.says("/said")
    alex.hears("No outcome waits to be told in public.")
    # It says the words as they are now without contact data.
    await camille.says("/suggest Monday opening")
    await camille.says("/edit 2 Monday opening until noon, tell me: camille@example.org")
    await alex.says("/queue 2 done")
    await alex.says("/said")
    draft = alex.hears("• #2 Monday opening until noon, tell me:")
    await alex.presses("Post")
    await days.go_by(seconds=1)
    assert "camille@example.org" not in f"{draft} {stage.staff()[-1]}"
    # Praise is quoted where its author allows it.
    await camille.says("/praise A call back in ten minutes!")
    camille.hears("May the team quote this in public, without your name?")
    await camille.presses("May be quoted")
    camille.hears("Thank you. The team may quote #3 in public, without your name.")
    await noor.says("/praise Friendly people")
    await alex.says("/queue 3 done")
    await alex.says("/queue 4 done")
    await alex.says("/said")
    assert "Friendly" not in alex.hears("You said, thank you.", "> A call back in ten minutes! #3")
    await camille.says("/mine")
    await camille.presses("Do not quote #3")
    camille.hears("#3 is not quoted in public.")
    await alex.says("/said")
    alex.hears("No outcome waits to be told in public.")


@pytest.mark.usefixtures("decided")
async def test_what_was_erased_is_taken_out_before_it_is_posted(
    camille: Person, alex: Person, days: Days, stage: BareStage
) -> None:
    await alex.says("/said")
    await alex.presses("Post")
    await camille.says("/forgetme")
    await camille.presses("Erase everything about me")
    await days.go_by(seconds=1)
    assert stage.staff() == []


async def test_without_a_place_it_says_what_is_missing(camille: Person, alex: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/queue 1 done")
    await alex.says("/said")
    alex.hears("No place of the members is known yet: one is, once somebody writes to the bot there.", "[Other words]")
