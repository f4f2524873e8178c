"""On a disk without room a person in danger is named help all the same, and is told who does not know yet."""

from typing import Any

import pytest

from bot.ports.adapter import NotStored
from bot.ports.inbound import Means
from bot.ports.plain import plain
from storage.engine.errors import StoreFull, StoreLost
from tests.stage import BareStage, Person

WORDS = "I want to kill myself"


def fill(stage: BareStage, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the disk takes nothing more."""

    async def refuse(_: Any) -> None:
        raise StoreFull("The disk is full.")

    monkeypatch.setattr(stage.core.store, "write", refuse)


async def test_help_is_named_and_that_nobody_was_told(
    stage: BareStage, noor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(stage, monkeypatch)
    for means in (Means(), Means(durable=True)):
        await stage.do(noor, text=WORDS, means=means)
        noor.hears(
            "People can help now", "3114", "Nobody else was told: nothing can be stored just now.", "send it again"
        )
    await stage.do(noor, text=f"/suggest {WORDS}")
    noor.hears("3114")


async def test_where_the_platform_keeps_the_words_help_is_named_and_the_contacts_are_told_later(
    stage: BareStage, noor: Person, sam: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        fill(stage, patch)
        with pytest.raises(NotStored) as refused:
            await stage.do(noor, text=WORDS, means=Means(durable=True, kept=True))
    assert "3114" in plain(refused.value.shown)
    assert "Nobody else is told yet" in plain(refused.value.shown)
    await stage.again(noor)
    await stage.deliver()
    noor.hears("are told, with your name")
    sam.hears(WORDS)


async def test_a_database_that_does_not_even_answer_does_not_stand_before_help(
    stage: BareStage, noor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(_: Any) -> None:
        raise StoreLost("The database does not answer.")

    for way in ("write", "read", "glance"):
        monkeypatch.setattr(stage.core.store, way, lost)
    danger: tuple[dict[str, Any], ...] = ({"text": WORDS}, {"command": "problem", "args": {"text": WORDS}})
    for what in danger:
        await stage.do(noor, **what)
        noor.hears("People can help now", "3114", "Nobody else was told")
        with pytest.raises(NotStored) as refused:
            await stage.do(noor, **what, means=Means(durable=True, kept=True))
        assert "3114" in plain(refused.value.shown)
    await stage.do(noor, text="/top")
    noor.hears("I cannot store anything just now")
    await stage.do(noor, text=WORDS, addressed=False)
    noor.hears_nothing()
