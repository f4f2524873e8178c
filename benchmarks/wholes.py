"""Measures whole digests as they are posted: themes found, figures read, worded, and the picture drawn."""

import resource
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlmodel import Session

from benchmarks.rig.filling import PEOPLE
from benchmarks.rig.report import Figure
from benchmarks.rig.timing import milliseconds
from bot.core import Core
from bot.features.digest.gather import week_until
from bot.features.digest.posting.drafting import MANUAL, Edition, illustrate
from bot.language.encoding.centred import everyday
from bot.ports.reply import Image
from bot.themes.memory import store_themes
from storage.items.signals import themes
from storage.models import Community, Feedback
from storage.vocabulary import Audience, Kind

IN_THE_WEEK, AGAIN = 2_000, 5
WEEK = timedelta(days=7)
SEED = 20_261_129


@dataclass(frozen=True, slots=True)
class Taken:
    """The seconds a whole digest took: by the clock, and of the processor, the drawing process included."""

    wall: float
    cpu: float


async def figures(core: Core, community: Community) -> list[Figure]:
    """A digest of 2,000 items first, with nothing loaded and no vector stored, then again with both."""
    now = core.clock.now()
    await core.store.write(lambda session: _fill(session, community, now))
    cold = await _taken(core, community)
    # As the watch of themes has done each week.
    for since in (now - 2 * WEEK, now - WEEK):
        await store_themes(core, community, since, since + WEEK + timedelta(seconds=1))
    warm = [await _taken(core, community) for _ in range(AGAIN)]
    middle = Taken(statistics.median(one.wall for one in warm), statistics.median(one.cpu for one in warm))
    return list(_figures(cold, middle))


def _figures(cold: Taken, warm: Taken) -> Iterator[Figure]:
    what = f"a whole digest with themes and picture, {IN_THE_WEEK:,} items in its week"
    yield Figure(f"{what}: CPU", milliseconds(warm.cpu), f"first time {milliseconds(cold.cpu)}")
    yield Figure(f"{what}: wall", milliseconds(warm.wall), f"first time {milliseconds(cold.wall)}")


async def _taken(core: Core, community: Community) -> Taken:
    edition = Edition(MANUAL, "", week_until(core.clock.now() + timedelta(seconds=1), ZoneInfo(community.timezone)))
    wall, cpu = time.perf_counter(), _cpu()
    found = await illustrate(core, community, edition)
    taken = Taken(time.perf_counter() - wall, _cpu() - cpu)
    if not any(isinstance(block, Image) for block in found.reply.blocks):
        raise RuntimeError("no picture was drawn")
    return taken


def _cpu() -> float:
    """The seconds of the processor that this process and the ended ones it started have used."""
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + child.ru_utime + child.ru_stime


def _fill(session: Session, community: Community, now: datetime) -> None:
    """Insert so many items that the week has `IN_THE_WEEK`."""
    draw, texts = Random(SEED), everyday()  # noqa: S311 - the same draw each time is meant
    there = len(themes.ids_said(session, community.id, now - WEEK, now))
    rows = [
        {
            "community_id": community.id,
            "number": 10_000_000 + at,
            "kind": draw.choice([Kind.PROBLEM, Kind.SUGGESTION]),
            "audience": Audience.TEAM,
            "language": "en",
            "text": draw.choice(texts),
            "author_id": draw.randrange(1, PEOPLE + 1),
            "created_at": now - WEEK * draw.random(),
            "changed_at": now,
        }
        for at in range(IN_THE_WEEK - there)
    ]
    session.execute(insert(Feedback), rows)
