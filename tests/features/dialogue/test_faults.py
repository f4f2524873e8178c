"""When something breaks: one calm sentence with a reference, and a log that tells nothing of the person."""

from dataclasses import replace

import pytest
from sqlmodel import Session
from structlog.testing import capture_logs

from bot.catalogue import registry
from bot.commands.registry import Command, LongText, Registry
from bot.context import Context
from bot.core import Core
from bot.ports.reply import Reply
from tests.stage import Person


async def explode(ctx: Context, text: LongText) -> Reply:
    """Break."""
    raise RuntimeError(f"{ctx.inbound.actor.id} said {text}")


async def explode_in_a_write(ctx: Context, text: LongText) -> Reply:
    """Break in the middle of a write."""

    def job(session: Session) -> Reply:
        ctx.person(session)
        raise RuntimeError(text)

    return await ctx.settle(job)


@pytest.fixture
def core(core: Core) -> Core:
    broken = (Command("explode", explode), Command("midway", explode_in_a_write))
    return replace(core, registry=Registry((*registry().commands, *broken)))


async def test_the_log_of_a_fault_has_no_words_and_no_person_and_the_bot_goes_on(camille: Person) -> None:
    for command in ("explode", "midway"):
        with capture_logs() as logs:
            await camille.says(f"/{command} my secret")
        assert "RuntimeError" in str(logs), command
        assert "secret" not in str(logs), command
        assert "camille" not in str(logs).casefold(), command
    await camille.says("/suggest Sunday opening")
    camille.hears("Got it: suggestion #1.")


async def test_a_full_disk_is_no_matter_of_those_who_talk_among_themselves(
    camille: Person, core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(core.store, "read", full)
    await camille.chats("see you tonight at the harbour")
    camille.hears_nothing()
