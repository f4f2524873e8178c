"""Moderators join feedback that says the same; its authors are told, follow what it is joined to, and may object."""

from tests.stage import Person


async def joins(camille: Person, noor: Person, alex: Person) -> None:
    """Camille's #1 and Noor's #2 say the same, and Alex joins the second to the first."""
    await camille.says("/suggest A bench at the stop")
    await noor.says("/suggest Somewhere to sit by the bus")
    await alex.says("/jointo 2 1")
    alex.hears("> Somewhere to sit by the bus", "> A bench at the stop", "Do both say the same?")
    await alex.presses("Join #2 to #1")
    alex.hears("#2 is joined to #1 (1 supporter). 1 author will be told.", "[Separate #2]")


async def test_the_author_is_told_and_hears_what_becomes_of_it(camille: Person, noor: Person, alex: Person) -> None:
    await joins(camille, noor, alex)
    await noor.stage.deliver()
    noor.hears(
        "#2 was joined to #1, which says the same.", "> A bench at the stop", "What becomes of it will come here."
    )
    await noor.says("/status 2")
    noor.hears("Status: joined to #1", "#1, which says the same, is received:", "[#1]", "[Not the same]")
    await alex.says("/queue 1 planned")
    alex.hears("#1 is now planned. 2 people will be told.")
    await noor.stage.deliver()
    noor.hears("#1 is now planned.", "#2 is joined to it.")
    camille.hears("#1 is now planned.")


async def test_each_person_counts_once(camille: Person, noor: Person, alex: Person) -> None:
    await camille.says("/suggest A bench at the stop")
    await noor.says("/suggest Somewhere to sit by the bus")
    await noor.says("/support 1")
    noor.hears("you support #1 (1 supporter)")
    await alex.says("/jointo 2 1")
    await alex.presses("Join #2 to #1")
    alex.hears("#2 is joined to #1 (1 supporter).")
    await alex.says("/support 2")
    alex.hears("you support #1 (2 supporters)")


async def test_who_supports_it_hears_what_becomes_of_it(camille: Person, noor: Person, alex: Person) -> None:
    await camille.says("/suggest A bench at the stop")
    await camille.says("/suggest Somewhere to sit by the bus")
    await noor.says("/support 2")
    await alex.says("/jointo 2 1")
    await alex.presses("Join #2 to #1")
    alex.hears("#2 is joined to #1 (1 supporter).")
    await alex.says("/queue 1 planned")
    await noor.stage.deliver()
    noor.hears("#1 is now planned.", "> A bench at the stop", "#2 is joined to it.")


async def test_an_author_counts_at_what_theirs_is_joined_to(camille: Person, noor: Person, alex: Person) -> None:
    await joins(camille, noor, alex)
    await noor.says("/support 1")
    noor.hears("#2 is yours and joined to #1: it counts already.")


async def test_a_moderator_undoes_it(camille: Person, noor: Person, alex: Person) -> None:
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


async def test_the_author_objects_once(camille: Person, noor: Person, alex: Person) -> None:
    await joins(camille, noor, alex)
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


async def test_a_nameless_author_is_told_where_they_wrote(camille: Person, noor: Person, alex: Person) -> None:
    await camille.says("/suggest A bench at the stop")
    await noor.says("/suggest")
    await noor.fills(text="The stop has no seat", audience="everyone", name="nameless")
    await noor.presses("Send")
    await alex.says("/jointo 1000 1")
    await alex.presses("Join #1000 to #1")
    alex.hears("#1000 is joined to #1 (1 supporter). 1 author will be told.")
    await noor.stage.deliver()
    noor.hears("#1000 was joined to #1, which says the same.")
    await alex.says("/queue 1 done")
    alex.hears("2 people will be told.")
    await noor.stage.deliver()
    noor.hears("#1 is now done.", "#1000 is joined to it.")


async def test_what_is_for_the_team_only_stays_so(camille: Person, noor: Person, alex: Person) -> None:
    await camille.says("/suggest A bench at the stop")
    await noor.says("/problem My back hurts at the stop")
    await alex.says("/jointo 1 2")
    alex.hears("Everyone sees #1, and only the team #2: it works the other way round.")
    await alex.says("/jointo 2 1")
    alex.hears("#2 is for the team only, and stays so: members see nothing of it at #1.")
    await alex.presses("Join #2 to #1")
    await camille.says("/status 1")
    assert "#2" not in camille.hears("Support: 1 supporter")
    await alex.says("/status 1")
    alex.hears("Joined to it: #2")


async def test_the_screen_of_a_moderator_offers_it(camille: Person, noor: Person, alex: Person) -> None:
    await camille.says("/suggest A bench at the stop")
    await noor.says("/suggest Somewhere to sit by the bus")
    await alex.says("/queue 2")
    await alex.presses("Join to another")
    alex.hears("Which one says the same as #2?")
    await alex.says("1")
    await alex.presses("Join #2 to #1")
    alex.hears("#2 is joined to #1 (1 supporter).")
    await alex.says("/queue 2 done")
    alex.hears("#2: joined to #1. What is decided on #1 counts.", "Status: joined to #1", "[Separate #2]")


async def test_what_was_withdrawn_leaves_the_others_on_their_own(camille: Person, noor: Person, alex: Person) -> None:
    await joins(camille, noor, alex)
    await camille.says("/withdraw 1")
    await noor.says("/status 2")
    noor.hears("Status: received")


async def test_words_that_changed_meanwhile_are_shown_first(camille: Person, noor: Person, alex: Person) -> None:
    await camille.says("/suggest A bench at the stop")
    await noor.says("/suggest Somewhere to sit by the bus")
    await alex.says("/jointo 2 1")
    await noor.says("/edit 2 Buses on Sundays")
    await alex.presses("Join #2 to #1")
    alex.hears("The words have changed since they were shown here:", "> Buses on Sundays")


async def test_what_cannot_be_joined_says_why(camille: Person, alex: Person) -> None:
    await camille.says("/suggest A bench at the stop")
    await camille.says("/praise The clean stop")
    for words, heard in {
        "1 1": "#1 cannot be joined to itself.",
        "1 9": "There is no #9 that you can see here.",
        "2 1": "Praise is read, and not joined.",
    }.items():
        await alex.says(f"/jointo {words}")
        alex.hears(heard)
    await alex.says("/separate 1")
    alex.hears("#1 is not joined to another.")
    await camille.says("/jointo 1 2")
    camille.hears("This is for moderators.")
