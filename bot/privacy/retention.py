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
from storage.engine.errors import StoreError
from storage.models import Feedback, Question
from storage.privacy import retention
from storage.privacy.erasure import scrub
from storage.privacy.retention import RULES, Rule
from storage.traffic import prompts

FIRST, EVERY = 60.0, 86_400.0
"""Seconds from the start to the first sweep, and from each to the next."""


class Sweep:
    """The daily job that applies every retention rule, each with the number of days in the settings."""

    def __init__(self, core: Core) -> None:
        self._core = core

    async def run(self) -> None:
        """Apply the rules soon after the start, then once a day, until cancelled."""
        await asyncio.sleep(FIRST)
        while True:
            await self.clear()
            await asyncio.sleep(EVERY)

    async def clear(self) -> dict[str, int]:
        """Delete or blank everything that has expired; errors are logged.

        Returns:
            How many rows were deleted or blanked, by rule.
        """
        gone = {rule.name: await self._apply(rule) for rule in RULES}
        log = structlog.get_logger()
        try:
            await left_places.clear(self._core)
            await erasures.expire(self._core)
            scrubbed = await self._core.store.read(partial(scrub, anew=True))
        except StoreError as error:
            log.error("retention", mend=str(error))  # noqa: TRY400 - the mend says it all
        else:
            log.info("retention", scrubbed=scrubbed, **{name: number for name, number in gone.items() if number})
        return gone

    def until(self, rule: Rule) -> datetime | None:
        """The instant before which rows are expired by a rule; None when they do not expire."""
        if rule.name == "prompts":
            return self._core.clock.now() - prompts.PATIENCE
        if rule.name in {"blocks", "rates"}:
            return self._core.clock.now()
        days: int = getattr(self._core.settings.retention, rule.setting)
        return self._core.clock.now() - timedelta(days=days) if days else None

    async def _apply(self, rule: Rule) -> int:
        """Apply a rule; an error is logged, so that the other rules are still applied."""
        before, log = self.until(rule), structlog.get_logger()
        try:
            return await self._clear(rule, before) if before else 0
        except StoreError as error:
            log.error("retention", rule=rule.name, mend=str(error))  # noqa: TRY400 - the mend says it all
        except Exception as error:
            log.error("retention", rule=rule.name, error=type(error).__name__)  # noqa: TRY400 - no member's words
        return 0

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
