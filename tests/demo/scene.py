"""What the demo's tests look at: digests, items, rows, and the clock they move."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlmodel import Session, SQLModel

from bot.core import Core
from bot.demo.deeds import Event
from bot.demo.progress import PLATFORM
from bot.demo.replay import replay_until
from bot.demo.story import Story
from bot.ports.reply import Reply
from storage.items import feedback
from storage.items.importing import walking
from storage.models import Digest, Feedback
from storage.people import communities
from storage.reports import digests
from tests.clock import StillClock

PARIS = ZoneInfo("Europe/Paris")
WEDNESDAY = datetime(2026, 3, 4, 14, 0, tzinfo=PARIS)
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=PARIS)
NEXT_MONDAY = MONDAY + timedelta(weeks=1)

Opens = Callable[[Path, datetime], Awaitable[Core]]


def events(beyond: int = 0, until: datetime | None = None) -> list[Event]:
    """The whole story, in order.

    Args:
        beyond: how many weeks after the sample's last one, too.
        until: up to when, instead.
    """
    story = Story()
    return story.events(MONDAY.date(), until or MONDAY + timedelta(weeks=len(story.weeks) + beyond), PARIS)


async def move(core: Core, moment: datetime) -> None:
    """What moving the demo's clock does before the timetable looks at it."""
    assert isinstance(core.clock, StillClock)
    core.clock.time = moment
    await replay_until(core, moment)


async def posted(core: Core) -> list[Digest]:
    """The digests posted, the oldest first."""
    return await core.store.read(lambda session: digests.archive(session, communities.every(session)[0].id))


async def newest(core: Core) -> Reply:
    """The digest posted last."""
    return core.codec.load((await posted(core))[-1].payload)


async def item(core: Core, name: str) -> Feedback:
    """The feedback the story knows by that name."""
    found = await core.store.read(lambda session: feedback.by_source(session, f"{PLATFORM}:{name}"))
    assert found is not None
    return found


async def items(core: Core) -> list[Feedback]:
    """Every piece of feedback."""
    return [one for one, _ in await core.store.read(lambda session: list(walking.walk(session, 1)))]


async def rows(core: Core) -> dict[str, int]:
    """How many rows each table has."""

    def count(session: Session) -> dict[str, int]:
        tables = SQLModel.metadata.sorted_tables
        return {
            table.name: session.connection().execute(select(func.count()).select_from(table)).scalar_one()
            for table in tables
        }

    return await core.store.read(count)
