"""Deletes or blanks expired rows once a day, in small batches, by the rules of `storage.privacy.retention`."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from sqlmodel import Session, col, select

from bot.core import Core
from bot.privacy import erasures, left_places
from bot.privacy.redaction import redact_archive
from bot.timekeeping import Timekeeping
from bot.troubles import Troubles
from storage.models import Feedback, Outbox, Question
from storage.privacy import retention
from storage.privacy.blending import blend
from storage.privacy.erasure import scrub
from storage.privacy.retention import RULES, Rule
from storage.reports import kept
from storage.traffic import prompts

FIRST, EVERY = 60.0, 86_400.0
"""Seconds from the start to the first sweep, and from each to the next."""
AGAIN = 60.0
"""Seconds until the next attempt while the clock is wrong."""

LATELY = timedelta(days=3)
"""How far back nameless rows are rewritten: a day, since they have the start of their day, and some failed sweeps."""


class Sweep:
    """The daily job that applies every retention rule, each with the number of days in the settings."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._troubles = Troubles("retention")
        self._time = Timekeeping(core.store, core.clock, core.platform_time)

    async def run(self) -> None:
        """Apply the rules soon after the start, then once a day, until cancelled."""
        await asyncio.sleep(FIRST)
        while True:
            await asyncio.sleep(await self.look())

    async def look(self) -> float:
        """Apply the rules, unless the clock is wrong; return the seconds until the next sweep."""
        trusted = False
        with self._troubles.guard(part="clock"):
            trusted = await self._time.trusted()
        if trusted:
            await self.clear()
        return EVERY if trusted else AGAIN

    async def clear(self) -> dict[str, int]:
        """Delete or blank everything that has expired; errors are logged.

        Returns:
            How many rows were deleted or blanked, by rule.
        """
        gone = {rule.name: await self._apply(rule) for rule in RULES}
        with self._troubles.guard(part="left places"):
            await left_places.clear(self._core)
        with self._troubles.guard(part="erased list"):
            await erasures.expire(self._core)
        with self._troubles.guard(part="nameless"):
            await self._core.store.write(partial(blend, since=self._core.clock.now() - LATELY))
        scrubbed = False
        with self._troubles.guard(part="scrub"):
            scrubbed = await self._core.store.maintain(partial(scrub, anew=True))
        done = {name: number for name, number in gone.items() if number}
        structlog.get_logger().info("retention", scrubbed=scrubbed, **done)
        return gone

    def until(self, rule: Rule) -> datetime | None:
        """The instant before which rows are expired by a rule; None when they do not expire."""
        if rule.name == "prompts":
            return self._core.clock.now() - prompts.PATIENCE
        if rule.name in {"blocks", "rates", "readiness"}:
            return self._core.clock.now()
        days: int = getattr(self._core.settings.retention, rule.setting)
        return self._core.clock.now() - timedelta(days=days) if days else None

    async def _apply(self, rule: Rule) -> int:
        """Apply a rule; an error is logged, so that the other rules are still applied."""
        before, gone = self.until(rule), 0
        with self._troubles.guard(rule=rule.name):
            gone += await self._clear(rule, before) if before else 0
        return gone

    async def _clear(self, rule: Rule, before: datetime) -> int:
        """Read a batch of expired rows, delete or blank it, and repeat; the reads do not block writers."""
        store, total = self._core.store, 0
        found = await store.read(partial(retention.due, rule=rule, before=before))
        while found:
            total += await store.write(partial(self._drop, rule=rule, before=before, keys=[key for _, key in found]))
            found = await store.read(partial(retention.due, rule=rule, before=before, after=found[-1]))
        return total

    def _drop(self, session: Session, rule: Rule, before: datetime, keys: Sequence[Any]) -> int:
        held = retention.claim(session, rule, before, keys)
        self._redact_quotes(session, rule, held)
        if rule.model is Outbox:
            kept.keep(session, held)
        retention.drop(session, rule, held)
        return len(held)

    def _redact_quotes(self, session: Session, rule: Rule, keys: Sequence[Any]) -> None:
        """Redact what quotes expired rows: once they have no author, an erasure could not find these quotes."""
        if rule.model is Feedback:
            items = session.exec(select(Feedback).where(col(Feedback.id).in_(keys))).all()
            redact_archive(session, self._core.codec, items)
        elif rule.model is Question:
            found = session.exec(select(Question).where(col(Question.id).in_(keys))).all()
            redact_archive(session, self._core.codec, [], [(one.id, one.text) for one in found if one.text])
