"""`portevoix export --impact`: prints the source rows of an impact report."""

from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.cli.terminal.output import output
from bot.core import Core
from bot.errors import OperatorError
from bot.impact import report, table
from bot.impact.period import NoPeriod, Period, read
from storage.models import Community


async def write_impact(core: Core, community: Community, text: str) -> None:
    """Print the source rows of a period as CSV.

    Raises:
        OperatorError: the text names no period, or the output cannot be written.
    """
    now, own, kept = core.clock.now(), core.settings_of(community).impact, core.settings.retention.sent
    period = _period(text, community, core)

    def job(session: Session) -> report.Report:
        return report.read(session, community, period, own, now, kept)

    found = await core.store.read(job)
    with output() as out:
        table.write(found, out)


def _period(text: str, community: Community, core: Core) -> Period:
    try:
        return read(text, core.clock.now().astimezone(ZoneInfo(community.timezone)).date())
    except NoPeriod:
        raise OperatorError("--period: give a month such as 2026-10, a year, or '90 days', begun already.") from None
