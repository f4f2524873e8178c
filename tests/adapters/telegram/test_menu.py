"""The command menu: each scope shows what may be done there, each language its own names."""

from bot.catalogue import registry
from bot.ports.inbound import Role
from tests.adapters.telegram.stage import TelegramStage

PRIVATE, GROUPS, ADMINS = (
    f'{{"type": "{kind}"}}' for kind in ("all_private_chats", "all_group_chats", "all_chat_administrators")
)


async def test_members_and_administrators_have_menus_in_both_languages(telegram: TelegramStage) -> None:
    await telegram.fake.sent("setMyCommands", 6)
    menus = {menu: [one["command"] for one in shown] for menu, shown in telegram.fake.world.commands.items()}
    listed = {role: registry().listed(role) for role in (Role.MEMBER, Role.MODERATOR)}
    for scope, role in ((PRIVATE, Role.MEMBER), (GROUPS, Role.MEMBER), (ADMINS, Role.MODERATOR)):
        assert menus[scope, ""] == [command.name for command in listed[role]]
        assert menus[scope, "fr"] == [command.name_in("fr") for command in listed[role]]
    assert "queue" not in menus[PRIVATE, ""]
    assert "atraiter" in menus[ADMINS, "fr"]


async def test_a_menu_says_what_a_command_does_in_its_language(telegram: TelegramStage) -> None:
    await telegram.fake.sent("setMyCommands", 6)
    shown = {one["command"]: one["description"] for one in telegram.fake.world.commands[PRIVATE, "fr"]}
    assert shown["suggerer"] == "Proposer une amélioration à l’équipe."
