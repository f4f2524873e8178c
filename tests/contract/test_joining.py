"""Moderators join feedback that says the same; its authors are told, follow what it is joined to, and may object."""

import pytest

from tests.joins import joins
from tests.stage import Person


async def test_the_author_named_or_nameless_is_told_and_hears_what_becomes_of_it(
    camille: Person, noor: Person, alex: Person
) -> None:
    await joins(camille, noor, alex)
    await noor.stage.deliver()
    noor.hears(
        "#2 was joined to #1, which says the same.", "> A bench at the stop", "What becomes of it will come here."
    )
    await noor.says("/status 2")
    noor.hears("Status: joined to #1", "#1, which says the same, is received:", "[#1]", "[Not the same]")
    await noor.says("/support 1")
    noor.hears("#2 is yours and joined to #1: it counts already.")
    await alex.says("/queue 1 planned")
    alex.hears("#1 is now planned. 2 people will be told.")
    await noor.stage.deliver()
    noor.hears("#1 is now planned.", "#2 is joined to it.")
    camille.hears("#1 is now planned.")
    # A nameless author is told where they wrote.
    await camille.says("/suggest A lamp at the gate")
    await noor.says("/suggest")
    await noor.fills(text="The gate has no light", audience="everyone", name="nameless")
    await noor.presses("Send")
    await alex.says("/jointo 1000 3")
    await alex.presses("Join #1000 to #3")
    alex.hears("#1000 is joined to #3 (1 supporter). 1 author will be told.")
    await noor.stage.deliver()
    noor.hears("#1000 was joined to #3, which says the same.")
    await alex.says("/queue 3 done")
    alex.hears("2 people will be told.")
    await noor.stage.deliver()
    noor.hears("#3 is now done.", "#1000 is joined to it.")


@pytest.mark.on("discord")
async def test_each_person_counts_once_and_who_supports_it_hears_what_becomes_of_it(
    camille: Person, noor: Person, alex: Person
) -> None:
    mia = Person(alex.stage, "mia")
    await camille.says("/suggest A bench at the stop")
    await mia.says("/suggest Somewhere to sit by the bus")
    await mia.says("/support 1")
    mia.hears("you support #1 (1 supporter)")
    await noor.says("/support 2")
    for typed in ("/jointo 2 to 1", "/join #2 into #1", "/joindre 2 à 1", "/rattacher n° 2 avec n° 1", "/join 2 1"):
        await alex.says(typed)
        alex.hears("> Somewhere to sit by the bus", "> A bench at the stop")
    await camille.says("/join 2 into 1")
    camille.hears("This invitation does not fit")
    await alex.presses("Join #2 to #1")
    alex.hears("#2 is joined to #1 (2 supporters).")
    await alex.says("/support 2")
    alex.hears("you support #1 (3 supporters)")
    await alex.says("/queue 1 planned")
    await noor.stage.deliver()
    noor.hears("#1 is now planned.", "> A bench at the stop", "#2 is joined to it.")


@pytest.mark.on("telegram")
async def test_a_moderator_undoes_it_and_the_author_objects_once(camille: Person, noor: Person, alex: Person) -> None:
    await joins(camille, noor, alex)
    await alex.presses("Separate #2")
    alex.hears("#2 stands on its own again: received.")
    await noor.stage.deliver()
    await noor.says("/status 2")
    noor.hears("Status: received", "Support: 0 supporters")
    await alex.presses("Join #2 to #1")
    alex.hears("#2 is joined to #1 (1 supporter).")
    await noor.stage.deliver()
    await alex.says("/separer 2")
    alex.hears("#2 stands on its own again: received. 1 author will be told.")
    await noor.stage.deliver()
    noor.hears("#2 stands on its own again.")
    await alex.says("/jointo 2 1")
    await alex.presses("Join #2 to #1")
    await noor.stage.deliver()
    await noor.presses("Not the same")
    noor.hears("The team is told that #2 is something else.")
    await noor.stage.deliver()
    assert "#2 is not the same as #1, says its author." in noor.stage.staff()[-1]
    await noor.says("/status 2")
    await noor.presses("Not the same")
    noor.hears("The team was told already that #2 is something else.")
    await alex.presses("Separate #2")
    alex.hears("#2 stands on its own again: received.")
