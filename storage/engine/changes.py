"""Notes what a transaction changed of the rows that are kept in memory, for whoever keeps them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from sqlmodel import Session

T = TypeVar("T")
CHANGED = "changed"
"""The key in `Session.info` under which a transaction's notes are."""


class Changed(NamedTuple):
    """An item that was filed or changed.

    Attributes:
        filed: the item, when it was filed; None when it is to be read.
    """

    community_id: int
    id: int
    filed: object = None


def note(session: Session, community_id: int, item_id: int, filed: object = None) -> None:
    """Note that the present transaction files or changes an item."""
    session.info.setdefault(CHANGED, []).append(Changed(community_id, item_id, filed))


@dataclass(slots=True)
class Notes:
    """What the last run of one job noted, to be told once it is committed: a job that fails may be run again."""

    found: Sequence[Changed] = field(default=())

    def over(self, job: Callable[[Session], T]) -> Callable[[Session], T]:
        """The job, whose notes are taken out of its session."""

        def noted(session: Session) -> T:
            result = job(session)
            self.found = session.info.pop(CHANGED, ())
            return result

        return noted
