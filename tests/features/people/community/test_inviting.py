"""An invitation: for people whom no place has seen, good for many and for a week."""

import re
from collections.abc import AsyncIterator

import pytest

from bot.ports.inbound import Means, Role
from bot.settings.config import Settings
from tests.features.wanderers import FORUM, PLAZA, Somebody, opened
from tests.stage import BareStage

OVER = "This invitation does not fit, or is over."


@pytest.fixture
async def plaza(settings: Settings) -> AsyncIterator[BareStage]:
    async for stage in opened(settings, PLAZA, FORUM):
        await Somebody(stage, "noor").says("/suggest A bench", "plaza")
        yield stage


async def invitation(stage: BareStage, **more: object) -> str:
    """What a moderator of Plaza is told to pass on."""
    alex = Somebody(stage, "alex", role=Role.MODERATOR)
    await alex.says("/invite", "plaza", **more)
    heard = alex.hears("takes part in Plaza, until the end of")
    return "/join " + str(re.findall(r"join[ _]([A-Z2-7]{10})$", heard, re.MULTILINE)[-1])


async def test_it_is_over_after_a_week(plaza: BareStage) -> None:
    typed, clock = await invitation(plaza), plaza.core.clock
    clock.forward(days=6)  # type: ignore[attr-defined]
    rosa, omar = Somebody(plaza, "rosa"), Somebody(plaza, "omar")
    await rosa.says(typed)
    rosa.hears("Welcome to Plaza.")
    clock.forward(days=1)  # type: ignore[attr-defined]
    await omar.says(typed)
    omar.hears(OVER)
    await omar.says("/top")
    omar.hears("To take part")


async def test_many_take_part_by_one_invitation_of_a_moderator(plaza: BareStage) -> None:
    noor = Somebody(plaza, "noor")
    await noor.says("/invite", "plaza")
    noor.hears("This is for moderators.")
    # What is no invitation lets nobody in.
    stranger = Somebody(plaza, "stranger")
    for words in ("/join AAAAAAAAAA", "/join é", "/join"):
        await stranger.says(words)
    await stranger.says("/cancel")
    await stranger.says("/top")
    stranger.hears("To take part")
    # Many take part by one invitation.
    typed = await invitation(plaza)
    for name in ("rosa", "omar"):
        stranger = Somebody(plaza, name)
        await stranger.says(typed)
        stranger.hears("Welcome to Plaza.")
        await stranger.says("/top")
        stranger.hears("A bench")
    # A platform with links has one for it.
    alex = Somebody(plaza, "alex", role=Role.MODERATOR)
    await alex.says("/invite", "plaza", means=Means(link="https://t.me/a_bot?start="))
    assert re.search(r"^https://t\.me/a_bot\?start=join_[A-Z2-7]{10}$", alex.hears(""), re.MULTILINE)
