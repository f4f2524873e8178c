"""What people really type: near misses, wrong numbers, nothing at all."""

import pytest

from tests.stage import Person


async def test_an_unknown_command_points_to_help(camille: Person) -> None:
    await camille.says("/xyzzy")
    camille.hears("I do not know /xyzzy.", "/help")


async def test_a_member_is_not_sent_to_a_moderators_command(camille: Person) -> None:
    await camille.says("/queu")
    assert "Did you mean /queue" not in camille.hears("I do not know /queu.")


async def test_what_is_no_number_is_said_to_be_none(camille: Person) -> None:
    for typed in ("twelve", "-3", "1.5", "#", "0x10", "99999999999999999999"):
        await camille.says(f"/status {typed}")
        camille.hears(f"A number is needed here, such as 12; “{typed}” is not one.")


async def test_a_number_is_read_as_people_write_it(camille: Person) -> None:
    await camille.says("/suggest A dark theme")
    for typed in ("1", "#1", " 1 ", "1\n"):
        await camille.says(f"/status {typed}")
        camille.hears("> A dark theme #1")


async def test_status_without_a_number_asks_for_it(camille: Person) -> None:
    await camille.says("/suggest A dark theme")
    await camille.says("/status")
    camille.hears("Which number?")
    await camille.says("1")
    camille.hears("> A dark theme #1")


async def test_a_wrong_answer_to_a_question_can_be_mended(camille: Person) -> None:
    await camille.says("/suggest A dark theme")
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


@pytest.mark.parametrize("command", ["send", "useful", "overhear"])
async def test_what_only_buttons_do_cannot_be_typed(camille: Person, command: str) -> None:
    await camille.says(f"/{command} 1")
    camille.hears(f"I do not know /{command}.")


async def test_members_are_kindly_kept_from_what_moderators_do(camille: Person) -> None:
    for command in ("queue", "unanswered", "digest", "atraiter", "synthese now"):
        await camille.says(f"/{command}")
        camille.hears("This is for moderators. /help shows what you can do here.")


async def test_a_path_is_a_sentence_and_no_command(camille: Person) -> None:
    await camille.says("/etc/passwd is not readable, why?")
    camille.hears("I don't know, and I'd rather not guess.")
