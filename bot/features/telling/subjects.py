"""Determines the subject of a member's question: the open items similar to it, and its area."""

import re
from collections.abc import Mapping, Sequence

from bot.core import Core
from bot.feedback.desk import placement
from bot.feedback.items import areas_of
from bot.language.text.normalise import fold
from bot.similar import overlap
from storage.models import Community, Question
from storage.people import referrals
from storage.people.referrals import Subject

MOST = 10
"""The largest number of items that a question is about."""
_WORD = re.compile(r"\w+")


async def subjects(core: Core, community: Community, asked: Sequence[Question]) -> dict[int, Subject]:
    """The subject of each question, by its id."""
    now = core.clock.now()
    topics = await core.store.read(lambda session: referrals.topics(session, community.id, now))
    areas = await _areas(core, community, [one.text for one in asked])
    return {
        one.id: Subject(frozenset(await _items(core, community, one.text, topics)), area)
        for one, area in zip(asked, areas, strict=True)
    }


async def _items(core: Core, community: Community, text: str, topics: Mapping[int, str]) -> set[int]:
    """The ids of the topics' items that a text is about, by similarity of meaning or overlap of words.

    Args:
        topics: the words of the items that people are ready to talk about, by id.
    """
    everyones = await core.similar.find(community.id, text, MOST)
    teams = await core.similar_of_team.find(community.id, text, MOST)
    # By words as well, as a question about an item is often much shorter than the item.
    worded = {own for own, words in topics.items() if overlap.nearest(text, [[words]]) is not None}
    return {*everyones, *teams} & topics.keys() | worded


async def _areas(core: Core, community: Community, texts: Sequence[str]) -> list[str | None]:
    """The area of each text: the one it names, or else a prediction."""
    named = [_named(core, community, text) for text in texts]
    known = await placement.training_examples(core, community)
    guessed = await placement.predict_areas(core, known, texts)
    return [one or other for one, other in zip(named, guessed, strict=True)]


def _named(core: Core, community: Community, text: str) -> str | None:
    """The only area that a text names in any language; None if it names none or several."""
    speeches = tuple(core.understood(community).values())
    said = _words(text)
    found = [
        area
        for area in areas_of(core, community).offered
        if any(_words(name) in said for name in (area, *(speech.area(area) for speech in speeches)))
    ]
    return found[0] if len(found) == 1 else None


def _words(text: str) -> str:
    return f" {' '.join(_WORD.findall(fold(text)))} "
