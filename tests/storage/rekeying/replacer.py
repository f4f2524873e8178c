"""A `rekey` that is killed at one step after another: `python -m tests.storage.rekeying.replacer URL KEY_FILE`.

A step is what changes a file or the database: a commit, a file copied, rewritten, renamed, removed or flushed. After
each death the database is opened, as at the next start. On stdout is how often it died before there was no step left.
"""

import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlmodel import Session, select

from storage.engine import sqlite
from storage.models import Feedback
from storage.schema.opening import Location, open_store
from storage.schema.rekeying import rekey
from tests.storage.rows import NOON


def main(place: Location) -> int:
    """Die at every step.

    Returns:
        How many steps there were.
    """
    for step in count():
        ended = _ends(lambda step=step: _die(place, step))  # type: ignore[misc]
        if _ends(lambda: _find(place)) != 0:
            raise RuntimeError(f"after step {step} nobody finds what was theirs")
        if ended == 0:
            return step
        if ended != -signal.SIGKILL:
            raise RuntimeError(f"it ended with {ended}")
    raise RuntimeError("there is always a last step")


def _die(place: Location, step: int) -> None:
    steps = count()

    def tick(*_: Any) -> None:
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("replace", "rename", "link", "unlink", "fsync"):
        setattr(os, name, _after(getattr(os, name), tick))
    for name in ("backup", "rekey", "compact", "end_log"):
        setattr(sqlite, name, _after(getattr(sqlite, name), tick))
    event.listen(Engine, "commit", tick)
    rekey(place, NOON, lambda *_: None)


def _find(place: Location) -> None:
    store = open_store(place)
    with Session(store._reading) as session:
        item = session.exec(select(Feedback)).one()
        if item.author_hash != store.keys.mark(item.community_id, 1):
            raise RuntimeError("the nameless item is nobody's")
    store.close()


def _ends(job: Callable[[], None]) -> int:
    """How a process of its own ends that does a job; killed, it is minus the signal."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        job()
        os._exit(0)
    except Exception as error:
        sys.stderr.write(f"{error!r}\n")
    finally:
        os._exit(1)


def _after(run: Callable[..., Any], tick: Callable[[], None]) -> Callable[..., Any]:
    def ticking(*given: Any, **named: Any) -> Any:
        tick()
        done = run(*given, **named)
        tick()
        return done

    return ticking


if __name__ == "__main__":
    sys.stdout.write(f"{main(Location(sys.argv[1], Path(sys.argv[2])))}\n")
