"""The command menu: each scope shows what may be done there, each language its own names."""

from collections.abc import AsyncIterator

import pytest
from sqlmodel import Session

from bot.catalogue import registry
from bot.core import Core
from bot.dispatch.community.invitation import invite
from bot.ports.inbound import Role
from storage.people import communities
from tests.adapters.telegram.stage import GROUP, STAFF, TelegramStage, telegram_stage
from tests.sockets.updates import supergroup
from tests.stage import Person

PRIVATE, GROUPS, EVERY_ADMIN = (
    f'{{"type": "{kind}"}}' for kind in ("all_private_chats", "all_group_chats", "all_chat_administrators")
)
ADMINS = f'{{"chat_id": {GROUP}, "type": "chat_administrators"}}'
NEW = supergroup(-1004, "New")


def chat(number: int) -> str:
    """The scope of one chat."""
    return f'{{"chat_id": {number}, "type": "chat"}}'


@pytest.fixture
async def telegram(core: Core) -> AsyncIterator[TelegramStage]:
    async with telegram_stage(core, introduced=True) as stage:
        yield stage


async def _code(telegram: TelegramStage) -> str:
    core = telegram.core

    def make(session: Session) -> str:
        return invite(core.store.keys, communities.every(session)[0], True, core.clock.now().date())

    return await core.store.read(make)


async def test_menus_and_descriptions_are_in_both_languages_and_not_set_again(telegram: TelegramStage) -> None:
    await telegram.fake.sent("setMyCommands", 6)
    menus = {menu: [one["command"] for one in shown] for menu, shown in telegram.fake.world.commands.items()}
    listed = {role: registry().listed(role) for role in (Role.MEMBER, Role.MODERATOR)}
    for scope, role in ((PRIVATE, Role.MEMBER), (GROUPS, Role.MEMBER), (ADMINS, Role.MODERATOR)):
        assert menus[scope, ""] == [command.name for command in listed[role]]
        assert menus[scope, "fr"] == [command.name_in("fr") for command in listed[role]]
    assert (EVERY_ADMIN, "") not in menus, "in another group its administrators may do what members may"
    assert "queue" not in menus[PRIVATE, ""]
    assert "atraiter" in menus[ADMINS, "fr"]
    # In the staff's chat everybody has the staff's: its members are staff, administrators or not.
    await telegram.fake.sent("setMyCommands", 8)
    menus = {menu: [one["command"] for one in shown] for menu, shown in telegram.fake.world.commands.items()}
    assert menus[chat(STAFF), "fr"] == [one.name_in("fr") for one in registry().listed(Role.STAFF)]
    assert chat(GROUP) not in {scope for scope, _ in menus}
    # A menu says what a command does.
    await telegram.fake.sent("setMyCommands", 6)
    told = {one["command"]: one["description"] for one in telegram.fake.world.commands[PRIVATE, "fr"]}
    assert told["suggerer"] == "Proposer une amélioration à l’équipe."
    # The bot describes itself.
    await telegram.fake.sent("setMyShortDescription", 2)
    words = telegram.fake.world.words
    assert {kind for kind, _ in words} == {"description", "short_description"}
    assert words["description", ""].startswith("This bot carries suggestions")
    assert words["short_description", "fr"].startswith("Suggestions, problèmes et questions")
    # What it is said to be already is not set again.
    telegram.fake.world.words["description", ""] = "The bot of the harbour."
    await telegram.restart()
    await telegram.fake.sent("getMyShortDescription", 4)
    assert len(await telegram.fake.sent("setMyDescription", 2)) == 2


async def test_a_chat_that_becomes_the_staffs_has_its_menu_at_once(telegram: TelegramStage) -> None:
    await telegram.fake.sent("setMyCommands", 8)
    omar = Person(telegram, "omar")
    telegram.fake.world.promote(NEW["id"], telegram.account(omar)["id"])
    await telegram.write(omar, f"/setup {await _code(telegram)}", NEW)
    assert (chat(NEW["id"]), "") in telegram.fake.world.commands


async def test_whoever_moderates_has_that_menu_in_private_too_as_long_as_they_do(
    telegram: TelegramStage, zoe: Person, omar: Person
) -> None:
    for person in (zoe, omar):
        await person.says("/mine")
    menus, own = telegram.fake.world.commands, chat(telegram.account(omar)["id"])
    await omar.says("/suggest A bench")
    assert "queue" in [one["command"] for one in menus[own, ""]]
    assert (chat(telegram.account(zoe)["id"]), "") not in menus
    number = telegram.account(omar)["id"]
    telegram.fake.world.members[GROUP, number] = telegram.fake.world.members[STAFF, number] = {"status": "left"}
    for place in (GROUP, STAFF):
        gone = telegram.updates.chat_member(supergroup(place), telegram.account(omar), telegram.account(omar))
        await telegram.happen(gone)
    await omar.says("/help")
    assert (own, "") not in menus
