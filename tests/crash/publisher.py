"""A bot killed at each step of posting a digest: `python -m tests.crash.publisher URL KEY_FILE [every|few]`.

Each step has a week of its own: the bot dies at that step of the week's digest, and is started again the day before
the next. On stdout is how many times it died before there was no step left. The steps are the commits, and what is
around each job of the store; `every` adds each statement that writes, whose transaction the database takes back;
with `few` it dies at one step in three alone.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlmodel import Session

from bot.core import Core
from bot.features.digest.posting.timetable import Timetable
from bot.locales.speech import Languages
from bot.operations import assembly
from bot.operations.assembly import LOCALES, open_core
from bot.settings.config import CommunitySettings, Settings, StaffPlace
from storage.engine.line import Line
from storage.engine.prepared import Prepared
from storage.engine.store import Store
from storage.models import Feedback
from storage.people import communities
from tests.clock import StillClock
from tests.golden.diary import MONDAY
from tests.storage import rows
from tests.storage.rows import DAY, NOON

WEEK = timedelta(weeks=1)
STAFF = StaffPlace(platform="bare", place="staff")


def settings(url: str, key_file: Path) -> Settings:
    """One community, with a place for its digest."""
    plaza = CommunitySettings(key="plaza", name="Plaza", timezone="Europe/Paris", staff=STAFF)
    return Settings(database=url, key_file=key_file, communities=(plaza,))


def main(url: str, key_file: Path, *, every: bool) -> int:
    """Die at each step.

    Returns:
        How often it died.
    """
    own = settings(url, key_file)
    # Read once, before the many processes: nothing of it has to do with dying.
    known = Languages(LOCALES)
    vars(assembly)["Languages"] = lambda _: known
    if _ends(own, StillClock(NOON), _found) != 0:
        raise RuntimeError("the community could not be founded")
    return next(week for week in count() if not _dies(own, week, every=every))


async def _found(core: Core) -> Feedback:
    """Something waits, to be quoted in every digest."""

    def job(session: Session) -> Feedback:
        return rows.item(session, communities.every(session)[0])

    return await core.store.write(job)


def _dies(own: Settings, week: int, *, every: bool) -> bool:
    """Whether a bot, once it has made up for the week before, came as far as the step of its week's number."""
    clock = StillClock(MONDAY + week * WEEK - DAY)

    async def post(core: Core) -> None:
        await Timetable(core).catch_up()
        clock.forward(days=1)
        _arm(core.store, week, every=every)
        await Timetable(core).catch_up()

    ended = _ends(own, clock, post)
    if ended not in {0, -signal.SIGKILL}:
        raise RuntimeError(f"it ended with {ended}")
    return ended != 0


def _ends(own: Settings, clock: StillClock, job: Callable[[Core], Awaitable[object]]) -> int:
    """How a process of its own ends that does a job; killed, it is minus the signal."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    async def work() -> None:
        core = await open_core(own, clock)
        await job(core)
        core.store.close()

    try:
        asyncio.run(work())
        os._exit(0)
    finally:
        os._exit(1)


def _arm(store: Store, step: int, *, every: bool) -> None:
    """Kill this process at a step: before a commit, around a job of the store, and before a statement that writes."""
    steps = count()

    def tick(*_: object) -> None:
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def writes(connection: Connection, *_: object) -> None:
        if connection.engine is not store._reading:
            tick()

    event.listen(Engine, "commit", writes)
    if every:
        event.listen(Engine, "before_cursor_execute", writes)
        for own, name in ((Line, "execute"), (Prepared, "_run")):
            setattr(own, name, _after(getattr(own, name), tick))
    for name in ("read", "write"):
        setattr(store, name, _between(getattr(store, name), tick))


def _after(run: Callable[..., Any], tick: Callable[[], None]) -> Callable[..., Any]:
    def ticking(*given: Any) -> Any:
        tick()
        return run(*given)

    return ticking


def _between(run: Callable[[Any], Awaitable[Any]], tick: Callable[[], None]) -> Callable[[Any], Awaitable[Any]]:
    async def ticking(job: Any) -> Any:
        tick()
        done = await run(job)
        tick()
        return done

    return ticking


if __name__ == "__main__":
    deaths = main(sys.argv[1], Path(sys.argv[2]), every="every" in sys.argv[3:])
    sys.stdout.write(f"{deaths}\n")
