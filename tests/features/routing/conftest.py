"""A community whose areas are its own, with a place of one team's."""

import pytest

from bot.features.moderation.authors.overdue import Overdue
from bot.ports.inbound import Chat
from bot.ports.plain import plain
from bot.settings.community.routes import RouteSettings
from bot.settings.config import CommunitySettings, Settings
from bot.settings.values import StaffPlace
from tests.stage import PLATFORM, BareStage, Person

DESK = "desk"
"""The place where the Shop desk reads."""


def change(settings: Settings, **values: object) -> Settings:
    """The settings, with others of their one community."""
    (own,) = settings.communities
    return settings.model_copy(update={"communities": (CommunitySettings(**{**own.model_dump(), **values}),)})


@pytest.fixture
def settings(settings: Settings) -> Settings:
    shop = RouteSettings(
        area="Shop", staff=StaffPlace(platform=PLATFORM, place=DESK), team="Shop desk", answer_days=5, at_once=True
    )
    own = {"areas": ("Shop", "Delivery"), "routes": (shop.model_dump(),), "answer_days": 14}
    return change(settings, **own, trusted_contacts=("bare:sam",))


async def say_in(stage: BareStage, person: Person, place: str, text: str) -> None:
    """Type something in another place."""
    await stage.do(person, text=text, chat=Chat(PLATFORM, place))


async def look_for_overdue(stage: BareStage) -> int:
    """Let the bot look once for what is past its answer time, and deliver."""
    told = await Overdue(stage.core).catch_up()
    await stage.deliver()
    return told


def desk(stage: BareStage) -> list[str]:
    """What the Shop desk's place was shown."""
    return [plain(reply) for reply in stage._stands.get(DESK, [])]


async def file(stage: BareStage, person: Person, command: str, text: str, **args: str) -> None:
    """Fill in the form of a filing command."""
    await stage.do(person, command=command, args={"text": text, **args})
