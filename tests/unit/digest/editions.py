"""Editions of a digest over a core, and what they say."""

import json
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.core import Core
from bot.features.digest.data import Window
from bot.features.digest.figures import figures
from bot.features.digest.gather import week_until
from bot.features.digest.posting.drafting import MANUAL, Edition, draft
from bot.ports.plain import plain
from bot.settings.config import DigestSettings
from storage.people import communities


async def said(core: Core, window: Window, digest: DigestSettings = MANUAL) -> str:
    """The digest of a span, in words."""
    (community,) = await core.store.read(communities.every)
    edition = Edition(digest, "", window)
    drafted = await core.store.read(lambda session: draft(session, core, community, edition))
    return plain(drafted.reply, buttons=False)


async def numbers(core: Core, digest: DigestSettings = MANUAL) -> dict[str, Any]:
    """The week up to now, as figures."""
    (community,) = await core.store.read(communities.every)
    window = week_until(core.clock.now() + timedelta(seconds=1), ZoneInfo(community.timezone))
    drafted = await core.store.read(lambda session: draft(session, core, community, Edition(digest, "", window)))
    found: dict[str, Any] = json.loads(json.dumps(figures("plaza", digest, window, drafted.data)))
    return found
