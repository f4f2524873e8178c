"""Who may do what, how often, and how no is said."""

import itertools
import time
from collections.abc import Callable

import pytest
from limits import parse

from bot.catalogue import registry
from bot.commands.registry import Shape
from bot.core import Core
from bot.dispatch.app import App
from bot.dispatch.policy import Policy
from bot.ports.inbound import Role
from bot.settings.config import Limits
from tests.stage import BareStage, Person

COMMANDS = registry().commands
LISTED = [command for command in COMMANDS if command.listed]
NUMBERED = [command for command in COMMANDS if any(one.shape is Shape.NUMBER for one in command.parameters)]
NO_NUMBERS = ("", "hello", "\x00")
"""What every command is told; what may be read as a number, those that take one."""


def limited(core: Core, now: Callable[[], float] = time.monotonic, **limits: str) -> BareStage:
    """A stage where the core counts by these limits."""
    stage = BareStage(core)
    stage.app = App(core, Policy(Limits.model_validate(limits), now))
    return stage


def test_a_role_may_do_what_the_ones_below_it_may() -> None:
    for role in Role:
        policy = Policy(Limits())
        assert [one.name for one in COMMANDS if policy.may(role, one)] == [
            one.name for one in COMMANDS if one.role <= role
        ], role
        assert not policy.may(Role.MEMBER, LISTED[-1]), role


async def test_a_member_is_told_whose_command_it_is(stage: BareStage) -> None:
    ines = Person(stage, "ines")
    for command in COMMANDS:
        if command.role is Role.MODERATOR and command.typed:
            await ines.says(f"/{command.name}")
            ines.hears("This is for moderators. /help shows what you can do here.")


async def test_a_moderator_is_let_through(stage: BareStage) -> None:
    omar = Person(stage, "omar", Role.MODERATOR)
    await omar.says("/queue")
    omar.hears("Nothing waits for a decision.")


def test_the_default_rates_are_rates() -> None:
    cases: list[str] = ["filings", "questions", "commands"]
    assert [name for name in cases if parse(getattr(Limits(), name)).amount <= 1] == []


@pytest.mark.parametrize("text", ["", "30", "many per minute", "3 per fortnight"])
def test_what_is_no_rate_is_refused_with_one_that_is(text: str) -> None:
    with pytest.raises(ValueError, match="is not a rate, such as 30 per 10 minutes"):
        Limits(filings=text)


def test_every_command_is_counted_by_a_rate_that_exists_or_by_none() -> None:
    assert {command.limited for command in COMMANDS} <= {"", *Limits.model_fields}


async def test_one_too_many_is_told_when_there_is_room_again_and_nothing_is_kept(core: Core) -> None:
    stage = limited(core, filings="2 per 10 minutes")
    ines = Person(stage, "ines")
    for words in ("one", "two"):
        await ines.says(f"/suggest {words}")
        ines.hears("Got it")
    await ines.says("/suggest three")
    ines.hears("There is room again in 10 minutes; nothing of this message was kept.")
    await ines.says("/mine")
    assert "three" not in ines.hears("one", "two")


@pytest.mark.parametrize(
    ("rate", "wait"), [("1 per second", "in 1 second;"), ("1 per 30 seconds", "30 seconds"), ("1 per minute", "minute")]
)
async def test_the_wait_is_said_in_seconds_then_in_minutes(core: Core, rate: str, wait: str) -> None:
    stage = limited(core, commands=rate)
    ines = Person(stage, "ines")
    for _ in range(2):
        await ines.says("/top")
    ines.hears("room again in", wait)


async def test_what_one_person_does_never_limits_another_nor_another_kind_of_command(core: Core) -> None:
    stage = limited(core, filings="1 per hour")
    ines, omar = Person(stage, "ines"), Person(stage, "omar")
    await ines.says("/suggest one")
    await ines.says("/suggest two")
    ines.hears("room again")
    await ines.says("/mine")
    ines.hears("one")
    await omar.says("/suggest mine")
    omar.hears("Got it")


async def test_the_same_account_number_on_another_platform_is_another_person(core: Core) -> None:
    stage = limited(core, filings="1 per hour")
    for platform, words in (("bare", "one"), ("other", "two")):
        stage.name = platform
        ines = Person(stage, "ines")
        stage._events = itertools.count()
        await ines.says(f"/suggest {words}")
        ines.hears("Got it")


async def test_there_is_room_again_when_the_time_is_over(core: Core) -> None:
    now = [1_000_000.0]
    stage = limited(core, lambda: now[0], filings="1 per hour")
    ines = Person(stage, "ines")
    await ines.says("/suggest one")
    now[0] += 3_601
    await ines.says("/suggest two")
    ines.hears("Got it")


async def test_being_asked_for_the_words_costs_nothing(core: Core) -> None:
    stage = limited(core, filings="1 per hour")
    ines = Person(stage, "ines")
    await ines.says("/suggest")
    ines.hears("What would you suggest?")
    await ines.says("More light.")
    ines.hears("Got it")


async def test_no_command_faults_whatever_is_typed_after_it_those_of_buttons_included(stage: BareStage) -> None:
    omar, faults = Person(stage, "omar", Role.STAFF), []
    for words in (*NO_NUMBERS, "12", "#0", "999999999", "מילים"):
        for command in COMMANDS if words in NO_NUMBERS else NUMBERED:
            await omar.says(f"/{command.name} {words}")
            heard = stage.heard(omar)[-1:]
            faults += [(command.name, words) for said in heard if "Something went wrong" in said]
    assert faults == []
