"""Compares a stored suggestion by slash command on Discord with a minimal discord.py echo bot."""

import json
from itertools import count

from benchmarks.rig.bot import OPEN, wish
from benchmarks.rig.comparison import CROWD, JSON, MESSAGES, PEOPLE, ROUNDS, PlatformSetup, compare, compare_crowd
from benchmarks.rig.report import Chapter
from benchmarks.rig.timing import milliseconds, probe_disk
from tests.sockets.discord.events import Events, direct, user

TOKEN = "MTIz.benchmark.token"
AT_ONCE = 50
PATIENCE: JSON = {"patience": 60}
"""Seconds the fake waits for an acknowledgement: more than Discord's three, which all start at once in a burst."""


def setup(people: int = PEOPLE) -> PlatformSetup:
    """The fake Discord, and the suggestions sent on it."""
    events, turns = Events(), count()

    def suggestion() -> JSON:
        turn = next(turns)
        number = turn % people
        person = user(1_000 + number)
        return events.slash("suggest", {"text": wish(turn)}, direct(100_000 + number, person), person)

    def suggestions(how_many: int) -> list[JSON]:
        return [suggestion() for _ in range(how_many)]

    return PlatformSetup(
        fake="tests.sockets.fakes.discord",
        bare="benchmarks.rig.bare_discord",
        settings=lambda url: {
            "PORTEVOIX_DISCORD__API_URL": f"{url}/api/v10",
            "PORTEVOIX_DISCORD__GATEWAY_URL": url.replace("http", "ws"),
            "PORTEVOIX_DISCORD__TOKEN": TOKEN,
            "PORTEVOIX_COMMUNITIES": json.dumps(OPEN),
        },
        suggestions=suggestions,
        people=people,
        path="/control/events",
        answered="callback",
        burst=AT_ONCE,
        prepare=("/control/world", PATIENCE),
    )


async def measure() -> Chapter:
    """Every figure of this chapter."""
    disk = probe_disk()
    note = (
        f"{ROUNDS} rounds of {MESSAGES:,} slash commands of {PEOPLE} people, {AT_ONCE} at a time, in turns with a bare "
        f"bot, which stores nothing and answers the same words. fdatasync {milliseconds(disk)}."
    )
    figures = (*await compare(setup()), *await compare_crowd(setup(CROWD)))
    return Chapter("Discord", "python -m benchmarks discord", figures, note)
