"""Who takes part: whom the group has seen or who opened an invitation's link, until they leave the group."""

import re

import pytest

from tests.adapters.telegram.stage import GROUP, PLAZA, STAFF, TelegramStage
from tests.sockets.fakes.telegram.faults import lost_chat, not_started
from tests.sockets.updates import JSON
from tests.stage import Person

HOW = "To take part, write to the bot once in a group of the community"


@pytest.fixture
def stranger(telegram: TelegramStage) -> Person:
    """Somebody whom the group has not seen."""
    telegram.strangers.add("stranger")
    return Person(telegram, "stranger")


def out(telegram: TelegramStage, person: Person, status: str = "left", **more: object) -> None:
    """Telegram says that somebody is in no chat of the community any more."""
    for chat in (GROUP, STAFF):
        telegram.fake.world.members[chat, telegram.account(person)["id"]] = {"status": status, "until_date": 0, **more}


async def test_a_stranger_reads_nothing_and_whom_the_group_has_seen_takes_part(
    telegram: TelegramStage, zoe: Person, stranger: Person
) -> None:
    await zoe.says("/suggest A dark theme")
    for words in ("/top", "/status 1", "/start top", "/start -anything", "Where is the lift?"):
        await stranger.says(words)
        assert "dark theme" not in telegram.told_alone(stranger)[-1]
    await stranger.says("/top")
    stranger.hears(HOW)
    # The group sees them.
    await telegram.write(stranger, "/help@portevoix_bot", PLAZA)
    await stranger.says("/top")
    stranger.hears("A dark theme")


async def test_the_link_that_the_group_shows_leads_in(telegram: TelegramStage, stranger: Person) -> None:
    alone = telegram.account(stranger)["id"]
    telegram.fake.fail("sendMessage", not_started(), chat=alone)
    await telegram.write(stranger, "/problem I am paid late", PLAZA)
    links = [one["url"] for call in telegram.shown[-1].calls for one in call.buttons if "url" in one]
    await stranger.says(f"/start {links[-1].partition('start=')[2]}")
    stranger.hears("#1")


async def test_an_invitation_is_a_link(telegram: TelegramStage, zoe: Person, omar: Person, stranger: Person) -> None:
    await zoe.says("/suggest A dark theme")
    await omar.says("/invite")
    link = re.search(r"https://t\.me/portevoix_bot\?start=(join_\w+)", omar.hears("takes part in Plaza"))
    assert link
    await stranger.says(f"/start {link[1]}")
    stranger.hears("Welcome to Plaza.")
    await stranger.says("/top")
    stranger.hears("A dark theme")


async def test_who_is_out_takes_part_no_more(telegram: TelegramStage) -> None:
    for status in ("left", "kicked"):
        person = Person(telegram, status)
        await person.says(f"/suggest A dark theme for whom is {status}")
        out(telegram, person, status)
        who: JSON = telegram.account(person)
        await telegram.happen(telegram.updates.chat_member(PLAZA, who, who, new=status))
        await person.says("/top")
        person.hears(HOW)


async def test_who_left_the_staff_chat_alone_still_takes_part_until_a_message_says_that_they_left(
    telegram: TelegramStage, zoe: Person
) -> None:
    await zoe.says("/suggest A dark theme")
    who: JSON = telegram.account(zoe)
    await telegram.happen(telegram.updates.chat_member({**PLAZA, "id": STAFF}, who, who))
    await zoe.says("/top")
    zoe.hears("A dark theme")
    out(telegram, zoe)
    await telegram.happen(telegram.updates.message(None, PLAZA, who, left_chat_member=who))
    await zoe.says("/top")
    zoe.hears(HOW)


async def test_where_telegram_tells_nothing_it_is_asked(telegram: TelegramStage, zoe: Person) -> None:
    await zoe.says("/suggest A dark theme")
    for status, more, heard in (
        ("left", {}, HOW),
        ("restricted", {"is_member": False}, HOW),
        ("restricted", {"is_member": True}, "A dark theme"),
    ):
        person = Person(telegram, f"{status} {more}")
        telegram.strangers.add(person.id)
        await telegram.write(person, "/help", PLAZA)
        out(telegram, person, status, **more)
        await person.says("/top")
        person.hears(heard)


async def test_without_an_answer_nobody_is_shut_out(telegram: TelegramStage, zoe: Person) -> None:
    telegram.fake.fail("getChatMember", lost_chat(), times=None)
    await zoe.says("/suggest A dark theme")
    await zoe.says("/top")
    zoe.hears("A dark theme")
