"""Reports of the only community, as the command line exports them."""

from bot.cli.impact import rows_of
from bot.core import Core
from bot.impact.report import Report
from storage.people import communities


async def report(core: Core, period: str) -> Report:
    (community,) = await core.store.read(communities.every)
    return await rows_of(core, community, period)
