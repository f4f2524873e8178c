"""Measures a digest with a million items in fifty communities: its queries, the whole of it, and its picture."""

import statistics
from collections.abc import Awaitable, Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from benchmarks import wholes
from benchmarks.rig.bot import Crowd, crowd
from benchmarks.rig.filling import MANY, WEEKS, fill_communities, fill_items, fill_people
from benchmarks.rig.report import Chapter, Figure
from benchmarks.rig.timing import Stopwatch, milliseconds
from bot.features.digest.gather import gather, week_until
from bot.features.digest.picture import drawing, picture
from bot.features.digest.posting.drafting import MANUAL, Edition, draft
from storage.models import Community
from storage.people import communities

COMMUNITIES = 50
TRIES = 20


async def measure() -> Chapter:
    """Fill a store, and measure every figure of this chapter."""
    async with crowd() as people:
        await fill_communities(people, COMMUNITIES)
        await fill_people(people)
        await fill_items(people, 0, MANY, COMMUNITIES)
        found = await people.core.store.read(communities.every)
        figures = [
            await _figure("the queries of a digest", lambda number: _gathered(people, found[number])),
            await _figure("a digest, read and worded", lambda number: _drafted(people, found[number])),
            await _figure("a digest with its picture", lambda number: _pictured(people, found[number])),
            *await wholes.figures(people.core, found[COMMUNITIES - 1]),
        ]
    note = f"{MANY:,} items in {COMMUNITIES} communities over {WEEKS} weeks on encrypted SQLite."
    return Chapter("Digests", "python -m benchmarks digests", tuple(figures), note)


async def _figure(name: str, action: Callable[[int], Awaitable[object]]) -> Figure:
    """The CPU time of an action beside its wall time, each time for another community; the first one is cold."""
    taken = []
    for number in range(TRIES):
        with Stopwatch() as watch:
            await action(number)
        taken.append(watch)
    cold, *warm = taken
    wall = statistics.median(one.wall for one in warm)
    cpu = statistics.median(one.cpu for one in warm)
    first = f"first time {milliseconds(cold.cpu)}"
    return Figure(f"{name}, CPU of this process", milliseconds(cpu), f"{first}; wall {milliseconds(wall)}")


async def _gathered(people: Crowd, community: Community) -> object:
    def job(session: Session) -> object:
        now = people.core.clock.now() + timedelta(seconds=1)
        return gather(session, community, week_until(now, ZoneInfo(community.timezone)))

    return await people.core.store.read(job)


async def _drafted(people: Crowd, community: Community) -> object:
    return await people.core.store.read(
        lambda session: draft(session, people.core, community, _edition(people, community))
    )


async def _pictured(people: Crowd, community: Community) -> None:
    edition = _edition(people, community)
    drafted = await people.core.store.read(lambda session: draft(session, people.core, community, edition))
    async with drawing(people.core) as draw:
        drawn = await picture(drafted.data, people.core.languages.speech(community.language), draw)
    if drawn is None:
        raise RuntimeError("no picture was drawn")


def _edition(people: Crowd, community: Community) -> Edition:
    now = people.core.clock.now() + timedelta(seconds=1)
    return Edition(MANUAL, "", week_until(now, ZoneInfo(community.timezone)))
