"""Small-group suppression: leaves out nameless quotes whose author could be guessed."""

from typing import Protocol

from storage.items.importing.revising import QUOTED, UNQUOTED

FEWEST = 5
"""The smallest number of people in a group in which nameless items may be quoted."""


class Words(Protocol):
    """Words, and whose they are, as `storage.models.Feedback` has them."""

    @property
    def text(self) -> str:
        """The words."""
        ...

    @property
    def author_id(self) -> int | None:
        """The author's member id."""
        ...

    @property
    def author_hash(self) -> str | None:
        """The mark of a nameless author."""
        ...

    @property
    def source(self) -> str | None:
        """The mark of the message or row it came from."""
        ...


def quotable(item: Words, people: int, unsigned: int = 0) -> bool:
    """Whether an item may be quoted in a group of items.

    Args:
        people: the number of distinct people who wrote the group's items.
        unsigned: the number of its items without an author; each counts as a person for quotes of imported items only.
    """
    if not item.text or item.author_id is not None:
        return bool(item.text)
    source = item.source or ""
    if item.author_hash is None and source.startswith((UNQUOTED, QUOTED)):
        return source.startswith(QUOTED) and people + unsigned >= FEWEST
    return people >= FEWEST
