"""What every feature shares, wired once at the start."""

from dataclasses import dataclass, field

from bot.clock import Clock
from bot.commands.registry import Registry
from bot.debts import Debts
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
        debts: tells the courier what is owed, so that it need not poll fast.
    """

    settings: Settings
    store: Store
    registry: Registry
    languages: Languages
    clock: Clock
    library: Library
    detector: Detector
    wire: Wire = field(default_factory=Wire)
    debts: Debts = field(default_factory=Debts)

    def settings_of(self, community: AnyCommunity) -> CommunitySettings:
        """A community's own settings, or the defaults of one that is in no file."""
        for item in self.settings.communities:
            if item.key == community.key:
                return item
        return CommunitySettings(key="default", name=community.name)
