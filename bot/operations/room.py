"""Watches how much room the disk of the database has: warns the log and the staff once when it gets low."""

import shutil
from datetime import datetime
from functools import partial
from pathlib import Path

import structlog
from sqlmodel import Session

from bot.core import Core
from bot.ports.reply import say
from bot.recurring import run_often
from bot.troubles import Troubles
from storage.people import communities
from storage.reports import installation
from storage.schema.opening import Location
from storage.traffic import outbox
from storage.values import frozen

LEAST_BYTES, LEAST_SHARE = 1_000_000_000, 0.05
"""What should be free on the disk of the database: so many bytes, and this share of it."""
ENOUGH = 1.2
"""How many times that has to be free until it counts as enough again, so that no warning follows another."""
EVERY = 600.0
"""Seconds between two checks."""
MEND = "make room on the disk of the database: when it is full, nothing more can be stored"


@frozen
class Room:
    """The room of a disk, in bytes."""

    free: int
    total: int

    def is_below(self, factor: float = 1.0) -> bool:
        """Whether less than what should be free, times a factor, is free."""
        return self.free < LEAST_BYTES * factor or self.free < self.total * LEAST_SHARE * factor

    def __str__(self) -> str:
        return f"{self.free / 1e9:.1f} GB free of {self.total / 1e9:.1f}"


def measure(folder: Path) -> Room:
    """The room on the disk of a folder."""
    usage = shutil.disk_usage(folder)
    return Room(usage.free, usage.total)


class RoomWatch:
    """The job that checks the disk every few minutes; not on PostgreSQL, whose disk may be elsewhere."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._troubles = Troubles("disk")
        self._warned = False

    async def run(self) -> None:
        """Check the disk again and again, until cancelled."""
        await run_often(self.look, self._troubles, EVERY)

    async def look(self) -> None:
        """Warn when the disk has little room, and note when it has enough again.

        Raises:
            StoreError: the database cannot be read, or the warning not be stored; the log has it.
            OSError: the disk cannot be examined.
        """
        file = Location(self._core.settings.database, self._core.settings.key_file).file
        if file is None:
            return
        room = measure(file.absolute().parent)
        since = await self._core.store.read(installation.low_since)
        if room.is_below(ENOUGH if since else 1.0):
            await self._warn(room, since)
        elif since or self._warned:
            self._warned = False
            structlog.get_logger().info("disk", room=str(room), trouble="none any more")
            await self._core.store.write(partial(installation.mark_low, since=None))

    async def _warn(self, room: Room, since: datetime | None) -> None:
        if not self._warned:
            structlog.get_logger().warning("disk", room=str(room), mend=MEND)
        self._warned = True
        if since is None:
            await self._core.store.write(self._tell_staff)
            self._core.debts.notify()

    def _tell_staff(self, session: Session) -> None:
        now = self._core.clock.now()
        installation.mark_low(session, now)
        for community in communities.every(session):
            place = communities.staff_place(session, community.id)
            if place is None:
                continue
            words = self._core.speech(community).say(
                "The disk of this bot is nearly full. When it is full, nothing more can be kept. The people who host "
                "the bot can make room."
            )
            payload = self._core.codec.dump(say(words))
            outbox.owe(session, f"disk:{community.id}:{now.isoformat()}", payload, now, place_id=place.id)
