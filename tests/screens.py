"""Runs the jobs that keep messages up to date, which otherwise run each second."""

from bot.features.screens.keeping import Keeping
from bot.features.screens.refreshing import Refreshing
from bot.features.screens.storing import Storing
from bot.operations.assembly import POSTINGS, VIEWS
from tests.stage import Stage


async def keep_up(stage: Stage) -> None:
    """Deliver the outbox, and update messages whose items have changed."""
    await stage.deliver()
    await Storing(stage.core, POSTINGS).look()
    await Refreshing(stage.core).look()
    await Keeping(stage.core, POSTINGS, VIEWS).look()
    await stage.deliver()


def give_time(stage: Stage) -> None:
    """Let decisions be undone for a minute before anybody is notified of them."""
    own = tuple(one.model_copy(update={"undo": 60}) for one in stage.core.settings.communities)
    object.__setattr__(stage.core, "settings", stage.core.settings.model_copy(update={"communities": own}))
