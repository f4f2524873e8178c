"""What is offered while somebody types: numbers they may see, and areas of the community where they are."""

from collections.abc import AsyncIterator

import pytest

from bot.dispatch import autocomplete
from bot.ports.inbound import ALL_PLACES, Actor, Chat, Inbound, Role
from bot.settings.config import Settings
from tests.clock import StillClock
from tests.features.wanderers import FORUM, PLAZA, Somebody, opened
from tests.stage import PLATFORM, BareStage
from tests.words import strange

GARDEN = PLAZA.model_copy(update={"areas": ("Kitchen", "Garden")})
STILL = StillClock().now()
LIBRARY = FORUM.model_copy(update={"areas": ("Books",), "language": "en"})


@pytest.fixture
async def both(settings: Settings) -> AsyncIterator[BareStage]:
    """A bot of two communities with areas of their own, and something filed in each."""
    async for stage in opened(settings, GARDEN, LIBRARY):
        camille = Somebody(stage, "camille")
        await camille.says("/suggest A bench", "plaza")
        await camille.says("/problem The tap drips", "plaza")
        await camille.says("/suggest A shelf", "forum")
        yield stage


def typing(name: str, place: str = "", command: str = "", **roles: Role) -> Inbound:
    """Somebody who types, alone with the bot or in a place."""
    chat = Chat(PLATFORM, place) if place else Chat(PLATFORM, name, private=True, own=name)
    role = max(roles.values(), default=Role.MEMBER)
    actor = Actor(PLATFORM, name, name, role, "en", roles=roles or {})
    return Inbound("typing", actor, chat, STILL, command=command or None)


async def numbers(stage: BareStage, who: Inbound, typed: str = "") -> list[str]:
    return [label for _, label in await autocomplete.numbers(stage.core, who, typed, 25)]


async def areas(stage: BareStage, who: Inbound) -> list[str]:
    speech = stage.core.languages.speech("en")
    return [area for _, area in await autocomplete.areas(stage.core, who, speech, "")]


async def test_in_a_place_or_alone_what_is_of_ones_community_is_offered(both: BareStage) -> None:
    assert await areas(both, typing("noor", "plaza")) == ["Kitchen", "Garden"]
    assert await areas(both, typing("noor", "forum")) == ["Books"]
    assert await numbers(both, typing("noor", "forum")) == ["#1 A shelf"]
    # Who has not chosen a community is offered nothing of either.
    assert await areas(both, typing("camille")) == []
    assert await numbers(both, typing("camille")) == []
    # Alone the community somebody is in is offered.
    await Somebody(both, "noor").says("/help", "forum")
    assert await areas(both, typing("noor")) == ["Books"]
    assert await numbers(both, typing("noor")) == ["#1 A shelf"]


async def test_a_moderator_is_offered_what_waits_in_the_community_they_moderate(both: BareStage) -> None:
    alex = typing("alex", command="queue", plaza=Role.MODERATOR)
    assert await numbers(both, alex) == ["#1 A bench", "#2 The tap drips"]
    assert await numbers(both, alex, "tap") == ["#2 The tap drips"]
    assert await numbers(both, typing("noor", "plaza", "queue")) == []
    assert await numbers(both, typing("noor", "plaza", "status")) == ["#1 A bench"]
    # What was decided is offered after what waits.
    decides = Somebody(both, "alex", role=Role.MODERATOR)
    await decides.says("/queue 1 planned", "plaza")
    here = typing("alex", "plaza", "queue", **{ALL_PLACES: Role.MODERATOR})
    assert await numbers(both, here) == ["#2 The tap drips", "#1 A bench"]
    assert await numbers(both, here, "#1") == ["#1 A bench"]
    # A moderator is not offered what the team does not see.
    camille = Somebody(both, "camille")
    await camille.says("/withdraw 2", "plaza")
    assert await numbers(both, here) == ["#1 A bench"]
    assert await numbers(both, here, "2") == []


async def test_the_queue_completes_by_words_and_numbers_over_all_the_team_sees(
    both: BareStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        await Somebody(both, f"person {number}").says(f"/suggest {strange(number)}", "plaza")
    moderator = typing("alex", "plaza", "queue", plaza=Role.MODERATOR)
    beginning = [label.split()[0] for label in await numbers(both, moderator, "#2")]
    assert beginning[:11] == ["#2", *(f"#{number}" for number in range(20, 30))]
    # Neither among those that wait longest nor among the newest.
    monkeypatch.setattr(autocomplete, "SHOWN", 3)
    assert await numbers(both, moderator, strange(14).upper()[:5]) == [f"#17 {strange(14)}"]
    assert await numbers(both, moderator, "DRIPS täp") == ["#2 The tap drips"]
    assert await numbers(both, typing("noor", "plaza", "status"), "drips") == []
