"""Leases on work that one process at a time may do: PostgreSQL advisory locks on a dedicated connection."""

import asyncio
import contextlib
import os
import platform
import secrets
import zlib
from collections.abc import Awaitable, Collection, Sequence
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy import Engine
from sqlmodel import Session

from storage.engine.errors import StoreLost

if TYPE_CHECKING:
    import psycopg

CHECK_SECONDS = 1.0
"""Seconds between two checks of the connection, and of whether another process's lease has become free."""
AGAIN_SECONDS = 1.0
"""Seconds from the loss of the connection to each attempt to connect again."""
ANSWER_SECONDS = 3.0
"""Seconds without an answer after which the connection counts as lost.

Less than the time after which the server releases the locks (`_SERVER`), so that no other process gets them earlier.
"""
_SERVER = {"tcp_keepalives_idle": "4", "tcp_keepalives_interval": "1", "tcp_keepalives_count": "3"}
"""The server's keepalive settings: when a holder's machine or network is gone, it releases the locks after 7 s."""
_CLIENT = {"connect_timeout": 5, "keepalives_idle": 2, "keepalives_interval": 1, "keepalives_count": 2}
PROCESS = "process"
"""The name of the lease each process takes on its own number, and the key of that number in `Session.info`."""
PART_BITS = 12
"""The bits for the part in the number of a lease on one of several parts, such as shards; the bits above are the count
of parts."""
_HELD = """
SELECT locks.objid::bigint, activity.application_name FROM pg_locks AS locks
LEFT JOIN pg_stat_activity AS activity USING (pid)
WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid = {key}
AND locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
ORDER BY 1
"""


class Leases:
    """The leases of this process. They end with its connection, so the server frees those of a killed process at once.

    Attributes:
        process: this process's number while the connection is open, else None.
        others: whether other processes run on this database, as of the last check.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: psycopg.AsyncConnection[Any] | None = None
        self._ready = asyncio.Event()
        self._lost = asyncio.Event()
        self._readable = asyncio.Event()
        self._asking: set[asyncio.Task[Any]] = set()
        self._socket = -1
        """A second descriptor of the connection's socket: psycopg watches the first one while it waits for answers."""
        self._logged = False
        self.process: int | None = None
        self.others = False

    async def run(self) -> None:
        """Keep a connection open, and notice at once when it is lost; runs until cancelled."""
        try:
            while True:
                try:
                    await self._connect()
                    while True:
                        await self._check()
                        await self._wait()
                except _errors() as error:
                    self._log(error)
                self._disconnect()
                await asyncio.sleep(AGAIN_SECONDS)
        finally:
            self._disconnect()

    async def take(self, name: str, number: int = 0) -> bool:
        """Wait for the connection, then take a lease if it is free; it ends with the connection, or by `release`.

        Returns:
            Whether it was taken.

        Raises:
            StoreLost: the connection was lost meanwhile.
        """
        await self._ready.wait()
        try:
            (taken,) = (await self._ask("SELECT pg_try_advisory_lock(%s, %s)", _key(name), number))[0]
        except _errors() as error:
            raise _loss() from error
        return bool(taken)

    async def release(self, name: str, number: int = 0) -> None:
        """Give a lease back, so that another process can take it; on a lost connection it has ended already."""
        with contextlib.suppress(*_errors()):
            await self._ask("SELECT pg_advisory_unlock(%s, %s)", _key(name), number)

    async def held(self, name: str) -> dict[int, str]:
        """The leases of this name that are held: by number, the `application_name` of the holder.

        Raises:
            StoreLost: the connection was lost meanwhile.
        """
        await self._ready.wait()
        try:
            return dict(await self._ask(_HELD.format(key=_key(name))))
        except _errors() as error:
            raise _loss() from error

    async def lost(self) -> None:
        """Wait until the connection is lost, and with it every lease.

        Raises:
            StoreLost: always.
        """
        await self._lost.wait()
        raise _loss()

    def _open(self) -> "Awaitable[psycopg.AsyncConnection[Any]]":
        """Open a connection to the engine's database outside of its pool, since the locks belong to the connection."""
        import psycopg  # noqa: PLC0415 - see `_errors`

        _, given = self._engine.dialect.create_connect_args(self._engine.url)
        name = f"portevoix {platform.node()}:{os.getpid()}"
        return psycopg.AsyncConnection.connect(**{**given, **_CLIENT, "application_name": name})

    async def _connect(self) -> None:
        self._connection = await self._open()
        await self._connection.set_autocommit(True)
        for name, value in _SERVER.items():
            await self._ask("SELECT set_config(%s, %s, false)", name, value)
        number = secrets.randbelow(2**31 - 1) + 1
        await self._ask("SELECT pg_advisory_lock(%s, %s)", _key(PROCESS), number)
        self._socket = os.dup(self._connection.fileno())
        asyncio.get_running_loop().add_reader(self._socket, self._on_readable)
        self._lost = asyncio.Event()
        self.process, self._logged = number, False

    async def _check(self) -> None:
        running = await self._ask(_HELD.format(key=_key(PROCESS)))
        self.others = len(running) > 1
        self._ready.set()

    async def _wait(self) -> None:
        """Wait until the next check; returns at once when the server sends something unasked, as when it shuts down."""
        self._readable.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CHECK_SECONDS):
                await self._readable.wait()

    def _on_readable(self) -> None:
        if not self._asking:
            self._readable.set()

    async def _ask(self, statement: str, *given: object) -> list[Any]:
        if self._connection is None:
            raise ConnectionError("not connected")
        asking = asyncio.create_task(_rows(self._connection, statement, given))
        self._asking.add(asking)
        asking.add_done_callback(self._asking.discard)
        asking.add_done_callback(_forget)
        # Not cancelled by a timeout: psycopg would wait for the server to confirm that it cancelled the statement.
        await asyncio.wait([asking], timeout=ANSWER_SECONDS)
        if not asking.done():
            self._disconnect()
            asking.cancel()
            raise TimeoutError
        return asking.result()

    def _disconnect(self) -> None:
        """Close the connection at once, and wake everybody who waits in `lost`."""
        if self._socket >= 0:
            asyncio.get_running_loop().remove_reader(self._socket)
            os.close(self._socket)
        if self._connection is not None:
            self._connection.pgconn.finish()
        self._socket = -1
        self._connection = self.process = None
        self.others = True
        self._ready.clear()
        self._lost.set()

    def _log(self, error: Exception) -> None:
        if not self._logged:
            structlog.get_logger().error("leases", error=type(error).__name__, mend=str(_loss()))
        self._logged = True


def process_numbers(session: Session) -> Collection[int]:
    """The numbers of the processes that run on this database."""
    return [number for number, _ in holders(session, PROCESS)]


def holders(session: Session, name: str) -> Sequence[tuple[int, str]]:
    """The leases of this name that are held, each by its number and its holder's name; none on SQLite."""
    if session.get_bind().dialect.name == "sqlite":
        return []
    found = session.connection().exec_driver_sql(_HELD.format(key=_key(name)))
    return [(number, str(who or "").removeprefix("portevoix ")) for number, who in found]


def _key(name: str) -> int:
    """The first of an advisory lock's two numbers, computed from the name; must be the same in every version."""
    return zlib.crc32(f"portevoix {name}".encode()) >> 1


def _errors() -> tuple[type[Exception], ...]:
    """The exceptions that a lost connection raises."""
    # Imported at use: it takes 8 MiB and 50 ms, and on SQLite nothing needs it.
    import psycopg  # noqa: PLC0415

    return psycopg.Error, OSError, TimeoutError


def _loss() -> StoreLost:
    return StoreLost("The database does not answer, so another process may take over: check that its server runs.")


def _forget(asking: "asyncio.Task[Any]") -> None:
    """Read the exception of a statement on a lost connection, so that asyncio does not log it as never retrieved."""
    if not asking.cancelled():
        asking.exception()


async def _rows(connection: "psycopg.AsyncConnection[Any]", statement: str, given: tuple[object, ...]) -> list[Any]:
    cursor = await connection.execute(statement.encode(), given or None)
    return await cursor.fetchall() if cursor.description else []
