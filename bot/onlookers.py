"""Remembers which moderator was shown which item last, to warn when two look at the same one."""

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

from storage.values import frozen

REMEMBERED = timedelta(minutes=3)
"""How long somebody who was shown an item counts as looking at it."""
MOST_KEPT = 1_000


@frozen
class Look:
    """What somebody was shown last.

    Attributes:
        name: the person's name, as others are told.
        at: when it was shown.
    """

    item_id: int
    name: str
    at: datetime


class Onlookers:
    """The item that each moderator was shown last, in memory only: a restart forgets it."""

    def __init__(self) -> None:
        self._looks: OrderedDict[str, Look] = OrderedDict()
        self._lock = Lock()
        """Items are shown in the threads that read the store."""

    def look(self, holder: str, look: Look) -> list[str]:
        """Record the item that a person is shown now.

        Args:
            holder: the keyed mark of the person's account.

        Returns:
            The names of the others who look at the item, in the order they came to it.
        """
        with self._lock:
            self._looks[holder] = look
            self._looks.move_to_end(holder)
            while len(self._looks) > MOST_KEPT or next(iter(self._looks.values())).at < look.at - REMEMBERED:
                self._looks.popitem(last=False)
            others = [one for own, one in self._looks.items() if own != holder]
        return [one.name for one in others if one.item_id == look.item_id]
