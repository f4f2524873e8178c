"""Two bots on one PostgreSQL that post one digest at the same instant, and people who take words back meanwhile."""

import asyncio
import threading
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from bot.core import Core
from bot.features.digest.posting.timetable import Timetable
from bot.operations.assembly import open_core
from bot.settings.config import Settings
from storage.items import feedback
from storage.models import Digest, Feedback, Outbox
from storage.people import communities
from storage.reports import digests, reporting
from storage.vocabulary import Status
from tests.clock import StillClock
from tests.crash.publisher import settings as of_plaza
from tests.golden.diary import MONDAY
from tests.postgres import Server
from tests.storage import rows
from tests.storage.rows import NOON


@pytest.fixture
def settings(postgres: Server) -> Settings:
    location = postgres.create("raced")
    return of_plaza(location.url, location.key_file)


@pytest.fixture
async def bots(settings: Settings, postgres: Server) -> AsyncIterator[tuple[Core, Core]]:
    """Two bots on one database, in which something was said."""
    one = await open_core(settings, StillClock(NOON))
    await one.store.write(lambda session: rows.item(session, communities.every(session)[0]))
    pair = one, await open_core(settings, StillClock(MONDAY))
    yield pair
    for core in pair:
        core.store.close()
    postgres.drop("raced")


async def test_of_many_at_once_and_of_two_that_see_nothing_posted_one_posts(bots: tuple[Core, Core]) -> None:
    posted = await asyncio.gather(*(Timetable(_on_monday(core)).catch_up() for core in bots * 4))
    assert sum(posted) == 1
    assert await _posted(bots[0]) == [1, 1]

    both = threading.Barrier(2, timeout=60)

    def posted_since(*_: Any) -> bool:
        both.wait()
        return False

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(digests, "posted_since", posted_since)
        posted = await asyncio.gather(*(Timetable(_on_monday(core, 7)).catch_up() for core in bots))
    assert sorted(posted) == [0, 1]
    assert not both.broken
    assert await _posted(bots[0]) == [2, 2]


async def _posted(core: Core) -> list[int]:
    """How many digests there are, and how many messages are owed."""
    found = await core.store.read(
        lambda session: (session.exec(select(Digest)).all(), session.exec(select(Outbox)).all())
    )
    return [len(table) for table in found]


async def test_what_was_read_again_cannot_be_taken_back_before_the_digest_is_written(
    bots: tuple[Core, Core], postgres: Server
) -> None:
    one, other = bots
    read_again, written = threading.Event(), threading.Event()

    def post(session: Session) -> None:
        assert reporting.current(session, [1])
        read_again.set()
        assert written.wait(60)

    def withdraw(session: Session) -> None:
        item = session.get_one(Feedback, 1)
        feedback.change_status(session, item, Status.WITHDRAWN, None, "", NOON)

    posting = asyncio.create_task(one.store.write(post))
    assert await asyncio.to_thread(read_again.wait, 60)
    withdrawing = asyncio.create_task(other.store.write(withdraw))
    assert await postgres.holds_up("raced", withdrawing)
    written.set()
    await asyncio.gather(posting, withdrawing)


def _on_monday(core: Core, later: int = 0) -> Core:
    """The bot, on a Monday so many days after the first."""
    assert isinstance(core.clock, StillClock)
    core.clock.time = MONDAY + timedelta(days=later)
    return core
