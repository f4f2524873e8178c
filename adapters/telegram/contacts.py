"""Fetches the trusted contacts' names on Telegram, so that feedback naming one of them is not shown to that one."""

from contextlib import suppress

from telegram import Bot
from telegram.error import TelegramError

from adapters.telegram.places import PLATFORM
from bot.core import Core
from bot.feedback.audience.trusted import accounts_on


async def learn(core: Core, bot: Bot) -> None:
    """Fetch each contact's name and handle; contacts who have never written to the bot stay without names."""
    for account in sorted(accounts_on(core, PLATFORM)):
        with suppress(TelegramError, ValueError):
            chat = await bot.get_chat(int(account))
            core.contact_names.meet(PLATFORM, account, chat.full_name or "", f"@{chat.username or ''}")
