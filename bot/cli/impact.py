"""`portevoix export --impact`: prints the source rows of an impact report."""

from zoneinfo import ZoneInfo

from bot.cli.terminal.output import output
from bot.core import Core
from bot.errors import OperatorError
from bot.impact import report, table
from bot.impact.period import NoPeriod, Period, read
from bot.impact.report import Report
from storage.models import Community


async def write_impact(core: Core, community: Community, text: str) -> None:
    """Print the source rows of a period as CSV.

    Raises:
        OperatorError: the text names no period, or the output cannot be written.
    """
    found = await rows_of(core, community, text)
    with output() as out:
        table.write(found, out)


async def rows_of(core: Core, community: Community, text: str) -> Report:
    """The report of a period, with its source rows.

    Raises:
        OperatorError: the text names no period that has begun.
    """
    own, now, kept = core.settings_of(community).impact, core.clock.now(), core.settings.retention.sent
    period = _period(text, community, core)
    return await core.store.read(lambda session: report.read(session, community, period, own, now, kept))


def _period(text: str, community: Community, core: Core) -> Period:
    try:
        return read(text, core.clock.now().astimezone(ZoneInfo(community.timezone)).date())
    except NoPeriod:
        raise OperatorError("--period: give a month such as 2026-10, a year, or '90 days', begun already.") from None
