"""What is left out so that nobody can be singled out: one rule for digests, lists and quotes."""

from storage.models import Feedback

FEWEST = 5
"""Below this many people in a group, a nameless quote could be guessed."""


def quotable(item: Feedback, people: int) -> bool:
    """Whether an item may be quoted among the items of `people` persons."""
    return bool(item.text) and (item.author_id is not None or people >= FEWEST)
