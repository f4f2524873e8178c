"""Stores the outcomes of delivery attempts, and when to try again."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from bot.core import Core
from bot.delivery import untold
from bot.delivery.parcel import Parcel
from bot.delivery.pauses import Pauses
from bot.ports.adapter import Offline, TryLater, Uncertain
from storage.traffic import deliveries

FIRST_BACKOFF = timedelta(seconds=1)
"""The wait before the second attempt; each later one is twice as long."""
LONGEST_BACKOFF = timedelta(minutes=10)
"""The longest backoff between two attempts, so that deliveries resume soon after a platform recovers."""
MOST_ATTEMPTS = 60
MOST_REPEATS = 5
"""How often a message that may have arrived is repeated, if it is for a person; one to a place is repeated once."""
PLACE_REPEAT = timedelta(seconds=20)
"""The wait before a message to a place is repeated: longer than most failures, since there is one repeat."""
SEE = "portevoix outbox list"


class Outcomes:
    """Stores the outcomes of one courier's attempts; each function returns until when the lane must wait, or None."""

    def __init__(self, core: Core, pauses: Pauses) -> None:
        self._core = core
        self._pauses = pauses

    async def hold(self, row_ids: Sequence[int], until: datetime, why: str) -> None:
        """Postpone rows that were not attempted."""
        held = list(row_ids)
        await self._core.store.write(lambda session: deliveries.all_held(session, held, until, why))

    async def fail(self, row_id: int, why: str) -> None:
        """Give up a row that has no address."""
        _tell("undelivered", row_id, why)
        await self._core.store.write(lambda session: deliveries.failed(session, row_id, why))

    async def give_up(self, row_id: int, why: str) -> None:
        """Give up a row whose recipient cannot be reached."""
        _tell("undelivered", row_id, why)
        await self._core.store.write(lambda session: untold.give_up(session, self._core, row_id, why))

    async def repeat_uncertain(self, parcel: Parcel, error: Uncertain, now: datetime) -> datetime | None:
        """Repeat a message later that may have arrived; after the last repeat, leave it to the operator."""
        why, before = str(error), parcel.load_reply(self._core.codec).repeated
        if before >= (1 if parcel.posted else MOST_REPEATS):
            _tell("perhaps delivered", parcel.id, why)
            await self._core.store.write(lambda session: deliveries.uncertain(session, parcel.id, why))
            return None
        until = now + (PLACE_REPEAT if parcel.posted else FIRST_BACKOFF * 2**before)
        await self._core.store.write(lambda session: deliveries.repeated(session, parcel.id, until, why))
        # Answers in a place do not wait behind a digest.
        return None if parcel.posted else until

    async def pause_platform(self, parcel: Parcel, error: Offline, now: datetime) -> datetime:
        """Pause all deliveries to a platform; this does not count as an attempt."""
        until, why = self._pauses.pause_platform(parcel.platform, error.seconds, now), str(error)
        await self._core.store.write(lambda session: deliveries.postponed(session, parcel.id, until, why, counts=False))
        return until

    async def postpone(self, row: Parcel, error: TryLater, now: datetime) -> datetime | None:
        """Retry after the time the platform asks for, else with exponential backoff; give up after `MOST_ATTEMPTS`."""
        why = str(error)
        if error.seconds is None and row.attempts + 1 >= MOST_ATTEMPTS:
            _tell("given up", row.id, why)
            await self._core.store.write(lambda session: deliveries.exhausted(session, row.id, why))
            return None
        own = min(FIRST_BACKOFF * 2 ** min(row.attempts, 12), LONGEST_BACKOFF)
        counts = error.seconds is None
        until = now + (own if error.seconds is None else timedelta(seconds=error.seconds))
        await self._core.store.write(lambda session: deliveries.postponed(session, row.id, until, why, counts=counts))
        return until


def _tell(event: str, row_id: int, why: str) -> None:
    """Log that a row is left undelivered.

    A negative id is of a row that a nameless author caused, and is left out: with the line's time it would tell when
    something nameless was written. `SEE` lists the row.
    """
    row = {} if row_id < 0 else {"row": row_id}
    structlog.get_logger().error(event, **row, why=why, see=SEE)
