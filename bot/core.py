"""What every feature shares, wired once at the start."""

import asyncio
from dataclasses import dataclass, field

from bot.clock import Clock
from bot.commands.registry import Registry
from bot.knowledge.library import Library
from bot.language.detect import Detector
from bot.locales.speech import Languages
from bot.ports.reply import Wire
from bot.settings.config import CommunitySettings, Settings
from storage.engine.store import Store
from storage.situation import AnyCommunity


@dataclass(frozen=True, slots=True)
class Core:
    """What every feature shares, wired once at the start.

    Attributes:
        owed: set whenever something may wait in the outbox, so that delivery need not poll fast.
    """

    settings: Settings
    store: Store
    registry: Registry
    languages: Languages
    clock: Clock
    library: Library
    detector: Detector
    wire: Wire = field(default_factory=Wire)
    owed: asyncio.Event = field(default_factory=asyncio.Event)

    def settings_of(self, community: AnyCommunity) -> CommunitySettings:
        """A community's own settings, or the defaults of one that is in no file."""
        found = (item for item in self.settings.communities if item.key == community.key)
        return next(found, CommunitySettings(key="default", name=community.name))
