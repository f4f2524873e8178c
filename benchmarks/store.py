"""Measures the store with a million items: filing, compared with a thousand items, and queries and commands."""

import time
from collections.abc import Awaitable, Callable
from zoneinfo import ZoneInfo

from sqlmodel import Session

from benchmarks.rig.bot import Crowd, crowd, wish
from benchmarks.rig.filling import BUTTONS, MANY, PEOPLE, WAITING, WEEKS, fill_buttons, fill_items, fill_people
from benchmarks.rig.report import Chapter, Figure
from benchmarks.rig.timing import milliseconds, percentile, probe_disk
from bot.core import Core
from bot.features.digest.gather import gather, week_until
from bot.ports.inbound import Role
from bot.ports.reply import Buttons, Reply
from bot.privacy.retention import Sweep
from bot.similar.finder import Finder
from storage.items import feedback
from storage.items.desk import backlog
from storage.people import communities
from storage.reports import reporting

FEW = 1_000
"""Items in the store for the comparison."""
TRIES = 300
"""Items filed for one measurement."""
SOUGHT = 3
"""Similar items that are searched."""


async def measure() -> Chapter:
    """Fill a store, and measure every figure of this chapter."""
    disk = probe_disk()
    async with crowd() as people:
        await fill_people(people)
        await fill_items(people, 0, FEW)
        few = await _filing(people)
        # Filing has left out the numbers of four digits, which are drawn.
        await fill_items(people, 10_000 + TRIES, MANY)
        many = await _filing(people)
        await fill_buttons(people)
        figures = [
            Figure(
                f"filing one at {MANY:,} items, half within",
                milliseconds(many),
                f"{milliseconds(few)} at {FEW:,}: {many / few:.2f} ×; fdatasync {milliseconds(disk)}",
            ),
            *[await _query(people, name, job) for name, job in _queries(people)],
            *[await _timed(name, action) for name, action in _commands(people)],
        ]
    note = (
        f"{MANY:,} items of {PEOPLE:,} people over {WEEKS} weeks on encrypted SQLite, of which {WAITING:,} wait; "
        f"{BUTTONS:,} buttons, each of one person."
    )
    return Chapter("A million items", "python -m benchmarks store", tuple(figures), note)


async def _filing(people: Crowd) -> float:
    """The median time, in seconds, of filing a suggestion, one after another."""
    taken = []
    for number in range(TRIES):
        start = time.perf_counter()
        await people.suggest(1 + number)
        taken.append(time.perf_counter() - start)
    return percentile(taken, 0.5)


def _queries(people: Crowd) -> list[tuple[str, Callable[[Session], object]]]:
    now = people.core.clock.now()
    window = week_until(now, ZoneInfo("UTC"))
    return [
        ("the weekly digest, gathered", lambda session: gather(session, communities.every(session)[0], window)),
        ("what waits, most supported first", lambda session: reporting.waiting(session, 1, now, 3)),
        ("how much waits", lambda session: reporting.waiting_count(session, 1, now)),
        ("the top five", lambda session: backlog.top(session, 1)),
        ("one item by its number", lambda session: feedback.by_number(session, 1, MANY // 2)),
    ]


async def _query(people: Crowd, name: str, job: Callable[[Session], object]) -> Figure:
    return await _timed(name, lambda: people.core.store.read(job))


def _commands(people: Crowd) -> list[tuple[str, Callable[[], Awaitable[object]]]]:
    return [
        ("/queue, from the message to its answer", lambda: people.say("/queue", 1, Role.MODERATOR)),
        ("/digest, likewise", lambda: people.say("/digest", 1, Role.MODERATOR)),
        ("/forgetme, asked and confirmed", _forgetting(people)),
        ("the daily sweep, nothing being old", Sweep(people.core).clear),
        ("what is similar, searched first after a start", lambda: _similar_after_start(people.core)),
    ]


async def _similar_after_start(core: Core) -> object:
    """Search similar items with an index that has to be made first."""
    library, codes = core.library, core.languages.codes
    return await Finder(core.store, codes, library.encoder, core.clock).find(1, wish(0), SOUGHT)


def _forgetting(people: Crowd) -> Callable[[], Awaitable[object]]:
    """An action that erases another person each time it is called."""
    others = iter(range(1_000, PEOPLE))

    async def forget() -> None:
        person = next(others)
        asked = await people.say("/forgetme", person)
        await people.press(_first_token(asked), person)

    return forget


def _first_token(reply: Reply) -> str:
    return next(block.buttons[0].token for block in reply.blocks if isinstance(block, Buttons))


async def _timed(name: str, action: Callable[[], Awaitable[object]]) -> Figure:
    taken = []
    for _ in range(5):
        start = time.perf_counter()
        await action()
        taken.append(time.perf_counter() - start)
    return Figure(name, milliseconds(percentile(taken, 0.5)), f"first time {milliseconds(taken[0])}")
