"""A disk without room: what only reads is answered all the same, and what cannot be kept is never acknowledged."""

from typing import Any

import pytest

from bot.settings.config import Settings
from storage.engine.errors import StoreFull
from storage.engine.store import Store
from tests.features.wanderers import PLAZA, Somebody, opened
from tests.stage import PLATFORM, BareStage, Person

READS = {
    "/top": "Most supported",
    "/status 1": "Sunday opening",
    "/mine": "Your feedback",
    "/help": "/suggest",
    "/privacy": "",
    "/ask Can I give frozen food?": "Yes, until noon.",
}


def fill(stage: BareStage, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the disk takes nothing more."""

    async def refuse(_: Any) -> None:
        raise StoreFull("The disk is full: make room where the database lives. What was stored is safe.")

    monkeypatch.setattr(stage.core.store, "write", refuse)


@pytest.mark.usefixtures("taught")
async def test_what_only_reads_is_answered_on_a_full_disk_also_where_calls_are_counted_for_several_processes(
    stage: BareStage, camille: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await camille.says("/suggest Sunday opening")
    fill(stage, monkeypatch)
    for several in (False, True):
        if several:
            monkeypatch.setattr(Store, "has_others", property(lambda _: True))
        for command, told in READS.items():
            await camille.says(command)
            camille.hears(told)
    camille.never_heard("I cannot store")


async def test_the_limits_hold_meanwhile(stage: BareStage, camille: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Store, "has_others", property(lambda _: True))
    fill(stage, monkeypatch)
    for _ in range(100):
        await camille.says("/top")
    camille.hears("That is a lot at once")


async def test_whoever_left_is_answered_while_it_cannot_be_noted(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def gone(*_: str) -> bool:
        return False

    async for stage in opened(settings, PLAZA.model_copy(update={"human_help": "3114"})):
        noor = Somebody(stage, "noor")
        await noor.says("/suggest A bench", "plaza")
        stage.core.presence.register(PLATFORM, gone)
        fill(stage, monkeypatch)
        for words, told in {"/top": "A bench", "I want to kill myself": "3114"}.items():
            await noor.says(words)
            noor.hears(told)
