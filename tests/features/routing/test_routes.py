"""Who takes care of an area, as the settings' file and moderators say, and what becomes of what is filed there."""

from bot.ports.inbound import Chat
from storage.models import Feedback
from tests.features.routing.conftest import desk, file, say_in
from tests.stage import PLATFORM, BareStage, Person


async def test_the_receipt_names_the_team_and_the_day_of_its_area(
    camille: Person, stage: BareStage, alex: Person
) -> None:
    await file(stage, camille, "suggest", "Open on Sundays", area="Shop")
    camille.hears("Read by: Shop desk, aiming to answer by 9 March.")
    await file(stage, camille, "suggest", "Bring it earlier", area="Delivery")
    camille.hears("Read by: Delivery team, aiming to answer by 18 March.")
    # The team of the area owns what is filed.
    items = await stage.core.store.read(lambda session: [session.get_one(Feedback, one).team for one in (1, 2)])
    assert items == ["Shop desk", None]
    # Praise has no date.
    await file(stage, camille, "praise", "Lovely window", area="Shop")
    assert "aiming" not in camille.hears("Read by: Shop desk.")
    # The team follows the area.
    await file(stage, camille, "suggest", "A bench outside")
    await camille.says("/area 4 Shop")
    camille.hears("#4 is now about: Shop.", "Read by: Shop desk, aiming to answer by 9 March.")
    await stage.deliver()
    assert "> A bench outside" in desk(stage)[-1]
    moved = await stage.core.store.read(lambda session: session.get_one(Feedback, 4))
    assert moved.team == "Shop desk"


async def test_what_is_filed_in_an_area_comes_to_its_place_at_once(
    camille: Person, stage: BareStage, alex: Person
) -> None:
    # An area without a setting waits for the digest.
    await file(stage, camille, "suggest", "Bring it earlier", area="Delivery")
    await stage.deliver()
    assert stage.staff() == []
    # What is nameless is not posted, and what is for the trusted contacts never.
    await file(stage, camille, "problem", "The door is heavy", area="Shop", name="nameless")
    await camille.presses("Send")
    camille.hears("Got it")
    await stage.deliver()
    assert stage.staff() == []
    await file(stage, camille, "problem", "The site is down and it hurts", area="Shop", audience="trusted")
    camille.hears("Got it: problem #2.", "Only the trusted contacts can see it")
    await stage.deliver()
    assert stage.staff() == []
    # What has a name is.
    await file(stage, camille, "problem", "The till is slow", area="Shop")
    await stage.deliver()
    (shown,) = desk(stage)
    assert "New: problem #3." in shown
    assert "> The till is slow" in shown
    assert "Area: Shop." in shown
    assert "camille" not in shown
    await alex.presses("Open")
    alex.hears("Problem #3", "> The till is slow")


async def test_a_moderator_sets_an_area_in_chat(alex: Person, camille: Person, stage: BareStage) -> None:
    await alex.says("/route Shop team Another desk")
    alex.hears("The settings' file says this of Shop: it is changed there.")
    await alex.says("/route")
    alex.hears(
        "Shop · Shop desk · answers within 5 days · reads in a place of its own (Bare) · at once",
        "Delivery · Delivery team",
    )
    # A moderator sets an area in chat.
    await alex.says("/route Delivery team Van drivers")
    alex.hears("Delivery · Van drivers · answers within 14 days · reads in the staff place · with the digest")
    await alex.says("/route delivery answer 3 days")
    alex.hears("answers within 3 days")
    await alex.says("/route Delivery at once")
    alex.hears("at once")
    await say_in(stage, alex, "vans", "/route Delivery here")
    alex.hears("Does nobody but the team read here?")
    await stage.do(alex, button=stage.token(alex, "Only the team reads here"), chat=Chat(PLATFORM, "vans"))
    alex.hears("Delivery · Van drivers · answers within 3 days · reads here · at once")
    await file(stage, camille, "suggest", "Bring it earlier", area="Delivery")
    camille.hears("Read by: Van drivers, aiming to answer by 7 March.")
    await stage.deliver()
    assert "> Bring it earlier" in stage.staff()[-1]
    await alex.says("/route Delivery as usual")
    alex.hears("Delivery · Delivery team · answers within 14 days · reads in the staff place · with the digest")
    # Mistakes say what is meant.
    for words, heard in {
        "/route Garden here": "“Garden here” is not one of: Shop · Delivery.",
        "/route Delivery sometimes": "“sometimes” is not one of: here · team · answer",
        "/route Delivery answer soon": "A number of days is needed here",
        "/route Delivery team": "A team's name is needed here",
    }.items():
        await alex.says(words)
        alex.hears(heard)
    await alex.says("/route Delivery")
    alex.hears("It is changed so:", "/route Delivery answer 5 days")
    await camille.says("/route")
    camille.hears("This is for moderators.")
    # In french.
    alex.language = "fr"
    await alex.says("/aiguiller Delivery équipe Les chauffeurs")
    alex.hears("Delivery · Les chauffeurs")
    await alex.says("/aiguiller Delivery réponse 3 jours")
    alex.hears("réponse sous 3 jours")
