"""Publishes the command menus: one for each scope and language."""

import contextlib
from collections.abc import Callable, Iterable

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import BadRequest, Forbidden

from bot.core import Core
from bot.locales.speech import SOURCE
from bot.ports.inbound import Role

SCOPES: tuple[tuple[Callable[[], BotCommandScope], Role], ...] = (
    (BotCommandScopeAllPrivateChats, Role.MEMBER),
    (BotCommandScopeAllGroupChats, Role.MEMBER),
    (BotCommandScopeAllChatAdministrators, Role.MODERATOR),
)


async def publish(core: Core, bot: Bot) -> None:
    """Send Telegram every menu; the one without a language code is the fallback for other languages.

    Raises:
        TelegramError: Telegram refuses or does not answer.
    """
    for scope, role in SCOPES:
        await _publish_in(core, bot, scope(), role)


async def publish_for_staff(core: Core, bot: Bot, chats: Iterable[int]) -> None:
    """Send Telegram the menu of each staff chat, whose members need not be administrators.

    Raises:
        TelegramError: Telegram does not answer; a chat the bot is not in is left out.
    """
    for chat in chats:
        with contextlib.suppress(BadRequest, Forbidden):
            await _publish_in(core, bot, BotCommandScopeChat(chat), Role.STAFF)


async def _publish_in(core: Core, bot: Bot, scope: BotCommandScope, role: Role) -> None:
    for code, speech in core.languages.all().items():
        commands = [BotCommand(one.name_in(code), speech.say(one.summary)) for one in core.registry.listed(role)]
        await bot.set_my_commands(commands, scope=scope, language_code="" if code == SOURCE else code)
