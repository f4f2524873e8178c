"""Chooses the quotes of a theme: its medoid, then the most central item that says something else."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from sqlmodel import Session

from bot.feedback.audience.suppression import quotable
from bot.language.text.normalise import question_key
from bot.themes.theme import Reason
from storage.items.signals import themes
from storage.items.signals.themes import Said
from storage.models import Feedback

MOST = 2
"""The most quotes of a theme."""


def choose(items: Iterable[Said], people: int, unsigned: int, most: int = MOST) -> list[Said]:
    """The items to quote, each with another text.

    Args:
        items: the items of the theme, the most central first.
        people: the number of people who wrote them.
        unsigned: the number of items without an author.
    """
    return list(islice(_different(item for item in items if quotable(item, people, unsigned)), most))


def unquoted(items: Iterable[Said], people: int, unsigned: int) -> tuple[int, Reason | None]:
    """The number of items that may not be quoted, and the most frequent reason."""
    why = Counter(_reason(item) for item in items if not quotable(item, people, unsigned))
    return sum(why.values()), max(why, key=lambda reason: (why[reason], reason), default=None)


def read(session: Session, chosen: Iterable[Said]) -> dict[int, Feedback]:
    """By id, the items as they are now, without those that were edited or that the team no longer sees."""
    words = {item.id: item.text for item in chosen}
    return {item.id: item for item in themes.in_view(session, words) if item.text == words[item.id]}


def _different(items: Iterable[Said]) -> Iterator[Said]:
    seen: set[str] = set()
    for item in items:
        if (key := question_key(item.text)) not in seen:
            seen.add(key)
            yield item


def _reason(item: Said) -> Reason:
    return Reason.UNSIGNED if item.author_hash is None else Reason.FEW
