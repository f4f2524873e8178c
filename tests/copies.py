"""Databases for tests: made once for the same settings, copied for each test, and opened without checks."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path

import pytest

from bot.core import Core
from bot.operations import assembly
from bot.settings.config import Settings
from storage.engine import keys as keyring
from storage.engine.store import Store
from storage.schema.opening import Location, open_engines, open_store
from tests.clock import StillClock
from tests.keeping import DATABASE, KEY, Kept

Job = Callable[[Core], Awaitable[None]]


class Copies:
    """Makes the databases of tests.

    Attributes:
        fresh: copies that were not opened yet, whose revision and key are known.
        kept: the database reused by one test after another, if there is one.
    """

    def __init__(self, template: Path) -> None:
        self.database, self.key = (template / "pv.db").read_bytes(), (template / "pv.key").read_bytes()
        self.fresh: set[Path] = set()
        self.kept: Kept | None = None
        self._begun: dict[tuple[object, ...], list[tuple[Settings, bytes]]] = {}

    def write(self, home: Path) -> None:
        """Copy a migrated empty database and its key into a new folder."""
        home.mkdir()
        (home / DATABASE).write_bytes(self.database)
        (home / KEY).touch(0o600)
        (home / KEY).write_bytes(self.key)
        self.fresh.add(home / DATABASE)

    def open(self, location: Location) -> Store:
        """Open a store; a fresh copy without checking its tables and key."""
        if self.kept and location.file == self.kept.folder / DATABASE:
            return self.kept.open(lambda: self._open(location))
        return self._open(location)

    def lend(self, make: Callable[[], Path]) -> Path:
        """The folder of the reused database; made if there is none that could be emptied."""
        if self.kept and self.kept.opened:
            self.drop()
        if self.kept is None:
            self.kept = Kept(make())
            self.write(self.kept.folder)
        return self.kept.folder

    def drop(self) -> None:
        """Close the reused database and forget it."""
        if self.kept:
            self.kept.close()
        self.kept = None

    def _open(self, location: Location) -> Store:
        if location.file not in self.fresh:
            return open_store(location)
        self.fresh.remove(location.file)
        keys = keyring.load(location.key_file)
        return Store(*open_engines(location, keys), keys)

    async def open_core(self, settings: Settings, clock: StillClock, *jobs: Job) -> Core:
        """Open a core on a copy of a database in which the communities of these settings are stored already.

        Args:
            jobs: jobs run on the database before; they must be deterministic.
        """
        file = assembly.location(settings).file
        if file not in self.fresh or (self.kept and file == self.kept.folder / DATABASE):
            core = await assembly.open_core(settings, clock)
            await _do(core, jobs)
            return core
        # Settings are compared, which is fast for identical objects; serialising them takes a tenth of a small test.
        given = settings.model_copy(update={"database": "", "key_file": Path()})
        begun = self._begun.setdefault((clock.now(), *(job.__qualname__ for job in jobs)), [])
        known = next((made for other, made in begun if other == given), None)
        if known is None:
            core = await assembly.open_core(settings, clock)
            await _do(core, jobs)
            core.store.close()
            begun.append((given, file.read_bytes()))
        else:
            file.write_bytes(known)
        self.fresh.add(file)
        return await assembly.open_core(settings, clock)


async def _do(core: Core, jobs: Sequence[Job]) -> None:
    for job in jobs:
        await job(core)


@pytest.fixture(scope="session")
def copies(template: Path) -> Iterator[Copies]:
    """Makes the databases of tests."""
    made = Copies(template)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assembly, "open_store", made.open)
        yield made
    made.drop()
