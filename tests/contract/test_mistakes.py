"""What people really type: near misses, wrong numbers, nothing at all."""

import pytest

from tests.stage import Person


async def test_near_misses_wrong_numbers_and_nothing_at_all(camille: Person) -> None:
    for typed in ("", " ", "\n \t"):
        await camille.says(typed)
        camille.hears_nothing()
    await camille.says("/sugest A dark theme")
    camille.hears("I do not know /sugest. Did you mean /suggest?")
    await camille.says("/status 404")
    camille.hears("There is no #404 that you can see here.")
    # A command with spaces alone asks for the text, and so does a form.
    for typed in ("/suggest ", "/suggest    ", "/suggest \n\n"):
        await camille.says(typed)
        camille.hears("What would you suggest?")
    await camille.says("/suggest")
    await camille.fills(text="   ")
    camille.hears("What would you suggest?")
    await camille.says("/mine")
    camille.hears("Nothing of yours yet.")


@pytest.mark.on("discord")
async def test_nobody_changes_what_someone_else_wrote(camille: Person, noor: Person) -> None:
    await camille.says("/suggest A dark theme")
    for command in ("edit 1 Mine now", "withdraw 1", "visibility 1 team"):
        await noor.says(f"/{command}")
        noor.hears("Only the author of #1 can change it.")
    await noor.says("/status 1")
    noor.hears("> A dark theme #1", "Status: received", "From: ")
