"""Makes a verified copy of the database every so often while the bot runs, and keeps the newest ones."""

import asyncio
import glob
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from bot.core import Core
from bot.operations.ledger import Ledger
from bot.recurring import repeat
from bot.settings.config import Settings
from storage.engine.errors import StoreError
from storage.engine.keys import Keys
from storage.schema import copies, dumps
from storage.schema.opening import Location

STAMP = "%Y-%m-%dT%H%M%SZ"
"""The format of the time of a copy in its name, in UTC."""
PAUSE = timedelta(hours=1)
"""How long to wait after a copy that could not be made."""


class Backups:
    """The scheduled copies of one installation, as the settings say; none without `backup.folder`."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._told: set[str] = set()
        """The mends that were logged since the last copy."""
        self._resting: datetime | None = None
        """Until when no copy is tried, after one that could not be made."""

    async def run(self) -> None:
        """Make what is due now and every minute, until cancelled."""
        await repeat(self.catch_up, self._core.clock, "30")

    async def catch_up(self) -> Path | None:
        """Make a copy if one is due, and remove the oldest beyond those to keep; errors are logged, each once.

        Returns:
            The copy; None when none is due, or it could not be made. Then every earlier one is kept.
        """
        own, now = self._core.settings, self._core.clock.now()
        if own.backup.folder is None or (self._resting and now < self._resting):
            return None
        try:
            made = await asyncio.to_thread(make_due, own, self._core, now)
        except (StoreError, OSError) as error:
            self._resting = now + PAUSE
            self._tell(str(error) if isinstance(error, StoreError) else f"{error.filename}: {error.strerror}")
            return None
        if made:
            self._told.clear()
            structlog.get_logger().info("backup", file=made.name)
        return made

    def _tell(self, mend: str) -> None:
        if mend not in self._told:
            structlog.get_logger().error("backup", mend=mend)
        self._told.add(mend)


def make_due(settings: Settings, core: Core, now: datetime) -> Path | None:
    """Make a copy when the newest is too old, then remove the oldest beyond those to keep.

    Raises:
        StoreError: the copy cannot be made, or is not sound; none was removed.
        OSError: the folder cannot be read or written.
    """
    place, folder = Location(settings.database, settings.key_file), settings.backup.folder
    if folder is None or not folder.is_dir():
        raise StoreError(f"There is no folder {folder} for backups: make it, or set backup.folder.")
    made = scheduled(place, folder)
    if made and now - made_at(made[-1]) < timedelta(hours=settings.backup.every):
        return None
    target = folder / f"{_name(place)}.backup-{now.astimezone(UTC):{STAMP}}"
    copy_to(place, target, core.store.keys)
    Ledger(place).note("backup", target, now)
    for old in [*made, target][: -settings.backup.keep]:
        old.unlink(missing_ok=True)
    return target


def copy_to(place: Location, target: Path, keys: Keys) -> int:
    """Make a verified copy of a database; return how many items are in it.

    Raises:
        StoreError: the target exists, or the copy cannot be made, or is not sound; then there is none.
    """
    if place.file is None:
        return dumps.dump(place, target, keys)
    return copies.back_up(place.file, target, keys).rows.get("feedback", 0)


def _name(place: Location) -> str:
    """What the names of a database's copies begin with."""
    return place.file.name if place.file else f"{place.server.database}{dumps.SUFFIX}"


def scheduled(place: Location, folder: Path) -> list[Path]:
    """The scheduled copies of a database in a folder, the oldest first; other files are left out."""
    found = folder.glob(f"{glob.escape(_name(place))}.backup-*Z")
    return sorted(one for one in found if _is_stamped(one))


def made_at(copy: Path) -> datetime:
    """When a copy was made, by its name."""
    return datetime.strptime(copy.name.rpartition(".backup-")[2], STAMP).replace(tzinfo=UTC)


def _is_stamped(copy: Path) -> bool:
    try:
        made_at(copy)
    except ValueError:
        return False
    return True
