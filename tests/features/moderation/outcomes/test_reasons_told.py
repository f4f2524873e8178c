"""A ready-made reason that the team stored in both languages is told to each reader in theirs."""

import pytest

from tests.clock import StillClock
from tests.stage import BareStage, Person


@pytest.fixture
async def supported(camille: Person, emile: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await emile.says("/soutenir 1")


async def _store(alex: Person, status: str, english: str, french: str = "") -> None:
    await alex.says(f"/reasons {status} {english}")
    if french:
        await alex.presses("Français")
        await alex.presses("Say it in Français")
        await alex.says(french)


async def _told(stage: BareStage, clock: StillClock) -> None:
    clock.forward(minutes=2)
    await stage.deliver()


@pytest.mark.usefixtures("supported")
async def test_each_reads_theirs(
    camille: Person, emile: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await _store(alex, "not planned", "Too late in the year.", "Trop tard cette année.")
    alex.hears("4. Trop tard cette année. (English: Too late in the year.)")
    await alex.says("/queue 1 not planned")
    await alex.presses("Too late in the year.")
    await _told(stage, clock)
    camille.hears("#1 is now not planned.", "Too late in the year.")
    emile.hears("Trop tard cette année.")
    assert "Too late" not in emile.hears()
    await emile.says("/statut 1")
    emile.hears("Trop tard cette année.")


@pytest.mark.usefixtures("supported")
async def test_what_is_filled_in_is_in_each_language(
    camille: Person, emile: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await _store(alex, "done", "#{number} since {date}: {link}!", "#{number} depuis le {date} : {link} !")
    await alex.says("/queue 1 done")
    await alex.presses("Add a link")
    await alex.presses("#1 since 4 March: …!")
    await alex.says("https://example.org/sunday")
    await _told(stage, clock)
    camille.hears("#1 since 4 March: https://example.org/sunday!")
    emile.hears("#1 depuis le 4 mars : https://example.org/sunday !")


@pytest.mark.usefixtures("supported")
async def test_stored_in_one_language_it_is_told_as_it_is(
    emile: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await _store(alex, "not planned", "Too late in the year.")
    await alex.says("/queue 1 not planned")
    await alex.presses("Too late in the year.")
    await _told(stage, clock)
    emile.hears("Too late in the year.")


@pytest.mark.usefixtures("supported")
async def test_what_was_added_in_two_languages_is_the_same_only_when_that_was_said(
    emile: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await _store(alex, "not planned", "Too late in the year.")
    await alex.presses("Français")
    await alex.presses("Add")
    await alex.says("Trop cher.")
    alex.hears("4. Trop cher.", "– (English: Too late in the year.) [Say it in Français]")
    await alex.says("/queue 1 not planned")
    await alex.presses("Too late in the year.")
    await _told(stage, clock)
    emile.hears("Too late in the year.")
    emile.never_heard("Trop cher.")


async def test_of_two_moderators_who_say_the_same_one_the_second_is_told(stage: BareStage, alex: Person) -> None:
    sam = Person(stage, "sam", alex.role)
    await _store(alex, "not planned", "Too late in the year.")
    await alex.presses("Français")
    await sam.says("/reasons not planned fr")
    await sam.presses("Say it in Français")
    await alex.presses("Say it in Français")
    await alex.says("Trop tard cette année.")
    await sam.says("Trop tard.")
    sam.hears("These reasons were changed meanwhile. Nothing was done.")


@pytest.mark.usefixtures("supported")
async def test_one_removed_is_no_other_ones_counterpart(
    emile: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await _store(alex, "not planned", "Too late in the year.", "Trop tard cette année.")
    await alex.presses("English")
    await alex.presses("Remove 4")
    await alex.presses("Add")
    await alex.says("Nobody to do it.")
    await alex.says("/queue 1 not planned")
    await alex.presses("Nobody to do it.")
    await _told(stage, clock)
    emile.hears("Nobody to do it.")
    emile.never_heard("Trop tard")


@pytest.mark.usefixtures("supported")
async def test_the_teams_words_replace_the_products(
    emile: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await alex.says("/reasons not planned")
    await alex.presses("Français")
    await alex.presses("Change 3")
    await alex.says("Pas de notre ressort.")
    await alex.says("/queue 1 not planned")
    await alex.presses("Not ours to decide.")
    await _told(stage, clock)
    emile.hears("Pas de notre ressort.")
