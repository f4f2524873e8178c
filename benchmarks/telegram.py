"""Telegram: a stored suggestion, beside a bare python-telegram-bot echo bot."""

from benchmarks.rig.bot import WORDS
from benchmarks.rig.race import JSON, MESSAGES, PEOPLE, ROUNDS, Track, race
from benchmarks.rig.report import Chapter
from benchmarks.rig.timing import milliseconds, probe_disk
from tests.sockets.updates import Updates, private, user

TOKEN = "123456:AA-benchmark"


def track() -> Track:
    """Telegram to run on: everybody suggests something."""
    updates = Updates()

    def said(count: int) -> list[JSON]:
        people = [user(1_000 + number % PEOPLE) for number in range(count)]
        return [updates.message(f"/suggest {WORDS}", private(person), person) for person in people]

    return Track(
        fake="tests.sockets.fakes.telegram",
        bare="benchmarks.rig.bare_telegram",
        settings=lambda url: {"PORTEVOIX_TELEGRAM__API_URL": url, "PORTEVOIX_TELEGRAM__TOKEN": TOKEN},
        said=said,
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
    return Chapter("Telegram", "python -m benchmarks telegram", await race(track()), note)
