"""The words of notices that adapters send by themselves."""

from bot.locales.speech import Speech


def passed_on(speech: Speech, number: int) -> str:
    """The reply to a message that was passed on to the team, for its author."""
    return speech.say(
        "This was passed on to the team as #{number}, with its author's name. Only the team sees it there, and its "
        "author can take it back.",
        number=number,
    )
