"""Moderators see what people talk about, and name it."""

import pytest

from tests.stage import Person


@pytest.mark.on("telegram")
async def test_a_theme_is_listed_quoted_and_named(camille: Person, noor: Person, alex: Person) -> None:
    await camille.says("/suggest Pick-up point closed on Saturday")
    await noor.says("/suggest The pick-up point was closed again")
    await alex.says("/suggest My pick-up point closed before six")
    await alex.says("/themes")
    alex.hears("What people talk about", "Pick-up point closed", "3 people · new")
    await alex.presses("1. Read")
    alex.hears("pick-up point", "#")
    await alex.presses("Rename")
    alex.hears("What should “Pick-up point closed” be called?")
    await alex.says("Shops that are shut")
    alex.hears("It is called “Shops that are shut” from now on, in later weeks too.")
    await alex.presses("All themes")
    alex.hears("Shops that are shut", "3 people · new")
