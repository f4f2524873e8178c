"""The reason of a decision: parses its words and link, and fills in its variables."""

import re

from bot.context import Context
from bot.errors import UserError
from bot.feedback.desk import reasons as desk
from bot.language.text.normalise import has_words
from bot.locales import reasons
from bot.locales.speech import Speech
from bot.ports.text import is_web_address
from storage.models import Feedback

VARIABLES = ("number", "title", "date", "link")
"""The variables of a reason: the item's number and first words, the day of the decision, and the link given with it."""
MOST_LINK = 500
"""The largest number of characters of a link."""
LATER = "…"
"""Stands on a button for a variable that is filled in when it is pressed."""
_VARIABLE = re.compile(r"{\s*([^{}]*?)\s*}")
_LINKED = re.compile(r"(?P<words>.*?)(?:^|\s)<?(?P<link>[A-Za-z][A-Za-z0-9+.-]*://\S*?)>?[.,;!]?\s*\Z", re.DOTALL)
_ONLY_HERE = re.compile(r"\W*(?:here|see|ici|voir)?\W*\Z", re.IGNORECASE)
"""Words before a link that say nothing more than the link does."""


def read(ctx: Context, reason: str | None, link: str | None = None) -> str:
    """Parse a reason into the form in which it is stored.

    Args:
        reason: the words typed, which may end with a link; signs without a word, such as `...`, are dropped.
        link: a link given by itself.

    Raises:
        UserError: the link is no web address, or too long.
    """
    words, address = (reason or "").strip(), (link or "").strip()
    words = words if has_words(words) else ""
    found = _LINKED.match(words) if not address else None
    if found:
        words, address = found["words"].strip(), found["link"]
        words = "" if _ONLY_HERE.match(words) else words
    if address and not (is_web_address(address) and len(address) <= MOST_LINK):
        raise UserError(ctx.speech.say("A link begins with https://, as in https://example.org/page."))
    return reasons.joined(words, address)


def lacks_link(note: str) -> bool:
    """Whether a reason has the variable for a link, but no link was given."""
    words, link = reasons.parts(note)
    return reasons.HERE in words and not link


def fill(ctx: Context, item: Feedback, note: str) -> str:
    """A reason with the number, the title and the day filled in."""
    return desk.fill(ctx.speech, ctx.now.astimezone(ctx.zone).date(), item, note)


def label(ctx: Context, number: int, reason: str) -> str:
    """The label of a ready-made reason's button, without the item's words."""
    today = ctx.speech.day(ctx.now.astimezone(ctx.zone).date())
    shown = {"number": str(number), "title": f"“{LATER}”", "date": today, "link": LATER}
    return desk.fill_in(ctx.speech.translate(reason), shown)


def check_variables(speech: Speech, text: str) -> None:
    """Check the variables of a reason to be stored.

    Raises:
        UserError: it uses a variable that does not exist; the message lists those that do.
    """
    unknown = [name for name in _VARIABLE.findall(text) if name not in VARIABLES]
    if unknown:
        there = ", ".join(f"{{{name}}}" for name in VARIABLES)
        words = speech.say("{unknown} is not known here. There are: {there}.", unknown=f"{{{unknown[0]}}}", there=there)
        raise UserError(words)
