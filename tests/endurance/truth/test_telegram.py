"""Three hours on Telegram, compressed: 2,000 requests that a strict server takes, and every message true at the end."""

import random
from collections.abc import AsyncIterator

import pytest

from bot.core import Core
from bot.ports.inbound import Role
from tests.adapters.telegram.reading import standing
from tests.adapters.telegram.stage import STAFF, TelegramStage, telegram_stage
from tests.clock import StillClock
from tests.endurance.truth import acts, claims
from tests.screens import give_time, keep_up
from tests.sockets.fakes.telegram.journal import Call
from tests.sockets.updates import JSON, private
from tests.stage import Person

DESK: JSON = {"id": STAFF, "type": "supergroup", "title": "Desk"}
SHOWING = {"sendMessage", "editMessageText"}
REQUESTS, HOURS = 2_000, 3


@pytest.fixture
async def telegram(core: Core) -> AsyncIterator[TelegramStage]:
    async with telegram_stage(core) as stage:
        yield stage


def latest(telegram: TelegramStage) -> list[Call]:
    """The last call of each message that stands."""
    calls = [one for one in telegram.fake.journal.calls if one.method in SHOWING and one.status == 200]
    last = {(one.chat, one.message.get("message_id")): one for one in calls}
    return list(last.values())


def violations(telegram: TelegramStage) -> list[str]:
    """What the strict server refused, but for an edit of what a bot before showed already, and polls of the old bot."""
    calls = [one for one in telegram.fake.journal.calls if one.method != "getUpdates"]
    refused = [one for one in calls if one.status >= 400 and "not modified" not in one.refused]
    return [f"{one.method} {one.refused} {one.shown[:60]!r}" for one in refused]


async def act(telegram: TelegramStage, chance: random.Random, number: int) -> None:
    """Let somebody do something, and see that they hear of it."""
    team = chance.random() < 0.5
    person = Person(
        telegram, chance.choice(acts.TEAM if team else acts.MEMBERS), Role.MODERATOR if team else Role.MEMBER
    )
    own = telegram.account(person)["id"]
    chat = DESK if team and chance.random() < 0.5 else private(telegram.account(person))
    buttons = [
        (button["callback_data"], one.message)
        for one in latest(telegram)
        if one.chat in ((own, STAFF) if team else (own,))
        for button in one.buttons
        if "callback_data" in button
    ]
    before = len(telegram.fake.journal.calls)
    if buttons and chance.random() < 0.5:
        await telegram.press_data(person, *chance.choice(buttons[-60:]))
    else:
        await telegram.write(person, acts.said(chance, number, team=team), chat)
    assert len(telegram.fake.journal.calls) > before, "a deaf chat"


@pytest.mark.parametrize(("seed", "restarts"), [(0, False), (1, True)])
async def test_after_hours_of_chance_every_message_is_true(
    telegram: TelegramStage, clock: StillClock, seed: int, restarts: bool
) -> None:
    """Of open cards a new process knows nothing: those are true once they are pressed."""
    chance, began, number = random.Random(seed), clock.now(), 0  # noqa: S311 - the same each time
    give_time(telegram)
    while len(telegram.fake.journal.calls) < REQUESTS or (clock.now() - began).total_seconds() < HOURS * 3600:
        number += 1
        await act(telegram, chance, number)
        clock.forward(seconds=chance.choice((1, 5, 30, 60)))
        await keep_up(telegram)
        if restarts and number % 60 == 0:
            await telegram.restart()
            give_time(telegram)
    for _ in range(20):
        clock.forward(seconds=61)
        await keep_up(telegram)
    assert violations(telegram) == []
    known = await claims.items(telegram.core)
    calls = [one for one in telegram.fake.journal.calls if one.method in SHOWING and one.status == 200]
    told = claims.of_receipts_and_notices if restarts else claims.untrue
    said = [claim for text in standing(calls, set()) for claim in told(telegram.core, known, text)]
    assert said == []
