"""The services every feature uses, created once at the start."""

from asyncio import Lock
from collections.abc import Mapping
from dataclasses import field

from bot.clock import Clock
from bot.commands.registry import Registry
from bot.conversations import Conversations
from bot.debts import Debts
from bot.drafted_files import DraftedFiles
from bot.knowledge.library import Library
from bot.language.text.detect import Detector
from bot.locales.presets import areas_of
from bot.locales.speech import Languages, Speech
from bot.locales.wording import Known, Wording
from bot.onlookers import Onlookers
from bot.ports.codec import ReplyCodec
from bot.presence import Presence
from bot.recognition.contact_names import ContactNames
from bot.recognition.moderators import Moderators
from bot.recognition.recogniser import Recogniser
from bot.recognition.semantic import SemanticRecogniser
from bot.screens import Screens
from bot.settings.config import CommunitySettings, Settings
from bot.similar.finder import Finder
from bot.similar.sources import TEAMS
from bot.timekeeping import PlatformTime
from storage.engine.store import Store
from storage.people.situation import AnyCommunity
from storage.values import frozen


@frozen
class Core:
    """The services every feature uses, created once at the start.

    Attributes:
        library: answers from the team's knowledge.
        detector: detects the language of a text.
        codec: converts replies to and from JSON, and seals them.
        recogniser: recognises danger, complaints about the team, and wishes.
        moderators: the names of moderators met since the start.
        contact_names: the names of the trusted contacts on the platforms.
        debts: notifies the courier of new rows in the outbox.
        platform_time: the time by the platforms' answers.
        presence: asks the platforms who is in the places of communities, and remembers the answers for a while.
        conversations: the last question of each person in each place.
        onlookers: which moderator was shown which item last.
        drafted_files: the files of drafts.
        screens: the messages in which moderators have items open.
        similar: finds the open items that are similar to a text.
        similar_of_team: the same among the items for the team only, by their words.
        picture_lock: held while a picture is encoded anew, which takes up to 160 MB of memory.
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
    contact_names: ContactNames = field(default_factory=ContactNames)
    debts: Debts = field(default_factory=Debts)
    platform_time: PlatformTime = field(default_factory=PlatformTime)
    presence: Presence = field(default_factory=Presence)
    conversations: Conversations = field(default_factory=Conversations)
    onlookers: Onlookers = field(default_factory=Onlookers)
    drafted_files: DraftedFiles = field(default_factory=DraftedFiles)
    screens: Screens = field(default_factory=Screens)
    picture_lock: Lock = field(default_factory=Lock)
    wording: Wording = field(init=False)
    """The communities' own words; `bot.feedback.wording` reads them from the store."""
    semantic_recogniser: SemanticRecogniser = field(init=False)
    """Recognises danger by the meaning of a text."""
    similar: Finder = field(init=False)
    similar_of_team: Finder = field(init=False)
    _defaults: dict[str, CommunitySettings] = field(default_factory=dict)
    """Settings of communities the configuration does not list in full: they are needed with every message."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "wording", Wording(self.languages))
        object.__setattr__(self, "semantic_recogniser", SemanticRecogniser(self.library.encoder, self.settings.tables))
        found = Finder(self.store, self.languages.codes, self.library.encoder, self.clock)
        object.__setattr__(self, "similar", found)
        of_team = Finder(self.store, self.languages.codes, _no_encoder, self.clock, TEAMS)
        object.__setattr__(self, "similar_of_team", of_team)

    def speech(self, community: AnyCommunity | None, *preferred: str | None) -> Speech:
        """The first of these languages that the product has, else the community's, in the community's own words."""
        if community is None:
            return self.languages.speech(*preferred, self.settings.language)
        return self.wording.speech(community.id, *preferred, community.language)

    def understood(self, community: AnyCommunity | None) -> Mapping[str, Speech]:
        """The speeches by language whose words are understood there, with the community's own words."""
        return self.wording.understood(community.id if community else None)

    def settings_alone(self) -> CommunitySettings | None:
        """The settings of the only community; None when there are several."""
        known = self.settings.communities
        if len(known) > 1:
            return None
        found = self.wording.known(known[0].key if known else None)
        return self.settings_of(found) if found else next(iter(known), None)

    def settings_of(self, community: AnyCommunity | Known) -> CommunitySettings:
        """A community's settings, or the defaults when the configuration does not list it.

        Where it names no areas, it has those of the preset that was chosen in chat.
        """
        preset = self.wording.preset(community.id)
        found = next((item for item in self.settings.communities if item.key == community.key), None)
        if found is not None and (found.areas or preset is None):
            return found
        key = f"{community.key} {community.name} {preset}"
        if key not in self._defaults:
            own = found or CommunitySettings(key="default", name=community.name)
            self._defaults[key] = own.model_copy(update={"areas": areas_of(preset)})
        return self._defaults[key]


async def _no_encoder() -> None:
    """No encoder: items for the team only are compared by their words, since their vectors are not stored."""
