"""Publishes the command menus: one for each scope and language."""

from collections.abc import Callable

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

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
    for code, speech in core.languages.all().items():
        for scope, role in SCOPES:
            commands = [
                BotCommand(command.name_in(code), speech.say(command.summary)) for command in core.registry.listed(role)
            ]
            await bot.set_my_commands(commands, scope=scope(), language_code="" if code == SOURCE else code)
