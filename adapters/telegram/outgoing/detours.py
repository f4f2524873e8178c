"""Notices in the chat where a person asked or wrote, for when the bot cannot send them a private message."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.helpers import create_deep_linked_url

from bot.locales.notices import passed_on
from bot.locales.speech import Speech
from bot.ports.adapter import Detour


def text(speech: Speech, detour: Detour) -> str:
    """The notice that a request is done or a message passed on, and that the answer waits in the private chat."""
    if detour.passed:
        return passed_on(speech, detour.passed)
    if detour.received:
        if not detour.command:
            return speech.say("The team has it.")
        return speech.say("The team has it. For the receipt, open your chat with the bot, and press Start.")
    if detour.changed:
        if not detour.command:
            return speech.say("Done.")
        return speech.say("Done. To see it, open your chat with the bot, and press Start.")
    return speech.say("This is between you and the bot. Open your chat with it, and press Start.")


def markup(speech: Speech, detour: Detour, username: str) -> InlineKeyboardMarkup | None:
    """The button with the link to the private chat, or for a message passed on the button that takes it back."""
    if not detour.command:
        return None
    if detour.passed:
        button = InlineKeyboardButton(speech.say("Take it back"), callback_data=detour.command)
    else:
        link = create_deep_linked_url(username, detour.command)
        button = InlineKeyboardButton(speech.say("Open my chat with the bot"), url=link)
    return InlineKeyboardMarkup.from_button(button)
