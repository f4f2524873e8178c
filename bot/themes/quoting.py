"""What may be quoted of a theme: its medoid, then the most central item that says something else."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from sqlmodel import Session, col, select

from bot.feedback.audience.suppression import quotable
from bot.language.text.normalise import question_key
from bot.themes.theme import Reason
from storage import conditions
from storage.items.signals.themes import ThemeText
from storage.models import Feedback

MOST = 2
"""Quotes of a theme."""


def choose(items: Iterable[ThemeText], people: int, unsigned: int, most: int = MOST) -> list[ThemeText]:
    """The items to quote, of those the most central first; each says something else.

    Args:
        people: the people who wrote the theme's items.
        unsigned: how many of its items have no author.
    """
    return list(islice(_different(item for item in items if quotable(item, people, unsigned)), most))


def unquoted(items: Iterable[ThemeText], people: int, unsigned: int) -> tuple[int, Reason | None]:
    """How many items may not be quoted, and why the most of them may not."""
    why = Counter(_reason(item) for item in items if not quotable(item, people, unsigned))
    return sum(why.values()), max(why, key=lambda reason: (why[reason], reason), default=None)


def read(session: Session, chosen: Iterable[ThemeText]) -> dict[int, Feedback]:
    """By id, the items as they are now, but for those whose words changed or that the team no longer sees."""
    words = {item.id: item.text for item in chosen}
    query = select(Feedback).where(col(Feedback.id).in_(words), *conditions.team_sees_or_erased())
    return {item.id: item for item in session.exec(query) if item.text == words[item.id]}


def _different(items: Iterable[ThemeText]) -> Iterator[ThemeText]:
    seen: set[str] = set()
    for item in items:
        if (key := question_key(item.text)) not in seen:
            seen.add(key)
            yield item


def _reason(item: ThemeText) -> Reason:
    return Reason.UNSIGNED if item.author_hash is None else Reason.FEW
