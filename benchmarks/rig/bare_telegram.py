"""A minimal python-telegram-bot echo bot, written as in its documentation: the baseline for the Telegram benchmark."""

import os
from typing import Final

from telegram import Update
from telegram.ext import Application, CommandHandler, ContextTypes

PATIENCE: Final = 60
"""Seconds to wait for a connection and an answer: with the library's 5, a burst on a slow machine loses answers."""


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Answer with the same words."""
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


def main() -> None:
    """Connect to the fake platform and answer until interrupted."""
    url = os.environ["BENCH_URL"]
    building = Application.builder().token(os.environ["PORTEVOIX_TELEGRAM__TOKEN"])
    building = building.base_url(f"{url}/bot").base_file_url(f"{url}/file/bot").concurrent_updates(True)
    building = building.connect_timeout(PATIENCE).read_timeout(PATIENCE).pool_timeout(PATIENCE)
    application = building.build()
    application.add_handler(CommandHandler("suggest", echo))
    application.run_polling()


if __name__ == "__main__":
    main()
