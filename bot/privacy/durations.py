"""Says how long each kind of data is kept that concerns members, from the settings."""

from collections.abc import Mapping

from bot.locales.speech import Speech
from bot.locales.words import mark
from bot.settings.config import Retention
from storage.traffic import prompts

KEPT: Mapping[str, str] = {
    "feedback": mark("feedback and its files: {time} after the outcome"),
    "questions": mark("questions, answers you propose, and what the team asked you: {time}"),
    "prompts": mark("forms and drafts: {time}"),
    "unsent": mark("messages that did not reach you: {time}"),
    "private_chats": mark("the address of your private chat: {time}"),
    "digests": mark("quotes in the team's digests: {time}"),
}
"""By retention rule, what is said of it to members."""
WITHOUT_END: Mapping[str, str] = {"feedback": mark("feedback and its files: until erased")}
"""What is said instead where the settings set no end."""
UNSAID: Mapping[str, str] = {
    "inbox": "ids of events, emptied once they are handled",
    "sent": "that a message was delivered, without its words",
    "buttons": "numbers and choices, of nobody since they are signed",
    "blocks": "each ends at its own time, which its person is told",
    "rates": "when somebody used the bot within the last minutes, to count it, without a name",
    "readiness": "each ends at its own time, which its person is told",
    "left_places": "said beside these, as it depends on the community",
}
"""Retention settings and rules that concern no member's words, each with its reason; none may be in neither."""


def durations(speech: Speech, retention: Retention) -> tuple[str, ...]:
    """A line for each kind of data with the days it is kept, and what is kept until it is erased."""
    lines = [_line(speech, name, _days(retention, name)) for name in KEPT]
    return (
        *lines,
        speech.say("your words that became a phrasing of a question the team answered: until erased"),
        speech.say("your account, what you support and follow: until erased"),
    )


def after_removal(speech: Speech, retention: Retention, *, erased: bool) -> str:
    """A line on what becomes of a community's data when the bot is removed from its last place.

    Args:
        erased: whether the community is erased then.
    """
    if not erased:
        return speech.say("all of this, once the bot is removed from its last place here: until its host erases it")
    days = speech.count("{n} day", "{n} days", retention.left_places)
    return speech.say("all of this, once the bot is removed from its last place here: {time}", time=days)


def _days(retention: Retention, name: str) -> int:
    return prompts.PATIENCE.days if name == "prompts" else int(getattr(retention, name))


def _line(speech: Speech, name: str, days: int) -> str:
    if not days:
        return speech.say(WITHOUT_END[name])
    return speech.say(KEPT[name], time=speech.count("{n} day", "{n} days", days))
