"""Several moderators at one queue: what a colleague decided meanwhile is said, and not decided again."""

import pytest

from bot.ports.inbound import Role
from tests.stage import BareStage, Person
from tests.words import WISHES

NEWS = "Meanwhile a decision was made on #{}: planned. Nothing has been changed now."


@pytest.fixture
def omar(stage: BareStage) -> Person:
    return Person(stage, "omar", Role.MODERATOR)


async def test_what_a_colleague_decides_moves_nobody_s_place(camille: Person, alex: Person, omar: Person) -> None:
    for number in range(1, 5):
        await camille.says(f"/suggest {WISHES[number]}")
    await alex.says("/queue")
    await alex.presses("Next")
    for number in (1, 2):
        await omar.says(f"/queue {number} planned")
    await alex.presses("Next")
    alex.hears(f"> {WISHES[3]} #3")


async def test_a_button_shown_before_a_colleague_decided_changes_nothing(
    camille: Person, alex: Person, omar: Person
) -> None:
    for number in (1, 2, 3):
        await camille.says(f"/suggest {WISHES[number]}")
    await omar.says("/queue 1")
    await alex.says("/queue 1 planned")
    await omar.presses("Done")
    omar.hears(NEWS.format(1), f"> {WISHES[1]} #1", "Status: planned")
    await omar.presses("Done")
    omar.hears("#1 is now done. Before: planned. 1 person will be told.")
    # No reason is asked for when a colleague has decided.
    await omar.says("/queue 2")
    await alex.says("/queue 2 planned")
    await omar.presses("Not planned")
    omar.hears(NEWS.format(2), "Status: planned")
    # The decision a colleague made is not made twice.
    await camille.says("/suggest Longer hours")
    await omar.says("/queue 3")
    await alex.says("/queue 3 planned")
    await omar.presses("Planned")
    omar.hears("#3 is already planned.", "> Longer hours #4")


async def test_a_reason_changes_nothing_once_a_colleague_has_decided(
    camille: Person, alex: Person, omar: Person
) -> None:
    for number, typed in enumerate(("/queue 1", "/queue 2 not planned"), 1):
        await camille.says(f"/suggest {WISHES[number]}")
        await omar.says(typed)
        if "not" not in typed:
            await omar.presses("Not planned")
        omar.hears("Why?")
        await alex.says(f"/queue {number} planned")
        await omar.says("No volunteers")
        omar.hears(NEWS.format(number), "Status: planned")
    await camille.stage.deliver()
    camille.never_heard("No volunteers")


async def test_what_happened_meanwhile_is_told_in_french(camille: Person, alex: Person, omar: Person) -> None:
    omar.language = "fr"
    await camille.says("/suggest Sunday opening")
    await camille.says("/suggest A dark theme")
    await omar.says("/atraiter 1")
    await alex.says("/queue 1 planned")
    await omar.presses("Fait")
    omar.hears("Entre-temps, une décision a été prise pour #1\u00a0: prévu. Rien n’a été changé maintenant.")
    await camille.says("/withdraw 1")
    await omar.presses("Fait")
    omar.hears("Entre-temps, #1 a été retiré par son auteur.", "> A dark theme #2")
    await omar.says("/atraiter 2 prévu")
    await omar.says("/atraiter 2 fait")
    omar.hears("Nouveau statut de #2\u00a0: fait. Avant\u00a0: prévu.")
