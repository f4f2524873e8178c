"""Notes which items a transaction files or changes, so that copies of them in memory can be updated."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from sqlmodel import Session

T = TypeVar("T")
CHANGED = "changed"
"""The key in `Session.info` of a transaction's notes."""


class Changed(NamedTuple):
    """An item that was filed or changed.

    Attributes:
        filed: the new item; None for a changed item, which has to be read from the database.
    """

    community_id: int
    id: int
    filed: object = None


def note(session: Session, community_id: int, item_id: int, filed: object = None) -> None:
    """Note that the present transaction files or changes an item."""
    session.info.setdefault(CHANGED, []).append(Changed(community_id, item_id, filed))


@dataclass(slots=True)
class Notes:
    """The notes of one job, to be reported after the commit; of a job that is run again, the last run's notes."""

    found: Sequence[Changed] = field(default=())

    def over(self, job: Callable[[Session], T]) -> Callable[[Session], T]:
        """Wrap a job: after each run its notes are moved from the session to `found`."""

        def noted(session: Session) -> T:
            result = job(session)
            self.found = session.info.pop(CHANGED, ())
            return result

        return noted
