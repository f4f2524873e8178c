"""Discord: a stored suggestion by slash command, beside a bare discord.py echo bot."""

from benchmarks.rig.bot import WORDS
from benchmarks.rig.race import JSON, MESSAGES, PEOPLE, ROUNDS, Track, race
from benchmarks.rig.report import Chapter
from benchmarks.rig.timing import milliseconds, probe_disk
from tests.sockets.discord.events import Events, direct, user

TOKEN = "MTIz.benchmark.token"
AT_ONCE = 50
PATIENCE: JSON = {"patience": 60}
"""Seconds the fake waits for an acknowledgement: a burst starts all its three seconds together."""


def track() -> Track:
    """Discord to run on: everybody suggests something."""
    events = Events()

    def said(count: int) -> list[JSON]:
        people = [user(1_000 + number % PEOPLE) for number in range(count)]
        places = [direct(5_000 + number % PEOPLE, person) for number, person in enumerate(people)]
        asked = zip(people, places, strict=True)
        return [events.slash("suggest", {"text": WORDS}, place, person) for person, place in asked]

    return Track(
        fake="tests.sockets.fakes.discord",
        bare="benchmarks.rig.bare_discord",
        settings=lambda url: {
            "PORTEVOIX_DISCORD__API_URL": f"{url}/api/v10",
            "PORTEVOIX_DISCORD__GATEWAY_URL": url.replace("http", "ws"),
            "PORTEVOIX_DISCORD__TOKEN": TOKEN,
        },
        said=said,
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
    return Chapter("Discord", "python -m benchmarks discord", await race(track()), note)
