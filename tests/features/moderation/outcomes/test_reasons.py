"""Ready-made reasons: one press more, in the moderators' own words if they like, with what is filled in."""

import pytest

from tests.clock import StillClock
from tests.features.moderation.speaking import namelessly
from tests.stage import BareStage, Person


@pytest.fixture
async def suggested(camille: Person) -> None:
    await camille.says("/suggest Sunday opening")


async def _told(stage: BareStage, clock: StillClock) -> None:
    clock.forward(minutes=2)
    await stage.deliver()


@pytest.mark.usefixtures("suggested")
async def test_those_of_the_product_are_read_in_each_language(
    emile: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await emile.says("/soutenir 1")
    await alex.says("/queue 1 not planned")
    await alex.presses("Not ours to decide.")
    await _told(stage, clock)
    emile.hears("Cette décision ne nous revient pas.")


@pytest.mark.usefixtures("suggested")
async def test_a_reason_with_a_link_asks_for_it(
    camille: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await alex.says("/queue")
    await alex.presses("More decisions")
    await alex.presses("Already exists")
    await alex.presses("It is there already: …")
    alex.hears("Which link")
    await alex.says("no link")
    alex.hears("A link begins with https://")
    await alex.says("https://example.org/hours")
    alex.hears("#1 is now marked as existing.")
    await _told(stage, clock)
    camille.hears("It is there already: https://example.org/hours")


@pytest.mark.usefixtures("suggested")
async def test_for_several_it_asks_once(camille: Person, alex: Person) -> None:
    await camille.says("/suggest A dark theme")
    await alex.says("/decide 1 2 already exists")
    await alex.presses("Already exists: 2 items")
    await alex.presses("It is there already: …")
    alex.hears("Which link")
    await alex.says("https://example.org/both")
    alex.hears("2 items are decided on.")
    for number in (1, 2):
        await camille.says(f"/status {number}")
        camille.hears("It is there already: https://example.org/both")


@pytest.mark.usefixtures("suggested")
async def test_a_moderator_adds_changes_and_removes_reasons(alex: Person) -> None:
    await alex.says("/reasons")
    alex.hears("Ready-made reasons", "Not planned: 3 reasons", "Planned: 0 reasons")
    await alex.presses("Not planned")
    alex.hears("1. Not among this year's priorities.", "3. Not ours to decide.", "[Change 1]", "[Remove 3]", "[Add]")
    await alex.presses("Remove 2")
    alex.hears("2. Not ours to decide.")
    await alex.presses("Change 1")
    await alex.says("The year {number} is full.")
    alex.hears("1. The year {number} is full.", "2. Not ours to decide.")
    await alex.presses("Add")
    await alex.says("No room for {title}.")
    await alex.says("/queue 1 not planned")
    heard = alex.hears("[The year 1 is full.]", "[Not ours to decide.]", "[No room for “…”.]")
    assert "priorities" not in heard
    assert "costly" not in heard


@pytest.mark.usefixtures("suggested")
async def test_each_language_has_its_own_and_all_removed_there_is_none(alex: Person) -> None:
    await alex.says("/reasons not planned Too late in the year.")
    await alex.presses("Français")
    alex.hears("Reasons: not planned (Français)", "1. Pas parmi les priorités de cette année.")
    await alex.presses("Add")
    await alex.says("Trop tard cette année.")
    alex.hears("4. Trop tard cette année.")
    await alex.says("/queue 1 not planned")
    heard = alex.hears("[Too late in the year.]")
    assert "Trop tard" not in heard
    # All removed, there is none.
    await alex.says("/reasons already exists")
    await alex.presses("Remove 1")
    alex.hears("None: the words are typed each time.")
    await alex.says("/queue 1 already exists")
    heard = alex.hears("Why? Everyone concerned will read it.")
    assert "It is there already" not in heard


async def test_what_cannot_be_read_or_was_changed_meanwhile_is_not_kept_and_a_member_sees_and_changes_none(
    camille: Person, alex: Person, stage: BareStage
) -> None:
    await alex.says("/reasons not_planned")
    await alex.presses("Add")
    await alex.says("...")
    alex.hears("A reason needs a word.")
    for words in ("No {room}", "No { name } {number}", "No {}"):
        await alex.says(f"/reasons not planned {words}")
        alex.hears("is not known here. There are: {number}, {title}, {date}, {link}.")
    await camille.says("/reasons not planned Anything")
    camille.never_heard("priorities", "Anything")
    await alex.says("/reasons not planned")
    assert "4." not in alex.hears("3. Not ours to decide.")
    token = stage.token(alex, "Remove 1")
    await alex.says("/reasons not planned Another one.")
    await stage.do(alex, button=token)
    alex.hears("These reasons were changed meanwhile. Nothing was done.")
    await alex.says("/reasons not planned")
    alex.hears("1. Not among this year's priorities.", "4. Another one.")


@pytest.mark.usefixtures("suggested")
async def test_variables_are_filled_in(camille: Person, alex: Person, stage: BareStage, clock: StillClock) -> None:
    await alex.says("/reasons done #{number} {title}, {date}: {link}!")
    await alex.says("/queue")
    await alex.presses("Done")
    await alex.presses("Add a link")
    await alex.presses("#1 “…”, 4 March: …!")
    await alex.says("https://example.org/sunday")
    await _told(stage, clock)
    camille.hears("#1 “Sunday opening”, 4 March: https://example.org/sunday!")


async def test_a_title_is_words_and_no_link(camille: Person, noor: Person, alex: Person, stage: BareStage) -> None:
    await camille.says("/suggest https://evil.example/x {link} {number}")
    await alex.says("/queue 1 not planned Not {title}, see https://example.org/a")
    await noor.says("/status 1")
    noor.hears("> Not “https://evil.example/x {\u2060link} {number}”, see", "https://example.org/a")


async def test_the_title_of_what_few_read_is_not_quoted(
    camille: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await namelessly(stage, camille, "MARKER in the hall")
    await alex.says("/queue 1000 not planned Not {title}")
    await _told(stage, clock)
    camille.hears("Not “MARKER in the hall”")
    await stage.do(camille, command="problem", args={"text": "MARKED door", "audience": "team", "name": "nameless"})
    await camille.presses("Send")
    await alex.says("/queue 1001 answered On {title}")
    await _told(stage, clock)
    camille.hears("On #1001")


@pytest.mark.usefixtures("suggested")
async def test_a_reason_without_a_word_is_none(camille: Person, alex: Person) -> None:
    await alex.says("/queue 1 not planned ...")
    alex.hears("Why? Everyone concerned will read it.")
    await alex.says(" . ")
    alex.hears("Why? Everyone concerned will read it.")
    await alex.says("No volunteers")
    alex.hears("#1 is now not planned.")
    await camille.says("/status 1")
    camille.hears("> No volunteers")
