"""Several communities on one bot: its private chat greets everybody, and a community's own link leads there."""

import pytest
from sqlmodel import Session

from adapters.telegram.places import PLATFORM
from storage.people import communities
from tests.adapters.telegram.stage import TelegramStage
from tests.sockets.updates import supergroup
from tests.stage import Person

HARBOUR = supergroup(-1007, "Harbour")
GREETING = "This bot carries your voice to"


@pytest.fixture(autouse=True)
async def harbour(telegram: TelegramStage) -> None:
    def join(session: Session) -> None:
        known = communities.every(session)[0]
        made = communities.ensure(session, "harbour", "Harbour", "en", "UTC", known.created_at)
        communities.join_place(session, made.id, PLATFORM, str(HARBOUR["id"]), staff=False)

    await telegram.core.store.write(join)


async def test_start_greets_whoever_takes_part_in_two_and_says_what_it_is(telegram: TelegramStage, zoe: Person) -> None:
    await telegram.write(zoe, "/help@portevoix_bot", HARBOUR)
    await zoe.says("/start")
    zoe.hears(f"{GREETING} the team", "[Ask] [Suggest] [Problem]")


async def test_start_greets_a_stranger_and_says_how_to_take_part(telegram: TelegramStage) -> None:
    telegram.strangers.add("eve")
    eve = Person(telegram, "eve")
    for said in ("/start", "/start in_harbour", "/start nonsense"):
        await eve.says(said)
        eve.hears(GREETING, "To take part, write to the bot once in a group of the community")


async def test_a_communitys_link_leads_who_takes_part_there(telegram: TelegramStage, zoe: Person, omar: Person) -> None:
    await telegram.write(zoe, "/help@portevoix_bot", HARBOUR)
    await zoe.says("/start in_harbour")
    zoe.hears("From now on, private messages go to Harbour.", f"{GREETING} the team of Harbour", "[Ask]")
    await zoe.presses("Suggest")
    await zoe.says("A pontoon")
    zoe.hears("suggestion #1")
    await telegram.write(omar, "/top", HARBOUR)
    assert "A pontoon" in telegram.seen_in(HARBOUR["id"])[-1]
    await omar.says("/start in_harbour")
    omar.hears("From now on, private messages go to Harbour.")
