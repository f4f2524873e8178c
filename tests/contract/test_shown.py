"""What stands elsewhere changes with a decision: nothing shown is untrue after it, and no old button decides."""

import pytest

from bot.ports.inbound import Role
from tests.screens import keep_up
from tests.stage import Person, Stage


@pytest.fixture
def omar(stage: Stage) -> Person:
    return Person(stage, "omar", Role.MODERATOR)


async def test_receipts_lists_and_the_staff_s_notice_say_what_was_decided(
    stage: Stage, camille: Person, alex: Person
) -> None:
    await camille.says("/suggest Sunday opening")
    await camille.says("/mine")
    await keep_up(stage)
    assert [text for text in stage.stands(camille) if "#1 Sunday opening · received" in text]
    await alex.says("/queue 1 planned")
    await keep_up(stage)
    camille.sees_no("The decision will come here", "#1 Sunday opening · received")
    assert [text for text in stage.stands(camille) if "It is planned by now" in text and "[Edit] [Withdraw]" in text]
    assert [text for text in stage.stands(camille) if "#1 Sunday opening · planned" in text]
    # The notice of something severe, too.
    await camille.says("/problem Nobody can log in since noon")
    await keep_up(stage)
    assert "Severe: problem #2" in stage.staff()[-1]
    await alex.says("/queue 2 planned")
    await keep_up(stage)
    assert "Problem #2, by now: being handled." in stage.staff()[-1]


@pytest.mark.on("telegram")
async def test_a_receipt_of_what_is_done_or_was_withdrawn_offers_no_change_any_more(
    stage: Stage, camille: Person, noor: Person, alex: Person
) -> None:
    await camille.says("/suggest Sunday opening")
    await noor.says("/suggest A bench at the stop")
    await keep_up(stage)
    await camille.presses("Area")
    await keep_up(stage)
    for number in (1, 2):
        await alex.says(f"/queue {number} done")
    await keep_up(stage)
    for person in (camille, noor):
        person.sees_no("The decision will come here", "[Withdraw]")
    noor.sees_no("[Edit]", "[Withdraw]", "aiming to answer", "[Happy to talk about it]")
    # Nor does one of what was withdrawn elsewhere, or a nameless one that is done.
    mia = Person(stage, "mia")
    await mia.says("/suggest Longer hours")
    await camille.says("/suggest")
    await camille.fills(text="A dark theme", audience="everyone", name="nameless")
    await camille.presses("Send")
    await keep_up(stage)
    await mia.says("/withdraw 3")
    await alex.says("/queue")
    await alex.presses("Done")
    await keep_up(stage)
    mia.sees_no("[Edit]", "[Withdraw]", "Everyone can see it")
    camille.sees_no("The decision will come here", "[Edit]", "[Withdraw]")


async def test_the_digest_an_open_card_and_the_ideas_here_show_what_was_decided_and_supported(
    stage: Stage, camille: Person, noor: Person, alex: Person, omar: Person
) -> None:
    await camille.says("/suggest Sunday opening")
    await camille.says("/suggest A bench at the stop")
    await noor.says("/top")
    await keep_up(stage)
    await alex.says("/queue 1 done")
    await camille.says("/withdraw 2")
    await keep_up(stage)
    noor.sees_no("Sunday opening", "A bench at the stop")
    # A line of the digest has no button any more, and an open card is true.
    button = "[#3]" if stage.apart else "[Decide #3]"
    await camille.says("/suggest A dark theme")
    await omar.says("/status 3")
    await alex.says("/digest now")
    await keep_up(stage)
    assert button in stage.staff()[-1]
    await alex.says("/queue 3 planned")
    await keep_up(stage)
    assert button not in stage.staff()[-1]
    assert "#3 A dark theme · planned" in stage.staff()[-1]
    omar.sees_no("received")
