"""What people really type: near misses, wrong numbers, nothing at all."""

from tests.stage import Person


async def test_an_unknown_command_points_to_help(camille: Person) -> None:
    await camille.says("/xyzzy")
    camille.hears("I do not know /xyzzy.", "/help")
    # A member is not sent to a moderators command.
    await camille.says("/queu")
    assert "Did you mean /queue" not in camille.hears("I do not know /queu.")
    # What only buttons do cannot be typed.
    for command in (
        "send",
        "useful",
        "overhear",
    ):
        await camille.says(f"/{command} 1")
        camille.hears(f"I do not know /{command}.")
    # Members are kindly kept from what moderators do.
    for command in ("queue", "unanswered", "digest", "atraiter", "synthese now"):
        await camille.says(f"/{command}")
        camille.hears("This is for moderators. /help shows what you can do here.")
    # A path is a sentence and no command.
    await camille.says("/etc/passwd is not readable, why?")
    camille.hears("I don't know, and I'd rather not guess.")


async def test_what_is_no_number_is_said_to_be_none(camille: Person) -> None:
    for typed in ("twelve", "-3", "1.5", "#", "0x10", "99999999999999999999"):
        await camille.says(f"/status {typed}")
        camille.hears(f"A number is needed here, such as 12; “{typed}” is not one.")
    # A number is read as people write it.
    await camille.says("/suggest A dark theme")
    for typed in ("1", "#1", " 1 ", "1\n"):
        await camille.says(f"/status {typed}")
        camille.hears("> A dark theme #1")
    # Status without a number asks for it.
    await camille.says("/status")
    camille.hears("Which number?")
    await camille.says("1")
    camille.hears("> A dark theme #1")
    # A wrong answer to a question can be mended.
    await camille.says("/status")
    await camille.says("the first one")
    camille.hears("“the first one” is not one.")
    await camille.says("1")
    camille.hears("> A dark theme #1")


async def test_a_problem_of_someone_else_is_as_good_as_absent(camille: Person, noor: Person) -> None:
    await camille.says("/problem The code never comes")
    for command in ("status", "support", "follow", "edit", "withdraw"):
        await noor.says(f"/{command} 1")
        noor.hears("There is no #1 that you can see here.")
