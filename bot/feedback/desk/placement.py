"""Guesses the area of texts from the items whose area the team knows."""

import asyncio
from collections.abc import Sequence

from bot.core import Core
from bot.locales.areas import Areas
from storage.items.desk import areas
from storage.items.desk.areas import AreaText
from storage.models import Community

LEAST = 30
"""Items with an area from which on it is learnt."""
TAUGHT = 2_000
"""The newest items of a community that are learnt from."""


async def taught(core: Core, community: Community) -> list[AreaText]:
    """What is learnt from: items of the areas that the community has now."""
    offered = Areas(core.settings_of(community).areas, core.understood(community).values()).offered
    placed = await core.store.read(lambda session: areas.placed(session, community.id, TAUGHT))
    return [one for one in placed if one.area in offered]


async def label(core: Core, known: Sequence[AreaText], texts: Sequence[str]) -> list[str | None]:
    """The area of each text; None where it is not sure enough."""
    if len(known) < LEAST:
        return [None] * len(texts)
    from bot.language.search.labelling import label as learn  # noqa: PLC0415 - it brings numpy

    said = [(one.text, one.area) for one in known]
    encoder = await core.library.encoder()
    return await asyncio.to_thread(learn, said, texts, encoder, core.languages.codes, LEAST)
