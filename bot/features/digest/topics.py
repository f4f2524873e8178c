"""The themes of a digest, with who takes care of each and since when people write about it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from sqlmodel import Session

from bot.features.digest.data import Topic, Window
from bot.themes.theme import Theme
from storage.items.desk import ownership
from storage.people import members

TOPICS = 3
"""The largest number of themes that are shown."""
MANY, ALONE = 10, timedelta(days=1)
"""Among at least so many items, one that was filed so long before the next counts as stray."""


def topics(session: Session, themes: Sequence[Theme], window: Window) -> Iterator[Topic]:
    """The `TOPICS` themes with the most voices.

    Args:
        themes: the themes of the span, those with the most people first.
        window: the span of the digest.
    """
    for theme in sorted(themes, key=lambda one: -one.voices)[:TOPICS]:
        found = ownership.care(session, theme.items)
        if found:
            since = max(window.since, _began([one.filed_at for one in found]).astimezone(window.since.tzinfo))
            team = _most_common([one.team for one in found if one.team])
            person = None if team else _person([one.owner_id for one in found])
            name = members.names(session, {person}).get(person, "") if person else ""
            yield Topic(theme, team or name, team, since.date(), person)


def _began(filed: Sequence[datetime]) -> datetime:
    """When people began to write about a theme: the first of these times that is not a stray one."""
    every = sorted(filed)
    if len(every) < MANY:
        return every[0]
    return next((one for one, after in pairwise(every) if after - one <= ALONE), every[0])


def _person(owners: Sequence[int | None]) -> int | None:
    """The most frequent owner, as a member id; None when no item has one."""
    found = Counter(own for own in owners if own is not None).most_common(1)
    return found[0][0] if found else None


def _most_common(words: Sequence[str]) -> str:
    (word, _), *_ = Counter(words).most_common(1) or [("", 0)]
    return word
