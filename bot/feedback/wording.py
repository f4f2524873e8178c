"""Reads the communities' own words and presets from the store into memory."""

from sqlmodel import Session

from bot.core import Core
from bot.locales.wording import Known, merged
from bot.locales.words import Preset
from bot.recurring import repeat
from bot.settings.config import CommunitySettings
from storage.models import Community
from storage.people import communities, words


def load(session: Session, core: Core) -> None:
    """Load the words and presets of every community from the store into `core.wording`."""
    for community in communities.every(session):
        named = configured(core, community.key)
        chosen = Preset(community.preset) if community.preset and not (named and named.preset) else None
        usual = named.preset if named and named.preset else chosen
        own = merged(usual, words.of_community(session, community.id), named.words if named else {})
        core.wording.put(Known(community.id, community.key, community.name), own, chosen)


def configured(core: Core, key: str) -> CommunitySettings | None:
    """The settings of a community in the settings file; None if it is not there."""
    return next((own for own in core.settings.communities if own.key == key), None)


def may_choose(core: Core, community: Community) -> bool:
    """Whether a preset can be chosen in chat: the settings file must name neither a preset nor areas."""
    named = configured(core, community.key)
    return not (named and (named.preset or named.areas))


class Reloading:
    """Reloads the words at second 40 of each minute, since another process on the same database may change them."""

    def __init__(self, core: Core) -> None:
        self._core = core

    async def run(self) -> None:
        """Read them until cancelled."""
        await repeat(self._read, self._core.clock, "40")

    async def _read(self) -> None:
        await self._core.store.read(lambda session: load(session, self._core))
