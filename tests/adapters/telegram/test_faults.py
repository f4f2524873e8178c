"""When the store refuses, or nobody can tell what arrived: nothing is left lying about."""

import pytest
from sqlmodel import Session

from adapters.telegram.incoming import intake
from adapters.telegram.places import PLATFORM
from bot.ports.adapter import Address, Uncertain, Unreachable
from bot.ports.reply import say
from storage.engine.errors import StoreFull
from storage.traffic import inbox
from tests.adapters.telegram.stage import PLAZA, TelegramStage
from tests.sockets.fakes.telegram.faults import blocked, unanswered
from tests.sockets.running import until
from tests.stage import Person

ANSWER = Address("101", True, "answer:1")


async def test_talk_that_the_store_could_not_note_is_closed_once_it_can(
    telegram: TelegramStage, zoe: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = []

    def refuse(*given: object) -> None:
        refused.append(given)
        raise StoreFull("The disk is full.")

    monkeypatch.setattr(intake, "STORE_RETRY_SECONDS", 0.002)
    with monkeypatch.context() as full:
        for name in ("close", "set_aside"):
            full.setattr(inbox, name, refuse)
        telegram.fake.push(telegram.updates.message("see you tonight", PLAZA, telegram.account(zoe)))
        await telegram.fake.queue.emptied()
        await until(lambda: len(refused) > 2)
        assert await telegram.core.store.read(_unfinished)
    await telegram.telegram.idle()
    assert not await telegram.core.store.read(_unfinished)


async def test_nothing_is_remembered_of_what_cannot_arrive(telegram: TelegramStage) -> None:
    telegram.fake.fail("sendMessage", blocked())
    with pytest.raises(Unreachable):
        await telegram.telegram.send(ANSWER, say("Hello"))
    assert _remembered(telegram) == 0


async def test_nothing_is_remembered_of_what_nobody_can_tell(telegram: TelegramStage) -> None:
    telegram.fake.fail("sendMessage", unanswered())
    with pytest.raises(Uncertain):
        await telegram.telegram.send(ANSWER, say("Hello"))
    assert _remembered(telegram) == 0


def _unfinished(session: Session) -> list[inbox.Arrival]:
    return inbox.unfinished(session, PLATFORM)


def _remembered(telegram: TelegramStage) -> int:
    return len(telegram.telegram._sender._sent_parts)
