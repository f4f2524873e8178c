"""Without a name: the preview first, then Send, Edit or Cancel; the receipt says what was chosen."""

from tests.stage import Person


async def test_a_nameless_suggestion_can_be_edited_too(noor: Person) -> None:
    await noor.says("/suggest")
    await noor.fills(text="Pay, erly", visibility="nameless")
    await noor.presses("Edit")
    await noor.says("Pay early")
    noor.hears("No name:", "> Pay early")


async def test_sending_twice_files_once(noor: Person) -> None:
    await noor.says("/problem")
    await noor.fills(text="I am paid late", visibility="nameless")
    await noor.presses("Send")
    await noor.presses("Send")
    noor.hears("This draft is gone: it was sent, cancelled, or is older than a day.")


async def test_an_area_chosen_in_the_form_survives_the_preview(noor: Person) -> None:
    await noor.says("/problem")
    await noor.fills(text="I am paid late", area="Quality", visibility="nameless")
    await noor.presses("Send")
    await noor.says("/status 1")
    noor.hears("Area: Quality")


async def test_the_author_still_finds_it_among_their_own(noor: Person, camille: Person) -> None:
    await noor.says("/problem")
    await noor.fills(text="I am paid late", visibility="nameless")
    await noor.presses("Send")
    await noor.says("/mine")
    noor.hears("#1 I am paid late · received")
    await camille.says("/mine")
    camille.hears("Nothing of yours yet.")


async def test_the_preview_says_that_a_name_once_shown_was_seen(noor: Person) -> None:
    await noor.says("/suggest Pay early")
    await noor.presses("Without my name")
    noor.hears("seen")


async def test_a_draft_can_still_be_cancelled_while_it_is_edited(noor: Person) -> None:
    await noor.says("/suggest")
    await noor.fills(text="Pay, erly", visibility="nameless")
    await noor.presses("Edit")
    await noor.presses("Cancel")
    noor.hears("Nothing was sent, and the draft is gone.")
