"""What is told of an item without a name: days in place of instants, and its language only where several use it.

Both would narrow down who wrote it.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement

from bot.clock import start_of_day
from storage import conditions
from storage.items.importing import revising
from storage.models import Feedback
from storage.values import frozen

When = Callable[[datetime], str]
"""Writes an instant."""


@frozen
class Discretion:
    """What is told of an item without a name.

    Attributes:
        zone: the zone of its days.
        spoken: the languages that may stand beside it.
    """

    zone: ZoneInfo
    spoken: Collection[str]

    def when(self, item: Feedback) -> When:
        """What writes the instants of an item: its day, when it is nameless."""
        return self._day if item.nameless else datetime.isoformat

    def language(self, item: Feedback) -> str | None:
        """The language of an item; None when it is nameless and few use it, or when its file did not tell.

        What came nameless from a file has the language of that file or of its words, and not of somebody here.
        """
        told = not item.nameless or item.language in self.spoken or revising.is_without_author(item)
        return (item.language or None) if told else None

    def since(self, since: datetime) -> ColumnElement[bool]:
        """The condition for items changed since an instant; nameless ones since the beginning of its day.

        With instants, exports since several of them would tell when a nameless item was written.
        """
        return conditions.changed_since(since, start_of_day(since, self.zone))

    def _day(self, at: datetime) -> str:
        return at.astimezone(self.zone).date().isoformat()
