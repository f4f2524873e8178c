"""Two writes on one PostgreSQL that wait for each other: the one that is ended is done again, and both are kept."""

import asyncio
import threading
from collections.abc import Callable

from sqlmodel import Session, select

from storage.models import Community
from storage.schema.opening import open_store
from tests.postgres import Server
from tests.storage import rows

MEETING = 20.0
"""Seconds for two threads to meet."""


def renames(keys: tuple[str, str], meeting: threading.Barrier) -> Callable[[Session], None]:
    """A job that writes one row, waits until another job has written its first, and writes the other row."""
    tries: list[None] = []

    def job(session: Session) -> None:
        tries.append(None)
        for key in keys:
            found = session.exec(select(Community).where(Community.key == key).with_for_update()).one()
            found.name += "!"
            session.flush()
            if key == keys[0] and len(tries) == 1:
                meeting.wait(MEETING)

    return job


async def test_of_two_writes_that_wait_for_each_other_both_are_kept(postgres: Server) -> None:
    store = open_store(postgres.create("deadlock"))
    try:
        for key in ("one", "two"):
            await store.write(lambda session, key=key: rows.community(session, key).id)  # type: ignore[misc]
        meeting = threading.Barrier(2)
        pair = [renames(keys, meeting) for keys in (("one", "two"), ("two", "one"))]
        await asyncio.gather(*(store.write(job) for job in pair))
        names = await store.read(lambda session: session.exec(select(Community.name)).all())
        assert [name.count("!") for name in names] == [2, 2]
    finally:
        store.close()
        postgres.drop("deadlock")
