"""A disk without room: what only reads is answered all the same, and what cannot be kept is never acknowledged."""

from typing import Any

import pytest

from storage.engine.errors import StoreFull
from tests.stage import BareStage, Person

READS = {
    "/top": "What moves here",
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


@pytest.mark.parametrize(("command", "told"), READS.items())
async def test_what_only_reads_is_answered_on_a_full_disk(
    stage: BareStage, camille: Person, taught: None, command: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await camille.says("/suggest Sunday opening")
    with monkeypatch.context() as patch:
        fill(stage, patch)
        await camille.says(command)
        camille.hears(told)
        camille.never_heard("I cannot store")
