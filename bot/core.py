"""The services every feature uses, created once at the start."""

from asyncio import Lock
from dataclasses import dataclass, field

from bot.clock import Clock
from bot.commands.registry import Registry
from bot.conversations import Conversations
from bot.debts import Debts
from bot.knowledge.library import Library
from bot.language.text.detect import Detector
from bot.locales.speech import Languages
from bot.onlookers import Onlookers
from bot.ports.codec import ReplyCodec
from bot.presence import Presence
from bot.recognition.moderators import Moderators
from bot.recognition.recogniser import Recogniser
from bot.settings.config import CommunitySettings, Settings
from bot.similar.finder import TEAMS, Finder
from bot.timekeeping import Witness
from storage.engine.store import Store
from storage.people.situation import AnyCommunity


@dataclass(frozen=True, slots=True)
class Core:
    """The services every feature uses, created once at the start.

    Attributes:
        library: answers from the team's knowledge.
        detector: detects the language of a text.
        codec: converts replies to and from JSON, and seals them.
        recogniser: recognises danger, complaints about the team, and wishes.
        moderators: the names of moderators met since the start.
        debts: notifies the courier of new rows in the outbox.
        witness: the time as the platforms tell it.
        presence: who was found in the places of communities.
        conversations: the last question of each person in each place.
        onlookers: which moderator looks at which item.
        similar: finds the open items that say nearly the same.
        similar_of_team: likewise among those for the team only, by their words.
        studio: held while a picture is made anew, which takes up to 160 MB.
    """

    settings: Settings
    store: Store
    registry: Registry
    languages: Languages
    clock: Clock
    library: Library
    detector: Detector
    codec: ReplyCodec
    recogniser: Recogniser = field(default_factory=Recogniser)
    moderators: Moderators = field(default_factory=Moderators)
    debts: Debts = field(default_factory=Debts)
    witness: Witness = field(default_factory=Witness)
    presence: Presence = field(default_factory=Presence)
    conversations: Conversations = field(default_factory=Conversations)
    onlookers: Onlookers = field(default_factory=Onlookers)
    studio: Lock = field(default_factory=Lock)
    similar: Finder = field(init=False)
    similar_of_team: Finder = field(init=False)
    _defaults: dict[str, CommunitySettings] = field(default_factory=dict)
    """Settings of communities the configuration does not list, by name: they are needed with every message."""

    def __post_init__(self) -> None:
        found = Finder(self.store, self.languages.codes, self.library.encoder, self.clock)
        object.__setattr__(self, "similar", found)
        of_team = Finder(self.store, self.languages.codes, _no_encoder, self.clock, TEAMS)
        object.__setattr__(self, "similar_of_team", of_team)

    def settings_of(self, community: AnyCommunity) -> CommunitySettings:
        """A community's settings, or the defaults when the configuration does not list it."""
        for item in self.settings.communities:
            if item.key == community.key:
                return item
        if community.name not in self._defaults:
            self._defaults[community.name] = CommunitySettings(key="default", name=community.name)
        return self._defaults[community.name]


async def _no_encoder() -> None:
    """Search by words: the vectors of what is for the team only are not stored, and each start would encode it."""
