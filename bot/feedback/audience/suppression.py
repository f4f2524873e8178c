"""Small-group suppression: leaves out nameless quotes whose author could be guessed."""

from storage.models import Feedback

FEWEST = 5
"""The number of people in a group from which a nameless quote may be shown."""


def quotable(item: Feedback, people: int) -> bool:
    """Whether an item may be quoted in a group of items.

    Args:
        people: the number of people who wrote the group's items.
    """
    return bool(item.text) and (item.author_id is not None or people >= FEWEST)
