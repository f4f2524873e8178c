"""One person with two accounts: a code makes them one with one vote, and /unlink takes an account out again."""

import re
from typing import Any

import pytest

from bot.privacy import erasures
from bot.privacy.departures import Departures
from storage.people import members
from tests.clock import StillClock
from tests.features.conftest import Dump
from tests.features.wanderers import Somebody
from tests.stage import BareStage, Person


def at(stage: BareStage, name: str) -> Somebody:
    """Somebody in their private chat."""
    return Somebody(stage, name)


@pytest.fixture(autouse=True)
async def seen(stage: BareStage) -> None:
    """A place of the community has seen both accounts."""
    for name in ("noor", "noor-on-the-phone", "camille"):
        await at(stage, name).says("/help", "plaza")


async def code(who: Somebody) -> str:
    await who.says("/link")
    found = re.search(r"/link (\d+-[A-Z2-7]{10})", who.hears("within ten minutes", "It is for nobody else"))
    assert found
    return found[1]


async def joined(stage: BareStage) -> tuple[Somebody, Somebody]:
    """Noor's two accounts, which are one person now."""
    noor, phone = at(stage, "noor"), at(stage, "noor-on-the-phone")
    given = await code(noor)
    await phone.says(f"/link {given}")
    phone.hears("This joins noor (Bare) to you: one person, one vote.", "Go on only if both accounts are yours")
    await phone.presses("Join both accounts")
    phone.hears("Done: these accounts are one person now.", "noor-on-the-phone (Bare)")
    return noor, phone


async def test_both_see_all_and_count_once(stage: BareStage, camille: Person) -> None:
    await camille.says("/suggest A bench at the stop")
    for name in ("noor", "noor-on-the-phone"):
        await at(stage, name).says("/support 1")
    await at(stage, "noor-on-the-phone").says("/suggest Sunday opening")
    noor, phone = await joined(stage)
    await noor.says("/mine")
    noor.hears("#2 Sunday opening")
    await camille.says("/status 1")
    camille.hears("Support: 1 supporter")
    await noor.says("/support 2")
    noor.hears("#2 is yours: it counts already.")
    await phone.says("/support 1")
    phone.hears("Your support of #1 is taken back (0 supporters).")


async def test_what_has_no_name_is_found_with_both_and_an_erasure_takes_all(
    stage: BareStage, clock: StillClock, dump: Dump
) -> None:
    for name, words in {"noor": "thyme", "noor-on-the-phone": "sage"}.items():
        await unnamed(at(stage, name), words)
    for who in await joined(stage):
        await who.says("/mine")
        who.hears("thyme", "sage")
    camille = at(stage, "camille")
    await camille.says("/mine")
    camille.hears("Nothing of yours yet.")
    await at(stage, "noor-on-the-phone").says("/suggest rosemary")
    # An erasure takes all of both.
    noor = at(stage, "noor")
    await noor.says("/forgetme")
    noor.hears("All your joined accounts go: noor (Bare), noor-on-the-phone (Bare).")
    await noor.presses("Erase everything about me")
    clock.forward(days=8)
    await Departures(stage.core).clear()
    said = str(await dump())
    assert not [word for word in ("thyme", "sage", "rosemary", "noor-on-the-phone") if word in said]


async def unnamed(who: Somebody, words: str) -> None:
    given = {"text": words, "audience": "everyone", "name": "nameless"}
    await who.says(command="suggest", args=given)
    await who.presses("Send")


async def test_a_backup_from_before_does_not_bring_the_second_back(stage: BareStage) -> None:
    phone = at(stage, "noor-on-the-phone")
    await phone.says("/suggest Sunday opening")
    alone = await erasures.marks(stage.core, await member_id(stage, "noor-on-the-phone"))
    await joined(stage)
    listed = await erasures.marks(stage.core, await member_id(stage, "noor"))
    assert set(alone) <= set(listed)


async def member_id(stage: BareStage, account: str) -> Any:

    return await stage.core.store.read(lambda session: members.id_of(session, stage.name, account))


async def test_a_code_works_once_for_ten_minutes_in_private(stage: BareStage, clock: StillClock) -> None:
    # A code that others could read is void.
    noor, phone = at(stage, "noor"), at(stage, "noor-on-the-phone")
    given = await code(noor)
    await phone.says(f"/link {given}", "plaza")
    phone.hears("Others can read this place: the code is void now.")
    sam = at(stage, "sam")
    await sam.says(f"/link {given}")
    sam.hears("This code does not fit, or is over.")
    # It works once, for ten minutes, in private.
    other = at(stage, "eve")
    given = await code(noor)
    await noor.says(f"/link {given}")
    noor.hears("This code is your own")
    clock.forward(minutes=11)
    await phone.says(f"/link {given}")
    phone.hears("This code does not fit, or is over.")
    given = await code(noor)
    await phone.says(f"/link {given}")
    await other.says(f"/link {given}")
    await phone.presses("Join both accounts")
    await other.presses("Join both accounts")
    other.hears("This code does not fit, or is over.")
    await noor.says("/unlink")
    await noor.says("/link", "plaza")
    noor.hears("This works in the private chat with the bot alone.")
    # Guessing is slowed down.
    dan = at(stage, "dan")
    for _ in range(20):
        await dan.says("/link 1-ABCDEFGHIJ")
        dan.hears("This code does not fit, or is over.")
    await dan.says("/link 1-ABCDEFGHIJ")
    dan.hears("There is room again in")


async def test_an_account_is_taken_out_again(stage: BareStage) -> None:
    noor, phone = await joined(stage)
    await phone.says("/suggest Sunday opening")
    await phone.says("/unlink")
    phone.hears("What was written stays with the others.")
    await phone.presses("Take out noor-on-the-phone (Bare)")
    phone.hears("noor-on-the-phone (Bare) is somebody of its own again.")
    await noor.says("/mine")
    noor.hears("#1 Sunday opening")
    await phone.says("/mine")
    phone.hears("Nothing of yours yet.")
    await phone.says("/unlink")
    phone.hears("There is one account here.")
