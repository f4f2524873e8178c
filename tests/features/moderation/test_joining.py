"""What a join leaves as it was, and what cannot be joined."""

from tests.joins import joins
from tests.stage import BareStage, Person
from tests.words import strange


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


async def test_words_that_changed_meanwhile_are_shown_first_and_the_screen_of_a_moderator_offers_it(
    camille: Person, noor: Person, alex: Person
) -> None:
    await camille.says("/suggest A bench at the stop")
    await noor.says("/suggest Somewhere to sit by the bus")
    await alex.says("/jointo 2 1")
    await noor.says("/edit 2 Buses on Sundays")
    await alex.presses("Join #2 to #1")
    alex.hears("The words have changed since they were shown here:", "> Buses on Sundays")
    # The screen of a moderator offers it.
    await alex.says("/queue 2")
    await alex.presses("Join to another")
    alex.hears("Which one says the same as #2?")
    await alex.says("1")
    await alex.presses("Join #2 to #1")
    alex.hears("#2 is joined to #1 (1 supporter).")
    await alex.says("/queue 2 done")
    alex.hears("#2: joined to #1. What is decided on #1 counts.", "Status: joined to #1", "[Separate #2]")


async def test_the_other_way_round_it_is_joined_already_and_what_is_withdrawn_leaves_the_others_on_their_own(
    camille: Person, noor: Person, alex: Person
) -> None:
    await joins(camille, noor, alex)
    await alex.says("/jointo 1 2")
    alex.hears("#2 is joined already.")
    await camille.says("/withdraw 1")
    await noor.says("/status 2")
    noor.hears("Status: received")


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


HIDES = (
    "/remove {number} It is advertising.",
    "/withdraw {number}",
    "/edit {number} A roof for everybody",
    "/visibility {number} team",
    "/forgetme",
)


async def test_what_is_hidden_is_not_quoted_in_news_of_what_was_joined_to_it(
    stage: BareStage, camille: Person, alex: Person
) -> None:
    for turn, hides in enumerate(HIDES):
        named, nameless = Person(stage, f"author {turn}"), Person(stage, f"nameless author {turn}")
        number, joined = 2 * turn + 1, (2 * turn + 2, 1000 + turn)
        await camille.says(f"/suggest {turn} benches with xylophones")
        for author, name in ((named, "named"), (nameless, "nameless")):
            said = {"text": f"Somewhere to sit {strange(author.id)}", "audience": "everyone", "name": name}
            await stage.do(author, command="suggest", args=said)
        await nameless.presses("Send")
        for one in joined:
            await alex.says(f"/jointo {one} {number}")
            await alex.presses(f"Join #{one} to #{number}")
        await alex.says(f"/queue {number} planned")
        await (alex if "remove" in hides else camille).says(hides.format(number=number))
        if hides == "/forgetme":
            await camille.presses("Erase everything about me")
        await stage.deliver()
        for author in (named, nameless):
            told = any(f"#{number} is now planned" in text for text in stage.heard(author))
            assert told or "remove" not in hides
            author.never_heard("xylophones")


async def test_nor_is_it_quoted_to_who_supports_what_was_joined(
    stage: BareStage, camille: Person, noor: Person, alex: Person
) -> None:
    ines = Person(stage, "ines")
    await camille.says("/suggest A bench with xylophones")
    await noor.says("/suggest Somewhere to sit")
    await ines.says("/support 2")
    await alex.says("/queue 1 planned")
    await alex.says("/jointo 2 1")
    await alex.presses("Join #2 to #1")
    await alex.says("/remove 1 It is advertising.")
    await stage.deliver()
    ines.hears("#2, which you support or follow, was joined to #1")
    ines.never_heard("xylophones")


async def test_who_takes_it_from_view_is_told_of_what_is_joined_to_it(
    camille: Person, noor: Person, alex: Person
) -> None:
    await joins(camille, noor, alex)
    await alex.says("/remove 1 It is advertising.")
    alex.hears("#1 is taken from view", "Joined to it, and in no list as long as it is: #2.", "[Separate #2]")
    await alex.presses("Separate #2")
    await camille.says("/top")
    camille.hears("#2")


async def test_who_supports_what_is_joined_to_what_is_done_hears_so_once(
    camille: Person, noor: Person, alex: Person
) -> None:
    """The decision was told before they were concerned by it."""
    ines, omar = Person(camille.stage, "ines", language="fr"), Person(camille.stage, "omar")
    await camille.says("/suggest A bench at the stop")
    await noor.says("/suggest Somewhere to sit by the bus")
    for person in (ines, omar, camille):
        await person.says("/support 2")
    await omar.says("/notifications never")
    await alex.says("/queue 1 done By the door since Monday.")
    await alex.stage.deliver()
    told = len(camille.stage.heard(camille))
    await alex.says("/jointo 2 1")
    await alex.presses("Join #2 to #1")
    alex.hears("1 author will be told. 1 person who supports or follows it will be told.")
    await alex.stage.deliver()
    assert "What becomes of it" not in noor.hears("#2 was joined to #1", "#1 is done.")
    ines.hears("#2, soutenu ou suivi, est regroupé avec #1", "> A bench at the stop", "[Voir où cela en est]", "fait.")
    omar.never_heard("#1")
    assert len(camille.stage.heard(camille)) == told
    await alex.says("/separate 2")
    await alex.stage.deliver()
    ines.hears("#2 est de nouveau à part.")


async def test_who_supports_what_is_joined_to_what_waits_hears_its_outcome_alone(
    camille: Person, noor: Person, alex: Person
) -> None:
    await camille.says("/suggest A bench at the stop")
    await noor.says("/suggest Somewhere to sit by the bus")
    ines = Person(camille.stage, "ines")
    await ines.says("/support 2")
    await alex.says("/jointo 2 1")
    await alex.presses("Join #2 to #1")
    await alex.stage.deliver()
    ines.never_heard("joined to #1")
