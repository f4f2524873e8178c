"""Buttons of messages that were overtaken: the present truth takes their place, and nothing else is done."""

from bot.ports.inbound import Chat
from tests.stage import BareStage, Person


async def test_the_receipt_of_a_closed_item_keeps_no_button_to_change_its_words(
    stage: BareStage, noor: Person, camille: Person, alex: Person
) -> None:
    # A draft that was thrown away cannot be sent.
    await noor.says("/problem")
    await noor.fills(text="I am paid late", audience="everyone", name="nameless")
    await noor.presses("Cancel")
    noor.hears("Nothing was sent, and the draft is gone.")
    await noor.presses("Send")
    noor.hears("This draft is gone")
    # The receipt of a closed item keeps no button to change its words.
    await camille.says("/suggest Sunday opening")
    await alex.says("/queue 1 done")
    await camille.presses("Edit")
    camille.hears("#1 is closed; its words stay as they are.", "[Team only]")
    camille.sees_no("[Edit]", "[Withdraw]", "The decision will come here")


async def test_support_pressed_on_two_cards_supports_once(
    stage: BareStage, camille: Person, noor: Person, alex: Person
) -> None:
    await camille.says("/suggest Sunday opening")
    await noor.says("/status 1")
    old = stage.token(noor, "Support")
    await noor.presses("Support")
    await stage.do(noor, button=old)
    noor.hears("You support #1 already (1 supporter).", "[✓ Support] [Say why it matters to you] [Take support back]")
    # What is taken from view is not left standing.
    await camille.says("/suggest Bob never opens")
    await noor.says("/status 2")
    await alex.says("/remove 2 It names a person.")
    await noor.presses("Support")
    noor.hears("There is no #2 that you can see here.")
    noor.sees_no("Bob never opens", "[Support]")


async def test_an_agreement_to_another_state_changes_nothing(stage: BareStage, camille: Person) -> None:
    """The name was taken off after it was shown how the item would look with it."""
    await camille.says("/suggest Sunday opening")
    await camille.presses("Team only")
    await camille.presses("Show to everyone")
    agreement = stage.token(camille, "Show to everyone")
    await camille.says("/visibility 1 team nameless")
    await camille.presses("Take my name off")
    camille.hears("Only the team can see it, without your name.")
    await stage.do(camille, button=agreement)
    camille.hears("#1: Only the team can see it, without your name.")


async def test_a_list_stays_where_an_entry_is_opened(stage: BareStage, camille: Person, noor: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await noor.says("/top")
    await noor.presses("#1 Sunday opening")
    assert len(stage.stands(noor)) == 2


async def test_alone_an_entry_opens_where_the_list_stood_with_a_way_back(
    stage: BareStage, camille: Person, noor: Person
) -> None:
    await camille.says("/suggest Sunday opening")
    await noor.says("/status 1")
    alone = Chat(stage.name, "alone", private=True)
    await stage.do(noor, chat=alone, text="/top")
    before = len(stage.stands(noor))
    await stage.do(noor, chat=alone, button=stage.token(noor, "#1 Sunday opening"))
    noor.hears("Suggestion #1", "[Back]")
    noor.sees_no("Most supported")
    await stage.do(noor, chat=alone, button=stage.token(noor, "Back"))
    noor.hears("Most supported")
    assert len(stage.stands(noor)) == before
