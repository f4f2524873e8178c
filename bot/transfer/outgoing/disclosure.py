"""Limits what an export tells of nameless items, since times and languages would narrow down who wrote them."""

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
"""Formats an instant."""


@frozen
class Disclosure:
    """The rules for nameless items: days instead of instants, and the language only if several people use it.

    Attributes:
        zone: the time zone of days.
        spoken: the languages that several people use, so that they may be told.
    """

    zone: ZoneInfo
    spoken: Collection[str]

    def when(self, item: Feedback) -> When:
        """The function that formats the instants of an item: as days if it is nameless."""
        return self._day if item.nameless else datetime.isoformat

    def language(self, item: Feedback) -> str | None:
        """The language of an item; None when it is nameless and few use the language, or when it is unknown.

        A nameless item that was imported has the language of its file or words, which identifies nobody here.
        """
        told = not item.nameless or item.language in self.spoken or revising.is_of_file(item)
        return (item.language or None) if told else None

    def since(self, since: datetime) -> ColumnElement[bool]:
        """The condition for items changed since an instant; for nameless items, since the beginning of its day.

        Otherwise several exports since different instants would tell when a nameless item was written.
        """
        return conditions.changed_since(since, start_of_day(since, self.zone))

    def _day(self, at: datetime) -> str:
        return at.astimezone(self.zone).date().isoformat()
