"""When something breaks: one calm sentence with a reference, and a log that tells nothing of the person."""

import re
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.catalogue import registry
from bot.commands.registry import Command, LongText, Registry
from bot.context import Context
from bot.core import Core
from bot.features.feedback.intake import filing
from bot.ports.reply import Reply
from tests.stage import Person

pytestmark = pytest.mark.everywhere


async def explode(ctx: Context, text: LongText) -> Reply:
    """Break."""
    raise RuntimeError(f"{ctx.inbound.actor.id} said {text}")


async def overflow(ctx: Context, text: LongText) -> Reply:
    """File more than there is room for, once it came in."""
    await _fill_the_disk(ctx.core)
    return await filing.suggest(ctx, text * 600)


@pytest.fixture
def shared() -> bool:
    """The disk is filled, also for what would fit into free pages."""
    return False


@pytest.fixture
def core(core: Core) -> Core:
    broken = (Command("explode", explode), Command("overflow", overflow))
    return replace(core, registry=Registry((*registry().commands, *broken)))


async def test_a_fault_is_told_calmly_with_a_reference_and_what_cannot_be_stored_is_never_acknowledged(
    camille: Person,
) -> None:
    with capture_logs() as logs:
        await camille.says("/explode my secret")
    heard = camille.hears("Something went wrong on our side", "The team can find it under ")
    reference = re.search(r"under (\w+)\.", heard)
    assert reference
    assert "secret" not in str(logs)
    assert "camille" not in str(logs).casefold()
    assert [entry["reference"] for entry in logs if entry["event"] == "fault"] == [reference[1]]
    # The disk is full.
    with capture_logs() as logs:
        await camille.says("/overflow Sunday opening")
    camille.hears("I cannot store anything just now, so nothing of this was kept. Please send it again in a while.")
    assert "Sunday" not in str(logs)
    assert "disk is full" in str(logs)
    await camille.says("/mine")
    camille.hears("Nothing of yours yet.")


async def _fill_the_disk(core: Core) -> None:
    await core.store.write(lambda session: session.connection().exec_driver_sql("PRAGMA max_page_count = 1").close())
