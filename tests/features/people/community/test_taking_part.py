"""Who takes part in a community: whom a place of it has seen, or who holds an invitation; unless it is open."""

from collections.abc import AsyncIterator

import pytest

from bot.dispatch.autocomplete import numbers
from bot.ports.inbound import Actor, Chat, Inbound, Means, Role
from bot.settings.config import Settings
from tests.features.wanderers import ALONE, PLAZA, Somebody, filed, opened
from tests.stage import PLATFORM, BareStage

HOW = "To take part, write to the bot once in a group of the community"
OPEN = PLAZA.model_copy(update={"open": True})


@pytest.fixture
async def plaza(settings: Settings) -> AsyncIterator[BareStage]:
    """A community with a place, and a bench suggested there."""
    async for stage in opened(settings, PLAZA):
        await Somebody(stage, "noor").says("/suggest A bench", "plaza")
        yield stage


@pytest.fixture
def stranger(plaza: BareStage) -> Somebody:
    return Somebody(plaza, "stranger")


SAID = ("/top", "/status 1", "/mine", "/suggest A lamp", "/support 1", "When do you open?", "hello", "/queue")


async def test_a_stranger_hears_how_to_take_part_and_nothing_else(plaza: BareStage) -> None:
    for words in SAID:
        stranger = Somebody(plaza, f"says {words}")
        await stranger.says(words)
        heard = stranger.hears(HOW, "such as /help, or ask there for an invitation")
        assert "Plaza" not in heard, words
        assert await filed(plaza, "plaza") == ["A bench"], words
    # They are completed no numbers.
    assert await completed(plaza, "stranger") == []
    assert await completed(plaza, "noor") == [(1, "#1 A bench")]
    # A button that everybody may press shows them nothing.
    noor = Somebody(plaza, "noor")
    await noor.says("/top", "plaza")
    stranger.replies.extend(noor.replies)
    await stranger.presses("#1 A bench")
    assert "bench" not in stranger.hears(HOW)
    # In danger they are named help.
    await stranger.says("I want to kill myself")
    assert HOW not in stranger.hears("People can help now", "Nobody else was told.")


async def completed(stage: BareStage, name: str) -> list[tuple[int, str]]:
    chat, actor = Chat(PLATFORM, name, private=True, own=name), Actor(PLATFORM, name, name)
    return await numbers(stage.core, Inbound("completing", actor, chat, stage.core.clock.now()), "", 25)


async def test_what_is_a_strangers_own_works_always(stranger: Somebody) -> None:
    await stranger.says("/privacy")
    assert "Plaza" not in stranger.hears("Your privacy here")
    await stranger.says("/mydata")
    stranger.hears("Nothing is kept about you here.")
    await stranger.says("/language fr")
    stranger.hears("Le bot répond désormais en français.")
    await stranger.says("/aide")
    stranger.hears("/effacermesdonnees", "Pour participer")
    await stranger.says("/start")
    assert "[" not in stranger.hears("Pour participer")
    await stranger.says("/forgetme")
    await stranger.presses("Tout effacer à mon sujet")
    stranger.hears("C’est fait")


async def test_whoever_a_place_has_seen_takes_part_alone_too(plaza: BareStage) -> None:
    for words in ("/help", "/top", "hello"):
        stranger = Somebody(plaza, f"says {words}")
        # To read there what is kept makes nobody known.
        await stranger.says("/privacy", "plaza")
        await stranger.says("/top")
        stranger.hears(HOW)
        await stranger.says(words, "plaza")
        await stranger.says("/top")
        stranger.hears("A bench")
    # An erased person is a stranger again.
    noor = Somebody(plaza, "noor")
    await noor.says("/forgetme")
    await noor.presses("Erase everything about me")
    await noor.says("/top")
    noor.hears(HOW)


async def test_a_moderator_of_a_place_takes_part_unseen_and_one_of_somewhere_else_is_a_stranger(
    plaza: BareStage,
) -> None:
    alex = Somebody(plaza, "alex", role=Role.MODERATOR, roles={"plaza": Role.MODERATOR})
    await alex.says("/queue")
    alex.hears("A bench")
    alex.role, alex.roles = Role.MEMBER, {}
    await alex.says("/top")
    alex.hears("A bench")
    sam = Somebody(plaza, "sam", role=Role.MODERATOR, roles={"elsewhere": Role.MODERATOR})
    await sam.says("/queue")
    sam.hears(HOW)
    # Privacy says who everyone is.
    noor = Somebody(plaza, "noor")
    await noor.says("/privacy", ALONE)
    noor.hears("“Everyone” is who takes part in Plaza: who was seen in one of its places, or was invited.")


async def test_a_trusted_contact_takes_part_unseen(settings: Settings) -> None:
    own = PLAZA.model_copy(update={"trusted_contacts": (f"{PLATFORM}:ruth",)})
    async for stage in opened(settings, own):
        ruth = Somebody(stage, "ruth")
        await ruth.says("/mine")
        ruth.hears("Nothing of yours yet.")


async def test_everyone_takes_part_in_an_open_community_and_its_receipts_say_so(settings: Settings) -> None:
    async for stage in opened(settings, OPEN):
        stranger, ines = Somebody(stage, "stranger"), Somebody(stage, "ines", "fr")
        await stranger.says("/suggest A lamp")
        stranger.hears("Got it", "Everyone who finds this bot can see it, with your name.")
        await ines.says("/suggerer Un banc")
        ines.hears("Visible par toute personne qui trouve ce bot, avec votre nom.")
        await ines.says("/confidentialite")
        ines.hears("c’est toute personne qui trouve ce bot.")
        await stranger.says("/suggest", means=Means(forms=False))
        assert "Everyone who finds this bot can see it, with your name." in str(stranger.replies[-1])


async def test_who_took_part_while_it_was_open_still_does_once_it_is_closed(settings: Settings) -> None:
    async for stage in opened(settings, OPEN):
        await Somebody(stage, "camille").says("/suggest A lamp")
    async for stage in opened(settings, PLAZA):
        camille = Somebody(stage, "camille")
        await camille.says("/mine")
        camille.hears("A lamp")
