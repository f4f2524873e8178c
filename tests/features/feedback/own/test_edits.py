"""What others support is reworded: nobody is taken for a supporter of words they never read."""

from collections.abc import Awaitable, Callable

import pytest

from bot.features.digest.posting.timetable import Timetable
from tests.clock import StillClock
from tests.stage import BareStage, Person

Rows = dict[str, list[dict[str, object]]]
TOLD = "You supported #1, and its words have changed since."


@pytest.fixture
async def supported(stage: BareStage, camille: Person, noor: Person, clock: StillClock) -> None:
    """An item that Noor supports and Alex follows."""
    await camille.says("/suggest Open on Sundays")
    await noor.says("/support 1")
    clock.forward(minutes=1)


async def reword(person: Person, text: str) -> None:
    await person.says(f"/edit 1 {text}")
    await person.stage.deliver()


@pytest.mark.usefixtures("supported")
async def test_support_that_is_kept_counts_for_the_new_words_and_who_leaves_hears_no_more(
    stage: BareStage, camille: Person, noor: Person, clock: StillClock
) -> None:
    await noor.says("/follow 1")
    await reword(camille, "Closed on Sundays")
    camille.hears("#1 now reads:", "1 person who supports or follows it will be told.")
    await noor.says("/status 1")
    noor.hears("Edited: on 4 March; supporters from before: 1 of 1")
    await noor.says("/top")
    noor.hears("Closed on Sundays · 1 supporter, 1 before it was edited")
    clock.forward(minutes=1)
    await noor.presses("Keep my support")
    noor.hears("#1 keeps your support (1 supporter).")
    await noor.says("/status 1")
    noor.hears("Edited: on 4 March\n")
    await noor.says("/top")
    noor.hears("Closed on Sundays · 1 supporter [Support #1]\n")
    clock.forward(minutes=1)
    # Who leaves hears no more.
    await reword(camille, "Closed on all days")
    noor.hears(TOLD, "> Closed on all days", "[Keep my support] [Leave]")
    await noor.presses("Leave")
    noor.hears("You have left #1: no more support, no more news of it.")
    await noor.presses("Leave")
    noor.hears("#1 does not have your support any more.")
    await noor.says("/status 1")
    noor.hears("Support: 0 supporters")
    clock.forward(minutes=1)
    heard = len(stage.heard(noor))
    await reword(camille, "Open at night on all days")
    assert len(stage.heard(noor)) == heard


@pytest.mark.usefixtures("supported")
async def test_a_follower_hears_in_their_language_and_leaves_and_the_team_sees_it(
    camille: Person, alex: Person, stage: BareStage
) -> None:
    luc = Person(stage, "luc", language="fr")
    await luc.says("/suivre 1")
    await reword(camille, "Closed on Sundays")
    luc.hears("#1 a changé de texte", "> Closed on Sundays", "[Ne plus suivre]")
    luc.never_heard("Garder")
    await luc.presses("Ne plus suivre")
    luc.hears("#1\u00a0: plus de soutien, plus de nouvelles.")
    await alex.says("/queue")
    alex.hears("> Closed on Sundays", "Edited: on 4 March; supporters from before: 1 of 1")


@pytest.mark.usefixtures("supported")
async def test_a_corrected_slip_is_told_to_nobody(camille: Person, noor: Person, alex: Person) -> None:
    await reword(camille, "open on sundays!")
    await noor.says("/status 1")
    assert "Edited" not in noor.hears("> open on sundays!")
    noor.never_heard(TOLD)
    await alex.says("/queue")
    assert "Edited" not in alex.hears("open on sundays!")


@pytest.mark.usefixtures("supported")
async def test_slip_after_slip_does_not_creep_to_other_words(camille: Person, noor: Person) -> None:
    for text in ("OPEN on Sundays", "Open ON Sundays", "open on Sundays"):
        await reword(camille, text)
        noor.never_heard(TOLD)
    await reword(camille, "Open on Sundays")
    noor.hears(TOLD)


async def test_words_that_nobody_supports_are_changed_as_ever(camille: Person, noor: Person, alex: Person) -> None:
    await camille.says("/suggest Open on Sundays")
    await reword(camille, "Closed on Sundays")
    assert "will be told" not in camille.hears("#1 now reads:", "Closed on Sundays")
    await noor.says("/status 1")
    assert "Edited" not in noor.hears("Closed on Sundays")
    # The author is no supporter to tell.
    await alex.says("/queue 1 planned")
    await camille.stage.deliver()
    await reword(camille, "Open at night")
    camille.hears("#1 now reads:")
    camille.never_heard("its words have changed")


@pytest.mark.usefixtures("supported")
async def test_new_words_that_only_the_team_sees_are_not_told_and_nameless_ones_are_told_likewise(
    stage: BareStage, camille: Person, noor: Person
) -> None:
    # Nameless words are told likewise.
    await camille.says("/suggest Free coffee")
    await noor.says("/support 2")
    await stage.do(camille, command="visibility", args={"number": "2", "audience": "everyone", "name": "nameless"})
    await camille.presses("Without my name")
    await camille.says("/edit 2 No coffee at all")
    await stage.deliver()
    noor.hears("You supported #2, and its words have changed since.", "> No coffee at all")
    assert "camille" not in stage.heard(noor)[-1]
    # New words that only the team sees are not told.
    await camille.says("/visibility 1 team")
    await reword(camille, "My manager refuses Sundays")
    noor.hears(TOLD, "They are no longer shown to everyone.", "[Leave]")
    noor.never_heard("My manager")
    await noor.presses("Leave")
    noor.hears("You have left #1")


@pytest.mark.usefixtures("supported")
async def test_older_news_does_not_repeat_the_old_words(camille: Person, noor: Person, alex: Person) -> None:
    await alex.says("/queue 1 planned")
    await camille.says("/edit 1 Closed on Sundays")
    await camille.says("/edit 1 Closed for ever")
    await camille.stage.deliver()
    noor.hears("> Closed for ever")
    noor.never_heard("> Open on Sundays", "> Closed on Sundays")
    assert any("#1 is now planned." in text for text in noor.stage.heard(noor))
    assert sum(TOLD in text for text in noor.stage.heard(noor)) == 1


@pytest.mark.usefixtures("supported")
async def test_a_press_on_an_old_card_supports_no_words_that_were_not_read(stage: BareStage, camille: Person) -> None:
    ines = Person(stage, "ines")
    await ines.says("/status 1")
    await camille.says("/edit 1 Closed on Sundays")
    await ines.presses("Support")
    ines.hears("The words of #1 have changed since they were shown here:", "> Closed on Sundays", "[Support]")
    await ines.says("/status 1")
    ines.hears("Support: 1 supporter")
    await ines.presses("Support")
    ines.hears("Noted: you support #1 (2 supporters).")


@pytest.mark.usefixtures("supported")
async def test_an_edit_to_the_opposite_just_before_the_digest_is_marked_there(
    stage: BareStage, camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    await noor.says("/suggest A lamp at the door")
    await alex.says("/queue 2 planned")
    clock.forward(days=4, hours=22)
    await camille.says("/edit 1 Closed on Sundays")
    await noor.says("/edit 2 No lamp anywhere")
    assert await Timetable(stage.core).catch_up() == 1
    await stage.deliver()
    digest = stage.staff()[-1]
    assert "#1 Closed on Sundays · 1 supporter, 1 before it was edited, waiting 4 days" in digest
    assert "#2 No lamp anywhere · planned, edited since" in digest


@pytest.mark.usefixtures("supported")
async def test_erased_people_are_told_nothing_and_still_counted_as_before(
    stage: BareStage, camille: Person, noor: Person, dump: Callable[[], Awaitable[Rows]]
) -> None:
    await noor.says("/forgetme")
    await noor.presses("Erase everything about me")
    await reword(camille, "Closed on Sundays")
    assert not [row for row in (await dump())["outbox"] if str(row["dedupe_key"]).startswith("edited:")]
    await camille.says("/status 1")
    camille.hears("supporters from before: 1 of 1")
