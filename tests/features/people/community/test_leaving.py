"""Who leaves a community's places takes part in it no more: told by the platform, or found out by asking it."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.dispatch.app import App
from bot.dispatch.community.membership import account_left
from bot.dispatch.policy import Policy
from bot.ports.inbound import Role
from bot.presence import BELIEVED, UNKNOWN, Presence
from bot.settings.config import Settings
from storage.people import communities
from tests.features.wanderers import FORUM, PLAZA, Somebody, opened
from tests.stage import PLATFORM, BareStage

HOW = "To take part, write to the bot once in a group of the community"


class Places:
    """Who the platform says is in a place; without an answer for whom it does not name."""

    def __init__(self) -> None:
        self.inside: dict[tuple[str, str], bool | None] = {}
        self.asked: list[tuple[str, str]] = []
        self.now = 0.0

    async def is_member(self, place: str, account: str) -> bool | None:
        self.asked.append((place, account))
        return self.inside.get((place, account))


@pytest.fixture
def places() -> Places:
    return Places()


@pytest.fixture
async def plaza(settings: Settings, places: Places) -> AsyncIterator[BareStage]:
    """Plaza, with two places, and Forum; in both of them Noor said something."""
    async for stage in opened(settings, PLAZA, FORUM):
        stage.core = replace(stage.core, presence=Presence(lambda: places.now))
        stage.app = App(stage.core, Policy(stage.core.settings.limits))
        stage.core.presence.register(PLATFORM, places.is_member)
        await stage.core.store.write(
            lambda session: communities.join_place(
                session, communities.every(session)[0].id, PLATFORM, "garden", staff=False
            )
        )
        await Somebody(stage, "noor").says("/suggest A bench", "plaza")
        yield stage


async def leaves(stage: BareStage, account: str, place: str) -> None:
    """The platform tells that somebody is in a place no more."""
    await account_left(stage.core, PLATFORM, account, place, place.__eq__)


@pytest.mark.parametrize("elsewhere", [True, None])
async def test_who_is_or_may_be_in_another_place_still_takes_part(
    plaza: BareStage, places: Places, elsewhere: bool | None
) -> None:
    noor = Somebody(plaza, "noor")
    places.inside["garden", "noor"] = elsewhere
    await leaves(plaza, "noor", "plaza")
    await noor.says("/top")
    noor.hears("A bench")


async def test_to_leave_one_community_changes_nothing_in_another(plaza: BareStage, places: Places) -> None:
    noor = Somebody(plaza, "noor")
    await noor.says("/suggest Une lampe", "forum")
    places.inside = {("garden", "noor"): False, ("forum", "noor"): True}
    await leaves(plaza, "noor", "plaza")
    await noor.says("/top")
    assert "bench" not in noor.hears("Une lampe")


async def test_the_platform_is_asked_before_what_is_the_communitys_is_shown(plaza: BareStage, places: Places) -> None:
    noor = Somebody(plaza, "noor")
    places.inside = {("plaza", "noor"): False, ("garden", "noor"): False}
    await noor.says("/top")
    assert "bench" not in noor.hears(HOW)
    await noor.says("/top")
    assert places.asked == [("plaza", "noor"), ("garden", "noor")]


async def test_an_answer_is_believed_for_a_while(plaza: BareStage, places: Places) -> None:
    noor = Somebody(plaza, "noor")
    places.inside = {("plaza", "noor"): True, ("garden", "noor"): False}
    for moment in (0.0, BELIEVED - 1):
        places.now = moment
        await noor.says("/top")
        noor.hears("A bench")
    assert places.asked == [("plaza", "noor")]
    places.inside["plaza", "noor"] = False
    places.now = BELIEVED
    await noor.says("/top")
    noor.hears(HOW)


async def test_what_the_platform_does_not_tell_changes_nothing_and_is_asked_again_soon(
    plaza: BareStage, places: Places
) -> None:
    noor = Somebody(plaza, "noor")
    await noor.says("/top")
    noor.hears("A bench")
    places.inside = {("plaza", "noor"): False, ("garden", "noor"): False}
    places.now = UNKNOWN
    await noor.says("/top")
    noor.hears(HOW)


async def test_a_platform_that_fails_shuts_nobody_out(plaza: BareStage) -> None:
    async def broken(place: str, account: str) -> bool | None:
        raise ConnectionError(place, account)

    plaza.core.presence.register(PLATFORM, broken)
    noor = Somebody(plaza, "noor")
    await noor.says("/top")
    noor.hears("A bench")


async def test_whoever_left_the_only_place_they_were_in_is_a_stranger_until_they_come_back(
    plaza: BareStage, places: Places
) -> None:
    # In a place nobody is asked about.
    await Somebody(plaza, "noor").says("/top", "plaza")
    assert places.asked == []
    # Whoever left the only place they were in is a stranger.
    noor = Somebody(plaza, "noor")
    places.inside["garden", "noor"] = False
    await leaves(plaza, "noor", "plaza")
    for words in ("/top", "/status 1", "/mine"):
        await noor.says(words)
        assert "bench" not in noor.hears(HOW)
    # Who comes back takes part again.
    await noor.says("/help", "plaza")
    places.inside["plaza", "noor"] = True
    await noor.says("/top")
    noor.hears("A bench")


async def test_who_was_invited_need_be_in_no_place(plaza: BareStage, places: Places) -> None:
    alex = Somebody(plaza, "alex", role=Role.MODERATOR)
    await alex.says("/invite", "plaza")
    code = next(line for line in alex.hears("").splitlines() if line.startswith("/join"))
    rosa = Somebody(plaza, "rosa")
    await rosa.says(code)
    places.inside = {("plaza", "rosa"): False, ("garden", "rosa"): False}
    await rosa.says("/top")
    rosa.hears("A bench")
    await rosa.says("/help", "plaza")
    await rosa.says("/top")
    rosa.hears(HOW)


async def test_who_left_hears_what_became_of_their_own_words_and_nothing_of_others(
    plaza: BareStage, places: Places
) -> None:
    noor, camille = Somebody(plaza, "noor"), Somebody(plaza, "camille")
    await camille.says("/suggest A lamp", "plaza")
    await noor.says("/support 2", "plaza")
    places.inside["garden", "noor"] = False
    await leaves(plaza, "noor", "plaza")
    alex = Somebody(plaza, "alex", role=Role.MODERATOR)
    for number in ("1", "2"):
        await alex.says(place="plaza", command="queue", args={"number": number, "verdict": "planned"})
    await plaza.deliver()
    told = [str(reply) for reply in plaza._shown["noor"]]
    assert len(told) == 1
    assert "A bench" in told[0]
    assert "lamp" not in told[0]
