"""Corrects what was stored with a future date while the clock was wrong: digests' claims, deliveries, communities."""

from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

import structlog
from sqlmodel import Session

from bot.core import Core
from storage.models import Community, Digest
from storage.reports import digests
from storage.traffic import deliveries

LATEST = timedelta(days=1)
"""The longest legitimate wait of a delivery, and the most by which dates differ between time zones."""


async def correct_future(core: Core, known: Sequence[Community]) -> None:
    """Correct what is dated after now; costs a few reads when nothing is.

    Raises:
        StoreError: the database cannot be read or written.
    """
    named = [(one, digest.name) for one in known for digest in core.settings.digests_of(one.key)]
    begun = [one for one in known if one.created_at > core.clock.now()]
    found = await core.store.read(lambda session: any(_ahead(session, core, one, name) for one, name in named))
    if not (found or begun):
        return

    # A day ago, so that a digest that was due a moment ago is still posted.
    start = core.clock.now() - LATEST

    def job(session: Session) -> None:
        for one, name in named:
            for row in _ahead(session, core, one, name, hold=True):
                digests.take_back(session, row)
        for one in begun:
            session.get_one(Community, one.id).created_at = start
        deliveries.hurry(session, core.clock.now(), core.clock.now() + LATEST)

    await core.store.write(job)
    for one in begun:
        one.created_at = start
    structlog.get_logger().warning("clock", taken_back="what was posted for days that are still to come")


def _ahead(session: Session, core: Core, community: Community, name: str, *, hold: bool = False) -> list[Digest]:
    # In the community's zone, and a day later: a digest's own zone is at most a day ahead of it.
    today = core.clock.now().astimezone(ZoneInfo(community.timezone)).date() + LATEST
    return digests.ahead(session, community.id, name, today.isoformat(), hold=hold)
