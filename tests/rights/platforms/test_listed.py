"""What a platform shows of the commands is what that person can run there: menus, slash commands, and /help."""

import json
import re
from typing import Any

from adapters.discord.commands.definitions import MENUS, definitions
from bot.catalogue import registry
from bot.core import Core
from bot.ports.inbound import Role
from tests.adapters.discord.stage import discord_stage
from tests.adapters.telegram.stage import DESK, GROUP, PLAZA, STAFF, TelegramStage, telegram_stage
from tests.stage import Person

LISTED = re.compile(r"^• /(\w+):", re.MULTILINE)
MANAGE_MESSAGES = str(1 << 13)


def _menu(telegram: TelegramStage, person: Person, chat: int) -> list[str]:
    """The menu that Telegram shows somebody in a chat: of the scopes that are meant, the narrowest with commands."""
    account = telegram.account(person)["id"]
    status = telegram.fake.world.members.get((chat, account), {}).get("status")
    administers = status in ("administrator", "creator")
    admins: dict[str, Any] = {"chat_id": chat, "type": "chat_administrators"}
    scopes = [
        *([admins] if administers else []),
        {"chat_id": chat, "type": "chat"},
        *([{"type": "all_chat_administrators"}] if administers else []),
        {"type": "all_private_chats" if chat > 0 else "all_group_chats"},
    ]
    menus = telegram.fake.world.commands
    shown = next(menus[key] for scope in scopes if (key := (json.dumps(scope, sort_keys=True), "")) in menus)
    return [one["command"] for one in shown]


async def test_telegrams_menus_are_what_help_lists_there(core: Core) -> None:
    async with telegram_stage(core, introduced=True) as telegram:
        await telegram.fake.sent("setMyCommands", 8)
        for role in Role:
            person = Person(telegram, f"a {role.name}", role)
            alone = telegram.account(person)["id"]
            for chat, number in ((PLAZA, GROUP), (DESK, STAFF)):
                if role or number == GROUP:
                    await telegram.write(person, "/help@portevoix_bot", chat)
                    assert LISTED.findall(person.hears()) == _menu(telegram, person, number), (role, number)
            await person.says("/help")
            assert LISTED.findall(person.hears()) == _menu(telegram, person, alone), role


async def test_discord_shows_every_slash_command_that_help_lists(core: Core) -> None:
    shown = definitions(core)
    for_all = {one["name"] for one in shown if one["default_member_permissions"] is None}
    async with discord_stage(core) as discord:
        people = {role: Person(discord, f"a {role.name}", role) for role in (Role.MEMBER, Role.MODERATOR)}
        # Staff by the channel alone: Discord hides from them what asks for a permission.
        people[Role.STAFF] = Person(discord, "of the desk")
        discord.let_in(people[Role.STAFF])
        for role, person in people.items():
            visible = {one["name"] for one in shown} if role is Role.MODERATOR else for_all
            await person.says("/help")
            listed = set(LISTED.findall(person.hears()))
            assert listed == {command.name for command in registry().listed(role)}
            assert listed <= visible, role


async def test_discord_shows_an_entry_of_a_messages_menu_to_whom_it_lets_use_it(core: Core) -> None:
    hidden = {one["name"]: one["default_member_permissions"] for one in definitions(core)}
    async with discord_stage(core) as discord:
        said = await discord.write(Person(discord, "camille"), "The back door is locked on Sundays")
        for role in (Role.MEMBER, Role.MODERATOR):
            person = Person(discord, f"a {role.name}", role)
            for label, name in MENUS.items():
                assert hidden[label] == (MANAGE_MESSAGES if registry().command(name).role else None)
                if role or hidden[label] is None:
                    await discord.actor(person).context_menu(discord.plaza, label, said)
                    assert "This is for" not in person.hears(), label
