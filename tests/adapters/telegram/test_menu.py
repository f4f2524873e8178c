"""The command menu: each scope shows what may be done there, each language its own names."""

from sqlmodel import Session

from bot.catalogue import registry
from bot.dispatch.invitation import invite
from bot.ports.inbound import Role
from storage.people import communities
from tests.adapters.telegram.stage import GROUP, STAFF, TelegramStage
from tests.sockets.updates import supergroup
from tests.stage import Person

PRIVATE, GROUPS, ADMINS = (
    f'{{"type": "{kind}"}}' for kind in ("all_private_chats", "all_group_chats", "all_chat_administrators")
)
NEW = supergroup(-1004, "New")


def chat(number: int) -> str:
    """The scope of one chat."""
    return f'{{"chat_id": {number}, "type": "chat"}}'


async def _code(telegram: TelegramStage) -> str:
    core = telegram.core

    def make(session: Session) -> str:
        return invite(core.store.keys, communities.every(session)[0], True, core.clock.now().date())

    return await core.store.read(make)


async def test_members_and_administrators_have_menus_in_both_languages(telegram: TelegramStage) -> None:
    await telegram.fake.sent("setMyCommands", 6)
    menus = {menu: [one["command"] for one in shown] for menu, shown in telegram.fake.world.commands.items()}
    listed = {role: registry().listed(role) for role in (Role.MEMBER, Role.MODERATOR)}
    for scope, role in ((PRIVATE, Role.MEMBER), (GROUPS, Role.MEMBER), (ADMINS, Role.MODERATOR)):
        assert menus[scope, ""] == [command.name for command in listed[role]]
        assert menus[scope, "fr"] == [command.name_in("fr") for command in listed[role]]
    assert "queue" not in menus[PRIVATE, ""]
    assert "atraiter" in menus[ADMINS, "fr"]


async def test_in_the_staffs_chat_everybody_has_the_staffs_menu(telegram: TelegramStage) -> None:
    """Its members are staff, administrators or not."""
    await telegram.fake.sent("setMyCommands", 8)
    menus = {menu: [one["command"] for one in shown] for menu, shown in telegram.fake.world.commands.items()}
    assert menus[chat(STAFF), "fr"] == [one.name_in("fr") for one in registry().listed(Role.STAFF)]
    assert chat(GROUP) not in {scope for scope, _ in menus}


async def test_a_chat_that_becomes_the_staffs_has_its_menu_at_once(telegram: TelegramStage) -> None:
    await telegram.fake.sent("setMyCommands", 8)
    omar = Person(telegram, "omar")
    telegram.fake.world.promote(NEW["id"], telegram.account(omar)["id"])
    await telegram.write(omar, f"/setup {await _code(telegram)}", NEW)
    assert (chat(NEW["id"]), "") in telegram.fake.world.commands


async def test_a_menu_says_what_a_command_does_in_its_language(telegram: TelegramStage) -> None:
    await telegram.fake.sent("setMyCommands", 6)
    shown = {one["command"]: one["description"] for one in telegram.fake.world.commands[PRIVATE, "fr"]}
    assert shown["suggerer"] == "Proposer une amélioration à l’équipe."
