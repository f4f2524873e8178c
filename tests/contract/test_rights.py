"""Rights on every platform: help lists exactly what runs, for members, moderators and staff; else a kind refusal."""

import re

import pytest

from bot.catalogue import registry
from bot.ports.inbound import Role
from tests.stage import Person, Stage

LISTED = re.compile(r"^• /(\w+):", re.MULTILINE)
REFUSED = "This is for moderators. /help shows what you can do here."
FOR_MODERATORS = [command for command in registry().listed(Role.STAFF) if command.role > Role.MEMBER]


async def test_help_lists_exactly_what_runs(stage: Stage) -> None:
    await Person(stage, "camille").says("/suggest Sunday opening")
    for role in Role:
        someone = Person(stage, role.name.lower(), role)
        await someone.says("/help")
        assert set(LISTED.findall(someone.hears())) == {command.name for command in registry().listed(role)}, role
        # One command of each right that this role lacks, or has, is tried here; all are on the bare stage.
        for command in {command.role: command for command in FOR_MODERATORS}.values():
            needed = [one for one in command.parameters if one.required]
            await someone.says(f"/{command.name} {'1' if needed else ''}".strip())
            assert (REFUSED in someone.hears()) is (role < command.role), (role, command.name)


@pytest.mark.unseen
async def test_a_member_is_offered_nothing_of_a_moderators(stage: Stage, camille: Person, noor: Person) -> None:
    await camille.says("/suggest Sunday opening")
    alex = Person(stage, "alex", Role.MODERATOR)
    await alex.says("/status 1")
    assert "[More actions]" in alex.hears()
    await noor.says("/status 1")
    assert "[More actions]" not in noor.hears()
    await noor.says("/help block")
    noor.hears("What you can do here")
