"""What a press changes is changed where it stands: no message of the bot's is untrue afterwards."""

import pytest

from bot.ports.inbound import Role
from tests.stage import Person, Stage


@pytest.fixture
def omar(stage: Stage) -> Person:
    return Person(stage, "omar", Role.MODERATOR)


@pytest.mark.everywhere
@pytest.mark.unseen
async def test_support_and_following_are_counted_and_ticked_on_the_card_and_a_receipt_says_who_sees_it(
    camille: Person, noor: Person
) -> None:
    await camille.says("/suggest Sunday opening")
    await noor.says("/status 1")
    await noor.presses("Support")
    noor.hears(
        "Noted: you support #1", "Support: 1 supporter\n", "[✓ Support] [Say why it matters to you] [Take support back]"
    )
    noor.sees_no("[Support]", "0 supporters")
    await noor.presses("Take support back")
    noor.hears("is taken back", "Support: 0 supporters", "[Support] [Follow]")
    noor.sees_no("1 supporter", "[✓ Support]")
    await camille.says("/problem The door is stuck")
    await camille.presses("Show to everyone")
    await camille.presses("Show to everyone")
    await noor.says("/status 2")
    await noor.presses("Follow")
    noor.hears("[Me too] [✓ Follow] [Stop following]")
    await noor.presses("Me too")
    noor.hears("[✓ Me too] [Say why it matters to you] [Take support back]")
    noor.sees_no("[Me too]", "[Stop following]")
    # A receipt says who sees it, after each change.
    await noor.says("/suggest A dark theme")
    await noor.presses("Team only")
    noor.hears("#3 is changed. Only the team can see it, with your name.", "[Show to everyone]")
    noor.sees_no("Everyone can see it", "[Team only]")
    await noor.presses("Show to everyone")
    noor.hears("#3 would be shown like this:", "[Show to everyone] [Leave it]")
    await noor.presses("Leave it")
    noor.hears("#3: Only the team can see it, with your name.", "[Edit] [Withdraw]")
    await noor.presses("Withdraw")
    noor.hears("#3 is withdrawn.")
    noor.sees_no("[Edit]", "[Withdraw]", "can see it")


async def test_a_decision_shows_the_next_item_where_the_last_one_stood_and_a_colleague_s_card_once_it_is_pressed(
    camille: Person, alex: Person, omar: Person
) -> None:
    await camille.says("/suggest Sunday opening")
    await camille.says("/suggest A dark theme")
    await alex.says("/queue")
    await omar.says("/queue")
    await alex.presses("Planned")
    alex.hears("#1 is now planned.", "> A dark theme #2")
    alex.sees_no("> Sunday opening")
    await omar.presses("Done")
    omar.hears("Meanwhile a decision was made on #1: planned. Nothing has been changed now.", "Status: planned")
    omar.sees_no("Status: received")
    await alex.presses("Next")
    alex.sees_no("#1 is now planned.")
    await alex.presses("Done")
    alex.hears("#2 is now done.", "Nothing waits for a decision.")
    alex.sees_no("[Planned]", "[Next]")
    await camille.says("/suggest Bob never opens")
    await alex.says("/queue")
    await alex.presses("Take from view")
    await alex.presses("It names a person.")
    alex.hears("#3 is taken from view")
    alex.sees_no("[It names a person.]")
    await alex.presses("Put back in view")
    alex.sees_no("[Put back in view]")


@pytest.mark.unseen
@pytest.mark.usefixtures("taught")
async def test_a_choice_among_offers_stands_where_they_were_and_a_draft_is_gone_where_it_stood(
    camille: Person, noor: Person
) -> None:
    await camille.says("/ask How do I change my address?")
    await camille.presses("How do I change my delivery address?")
    camille.hears("How do I change my delivery address?", "Under Orders.")
    camille.sees_no("[None of these]", "I am not sure")
    await camille.presses("This helped")
    camille.hears("Under Orders.", "Good to know, thank you.", "[✓ This helped]")
    camille.sees_no("[This helped]")
    await noor.says("/problem")
    await noor.fills(text="I am paid late", audience="everyone", name="nameless")
    await noor.presses("Send")
    noor.hears("Got it: problem")
    noor.sees_no("[Send]")
