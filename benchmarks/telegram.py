"""Compares a stored suggestion on Telegram with a minimal python-telegram-bot echo bot."""

import json
from itertools import count

from benchmarks.rig.bot import OPEN, wish
from benchmarks.rig.comparison import CROWD, JSON, MESSAGES, PEOPLE, ROUNDS, PlatformSetup, compare, compare_crowd
from benchmarks.rig.report import Chapter
from benchmarks.rig.timing import milliseconds, probe_disk
from tests.sockets.updates import Updates, private, user

TOKEN = "123456:AA-benchmark"


def setup(people: int = PEOPLE) -> PlatformSetup:
    """The fake Telegram, and the suggestions sent on it."""
    updates, turns = Updates(), count()

    def suggestion() -> JSON:
        turn = next(turns)
        person = user(1_000 + turn % people)
        return updates.message(f"/suggest {wish(turn)}", private(person), person)

    def suggestions(how_many: int) -> list[JSON]:
        return [suggestion() for _ in range(how_many)]

    return PlatformSetup(
        fake="tests.sockets.fakes.telegram",
        bare="benchmarks.rig.bare_telegram",
        settings=lambda url: {
            "PORTEVOIX_TELEGRAM__API_URL": url,
            "PORTEVOIX_TELEGRAM__TOKEN": TOKEN,
            "PORTEVOIX_COMMUNITIES": json.dumps(OPEN),
        },
        suggestions=suggestions,
        people=people,
        path="/control/updates",
        answered="sendMessage",
    )


async def measure() -> Chapter:
    """Every figure of this chapter."""
    disk = probe_disk()
    note = (
        f"{ROUNDS} rounds of {MESSAGES:,} suggestions of {PEOPLE} people, as fast as they are taken, in turns with the "
        "bare bot. Ours are stored and answered; the bare bot (stock httpx) stores nothing and answers the same "
        f"words. fdatasync {milliseconds(disk)}."
    )
    return Chapter(
        "Telegram", "python -m benchmarks telegram", (*await compare(setup()), *await compare_crowd(setup(CROWD))), note
    )
