"""The demo's clock, saved in a file so that it does not go back at a restart."""

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
    """A movable clock that saves how far it is ahead whenever it is set forward.

    Attributes:
        before: called with the new instant before the clock is set forward to it.
        after: called once the clock is set forward.

    Raises:
        OperatorError: the file cannot be read or does not hold a clock.
    """

    def __init__(self, file: Path) -> None:
        super().__init__(_read(file))
        self.before: Callable[[datetime], Awaitable[None]] = _nothing
        self.after: Callable[[], Awaitable[object]] = _nothing
        self._file = file
        self._travelling = asyncio.Lock()

    def move_to(self, moment: datetime) -> None:
        """Set the clock forward to an instant, and save it; an error of the file is logged."""
        super().move_to(moment)
        try:
            _write(self._file, self.ahead)
        except OSError as error:
            structlog.get_logger().error("clock", mend=f"{self._file} cannot be written ({error.strerror})")

    async def travel(self, moment: datetime) -> None:
        """Call `before`, set the clock forward, and call `after`; concurrent calls wait for each other.

        When `before` fails, the clock stays unchanged, so that the call can be repeated.
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
    """Write a new file and rename it over the old one: a crash leaves one of them whole."""
    fresh = file.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as stream:
        json.dump({"seconds_ahead": ahead.total_seconds()}, stream)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(file)
