"""The words of notices that the platforms show by themselves, in place of a message that could not be sent."""

from bot.locales.speech import Speech


def passed_on(speech: Speech, number: int) -> str:
    """What the author of a message is told by a reply to it, once it was passed on."""
    return speech.say(
        "This was passed on to the team as #{number}, with its author's name. Only the team sees it there, and its "
        "author can take it back.",
        number=number,
    )
