"""The digests of single areas whose team reads in a place of its own; due when the community's first digest is."""

import re
from collections.abc import Iterator

from sqlmodel import Session

from bot.core import Core
from bot.feedback.desk import routing
from bot.feedback.telling.occasions import Occasion
from bot.language.text.normalise import fold
from bot.settings.community.digests import DigestSettings
from bot.settings.values import StaffPlace
from storage.models import Community, Place

LONGEST = 35
"""The largest number of characters of an area in the name of its digest."""
_OTHER = re.compile(r"[^a-z0-9]+")


def digests(session: Session, core: Core, community: Community) -> Iterator[DigestSettings]:
    """The digests of areas with a place of their own, except where the settings send a digest of that area there."""
    configured = [one for one in core.settings.digests_of(community.key) if not one.promotion]
    for route in routing.every(session, Occasion(core, community, core.clock.now())).values():
        place = session.get(Place, route.place_id) if route.place_id is not None else None
        if place is None or not configured or place.left_at is not None:
            continue
        slug = _OTHER.sub("-", fold(route.area)).strip("-")[:LONGEST] or str(place.id)
        where = StaffPlace(platform=place.platform, place=place.external_id)
        if not any(one.staff == where and route.area in one.areas for one in configured):
            changed = {"name": f"area-{slug}", "areas": (route.area,), "staff": where}
            yield configured[0].model_copy(update=changed)
