"""The demo's clock, kept in a file so that a restart does not go back in time."""

import asyncio
import json
import os
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from bot.clock import MovableClock
from bot.errors import OperatorError


class KeptClock(MovableClock):
    """How far it is ahead changes only when it is moved, so it is written then, and nothing is owed at the end.

    Attributes:
        before: what happens in the time jumped over, up to an instant, while the clock still stands.
        after: what is due once the clock has moved.
    """

    def __init__(self, file: Path) -> None:
        super().__init__(_read(file))
        self.before: Callable[[datetime], Awaitable[None]] = _nothing
        self.after: Callable[[], Awaitable[object]] = _nothing
        self._file = file
        self._travelling = asyncio.Lock()

    def move_to(self, moment: datetime) -> None:
        """Jump to an instant and remember it; a clock never goes back."""
        super().move_to(moment)
        try:
            _write(self._file, self.ahead)
        except OSError as error:
            structlog.get_logger().error("clock", mend=f"{self._file} cannot be written ({error.strerror})")

    async def travel(self, moment: datetime) -> None:
        """Let the time up to an instant happen, jump there, and see to what is due; one journey after another.

        A fault on the way there leaves the clock where it was, so that whoever moves it can try again.
        """
        async with self._travelling:
            await self.before(moment)
            self.move_to(moment)
            await self.after()


async def _nothing(*_: datetime) -> None: ...


def _read(file: Path) -> timedelta:
    try:
        return timedelta(seconds=max(0.0, float(json.loads(file.read_text(encoding="utf-8"))["seconds_ahead"])))
    except FileNotFoundError:
        return timedelta()
    except (OSError, ValueError, KeyError, TypeError, OverflowError) as error:
        raise OperatorError(f"{file} does not hold a clock: remove it, and the demo goes on from today.") from error


def _write(file: Path, ahead: timedelta) -> None:
    """Write beside the file, then swap: whenever the demo is killed, one whole version is there."""
    fresh = file.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as stream:
        json.dump({"seconds_ahead": ahead.total_seconds()}, stream)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(file)
