"""What is left out so that nobody can be singled out: one rule for digests, lists and quotes."""

from storage.models import Feedback
from storage.vocabulary import Visibility

FEWEST = 5
"""Below this many people in a group, a nameless quote could be guessed."""


def quotable(item: Feedback, people: int) -> bool:
    """Whether an item may be quoted among the items of `people` persons."""
    return bool(item.text) and (item.visibility is not Visibility.NAMELESS or people >= FEWEST)
