"""The ready-made reasons for a status: those that come with the product, until a community has its own.

A reason that the team stored in several languages is shown to each reader in their own.
"""

import re
from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.feedback import items
from bot.feedback.audience.visibility import is_public
from bot.locales import reasons
from bot.locales.speech import Speech
from bot.locales.words import mark
from storage.items.desk import ready_reasons
from storage.models import Feedback, History
from storage.vocabulary import Status

DEFAULTS: Mapping[Status, tuple[str, ...]] = {
    Status.NOT_PLANNED: (
        mark("Not among this year's priorities."),
        mark("Too costly for what it would change."),
        mark("Not ours to decide."),
    ),
    Status.EXISTS: (mark("It is there already: {link}"),),
    Status.EXPLAINED: (
        mark("It works as it is meant to."),
        mark("It could not be found again. Another word helps if it comes back."),
        mark("It is explained here: {link}"),
    ),
    Status.ON_HOLD: (mark("Other things come first."), mark("It depends on something else, which is not settled yet.")),
    Status.DONE: (mark("It can be seen here: {link}"),),
    Status.RESOLVED: (mark("It works again since today."),),
}
"""Kept in English, so that each reader is told them in their language."""
_VARIABLE = re.compile(r"{\s*([^{}]*?)\s*}")


def ready(session: Session, community_id: int, status: Status, language: str) -> tuple[str, ...]:
    """The ready-made reasons for a status in a language; those that come with the product are in English."""
    return tuple(text for _, text in sorted(placed(session, community_id, status, language).items()) if text)


def placed(session: Session, community_id: int, status: Status, language: str) -> dict[int, str]:
    """As `ready`, by position: texts at one position in several languages are one reason; a removed one is empty."""
    own = ready_reasons.placed(session, community_id, status).get(language)
    return dict(enumerate(DEFAULTS.get(status, ()))) if own is None else own


def fill(speech: Speech, day: date, item: Feedback, note: str) -> str:
    """A reason with the number, the title and the day filled in; the link keeps its place.

    The title of an item that is not public is left out, as the reason reaches everyone concerned.
    """
    # An invisible word joiner keeps "{link}" in a title from being taken for the place of the link.
    quoted = items.title(item).replace(reasons.HERE, f"{{\u2060{reasons.HERE[1:]}")
    title = f"“{quoted}”" if item.text and is_public(item) else f"#{item.number}"
    words, link = reasons.parts(note)
    values = {"number": str(item.number), "title": title, "date": speech.day(day)}
    return reasons.joined(fill_in(words, values), link)


def fill_in(words: str, values: Mapping[str, str]) -> str:
    """The words with these variables filled in; all other braces stay as they are."""
    return _VARIABLE.sub(lambda found: values.get(found[1], found[0]), words)


def told(
    session: Session, languages: Mapping[str, Speech], zone: ZoneInfo, item: Feedback, entry: History, speech: Speech
) -> str:
    """The reason given with a decision; a ready-made one in the reader's language, if the team stored it in that.

    Args:
        languages: the speech of each language, by its code.
        entry: the history entry of the decision.
        speech: the reader's language.
    """
    words, link = reasons.parts(entry.note)
    if not words or entry.after not in set(Status):
        return entry.note
    status, day = Status(entry.after), entry.at.astimezone(zone).date()
    own = ready_reasons.placed(session, item.community_id, status)
    for place, mine in own.get(speech.language, {}).items():
        told_here = mine and (link or reasons.HERE not in mine)
        for code in languages.keys() - {speech.language} if told_here else ():
            other = own.get(code, dict(enumerate(DEFAULTS.get(status, ())))).get(place)
            if other and fill(languages[code], day, item, other) == words:
                return fill(speech, day, item, reasons.joined(mine, link))
    return entry.note
