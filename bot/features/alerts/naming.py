"""Names what an alert is about, from the words of its items as they are now."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.core import Core
from bot.language.text.excerpt import excerpt
from bot.locales.speech import Speech
from bot.recognition.contacts import mask
from storage.items.signals import alerts, themes
from storage.items.signals.watched import Filed
from storage.models import Alert, Theme
from storage.people import members
from storage.people.situation import AnyCommunity
from storage.vocabulary import Alarm, Kind

MOST = 60
"""The largest number of texts that an alert is named from."""


def name(session: Session, core: Core, community: AnyCommunity, alert: Alert) -> str:
    """The name of an alert: its area, its kind, or the words that many of its items share.

    A shift, which is told with its area or kind anyway, is named by shared words alone, and may have none.
    """
    speech = core.languages.speech(community.language)
    if alert.alarm is Alarm.AREA:
        return speech.area(alert.area)
    if alert.alarm is Alarm.KIND:
        return speech.say("suggestions") if alert.kind is Kind.SUGGESTION else speech.say("problems")
    if alert.alarm is Alarm.QUESTIONS:
        return speech.say("questions without an answer")
    items = alerts.words(session, alert.id)[:MOST]
    if alert.alarm is Alarm.SHIFT and not items:
        return ""
    given = _given(session, items)
    if given:
        return given
    authors = {item.author_id for item in items if item.author_id is not None}
    known = {*core.moderators.names(community.id), *members.names(session, authors).values()}
    found = _shared(items, speech, known)
    return found or ("" if alert.alarm is Alarm.SHIFT else speech.say("said in different words"))


def _given(session: Session, items: Sequence[Filed]) -> str:
    """The name a moderator gave the theme of most items; empty for none."""
    found = [item.theme for item in themes.said(session, [item.id for item in items]) if item.theme]
    theme = session.get(Theme, max(found, key=found.count)) if len(found) * 2 > len(items) else None
    return theme.name if theme else ""


def _shared(items: Sequence[Filed], speech: Speech, names: set[str]) -> str:
    """The words that many texts share, from those in the reader's language if there are enough of them."""
    # Imported here: they bring numpy and the stemmers.
    from bot.language.encoding.centred import everyday  # noqa: PLC0415
    from bot.themes.naming import labels  # noqa: PLC0415

    own = [item.text for item in items if item.language == speech.language]
    texts = own if len(own) * 2 > len(items) or len(own) > labels.FEWEST else [item.text for item in items]
    usual = everyday()
    found = labels.label(texts, labels.count([*texts, *usual]), (len(texts) + len(usual)) / 2, names)
    return excerpt(mask(found), 40)
