"""Predicts the area of texts with a classifier trained on items whose area is known."""

import asyncio
from collections.abc import Sequence

from bot.core import Core
from bot.feedback.items import areas_of
from storage.items.desk import areas
from storage.items.desk.areas import Said
from storage.models import Community

LEAST = 30
"""The fewest items with a known area from which areas are predicted."""
MOST_EXAMPLES = 2_000
"""The largest number of items, the newest of a community, that are trained on."""


async def training_examples(core: Core, community: Community) -> list[Said]:
    """The training examples: a community's newest items with one of the areas it has now."""
    offered = areas_of(core, community).offered
    placed = await core.store.read(lambda session: areas.placed(session, community.id, MOST_EXAMPLES))
    return [one for one in placed if one.area in offered]


async def predict_areas(core: Core, known: Sequence[Said], texts: Sequence[str]) -> list[str | None]:
    """The predicted area of each text; None where the prediction is too uncertain.

    Args:
        known: the training examples; below `LEAST` of them nothing is predicted.
    """
    if len(known) < LEAST:
        return [None] * len(texts)
    from bot.language.search.labelling import label as learn  # noqa: PLC0415 - it brings numpy

    said = [(one.text, one.area) for one in known]
    encoder = await core.library.encoder()
    return await asyncio.to_thread(learn, said, texts, encoder, core.languages.codes, LEAST)
