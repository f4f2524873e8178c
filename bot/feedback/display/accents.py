"""The accent of an item's card: by its status once the team has taken it up, before that by its kind."""

from bot.ports.reply import Accent
from storage.items.feedback import AnyItem
from storage.vocabulary import CLOSED, Kind, Publication, Status

OF_KIND = {Kind.SUGGESTION: Accent.IDEA, Kind.PROBLEM: Accent.PROBLEM, Kind.PRAISE: Accent.PRAISE}
OF_OUTCOME = {Status.DONE: Accent.DONE, Status.RESOLVED: Accent.DONE}


def accent(item: AnyItem) -> Accent:
    """The accent of an item's card."""
    if item.publication is Publication.REMOVED:
        return Accent.CLOSED
    if item.status in (Status.RECEIVED, Status.READ):
        return OF_KIND[item.kind]
    return OF_OUTCOME.get(item.status, Accent.CLOSED if item.status in CLOSED else Accent.UNDER_WAY)
