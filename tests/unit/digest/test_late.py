"""When a late digest was due is a moment, which each reader sees in their own zone where the platform shows that."""

from datetime import UTC, datetime

from sqlmodel import Session, select

from bot.core import Core
from bot.features.digest.posting import drafting
from bot.features.digest.posting.calendar import calendar
from bot.features.digest.posting.drafting import MANUAL, Edition
from bot.ports.reply import Instant, Precision, flat
from storage.models import Community


async def test_it_is_an_instant(core: Core) -> None:
    def first(session: Session) -> Community:
        return session.exec(select(Community)).one()

    own, due = await core.store.read(first), datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
    window = calendar(MANUAL, own).window(due.date())
    line = drafting._late(core, own, Edition(MANUAL, "2026-03-09", window, due))
    assert flat(line).startswith("Late: it was due on 9 March at ")
    moments = [part for part in line if isinstance(part, Instant)]
    assert [(one.at, one.precision) for one in moments] == [(due, Precision.TIME)]
