"""Measures how fast the finder finds similar items among many in a store.

The time includes encoding the new text, the only other thing a person waits for before filing.
"""

import random
from collections.abc import Sequence

from sqlalchemy import update
from sqlmodel import Session

from benchmarks.language.likeness import LANGUAGES
from benchmarks.rig.bot import Crowd, crowd
from benchmarks.rig.filling import fill_items, fill_people
from benchmarks.rig.timing import Stopwatch
from bot.feedback.display.similar import SOUGHT
from bot.language.encoding.encoder import Encoder
from bot.similar.finder import Finder
from storage.items import vectors
from storage.models import Feedback

FILED = 20_000
"""The number of items; those that are not open candidates are closed or praise."""
LARGE, SEARCHES = vectors.MOST, 1_000
COMMUNITY = 1


async def measure(texts: Sequence[str], encoder: Encoder | None) -> list[Stopwatch]:
    """The times of `SEARCHES` searches among `LARGE` open items, each of two of these texts.

    Raises:
        RuntimeError: the items are not indexed.
    """
    chance = random.Random(0)  # noqa: S311 - the same draw each time is meant
    async with crowd() as people:
        filed = [f"{chance.choice(texts)} {chance.choice(texts)}" for _ in range(LARGE)]
        await _fill(people, filed)
        finder = Finder(people.core.store, LANGUAGES, lambda: _ready(encoder), people.core.clock)
        await finder.refresh(COMMUNITY)
        if not all([await finder.find(COMMUNITY, text, SOUGHT) for text in (filed[0], filed[-1])]):
            raise RuntimeError("the items are not indexed")
        return [await _search(finder, text) for text in chance.sample(texts, SEARCHES)]


async def _fill(people: Crowd, texts: Sequence[str]) -> None:
    await fill_people(people)
    await fill_items(people, 0, FILED)

    def word(session: Session) -> None:
        items = vectors.open_items(session, COMMUNITY)
        rows = [{"id": item.id, "text": text} for item, text in zip(items, texts, strict=True)]
        session.execute(update(Feedback), rows)

    await people.core.store.write(word)


async def _ready(encoder: Encoder | None) -> Encoder | None:
    return encoder


async def _search(finder: Finder, text: str) -> Stopwatch:
    with Stopwatch() as watch:
        await finder.find(COMMUNITY, text, SOUGHT)
    return watch
