"""Stores shifts, that is more people than usual day after day, and words their messages."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.features.alerts.days import LASTING, WEEK, Findings, Found, chart_of, has_lasted
from bot.features.alerts.recording import order
from bot.feedback.telling.occasions import Occasion
from bot.locales.speech import Speech
from bot.ports.reply import Block, Paragraph, Strong
from storage.items.signals import alerts
from storage.models import Alert
from storage.reports import digests
from storage.vocabulary import Alarm, Kind


def record(session: Session, at: Occasion, found: Findings) -> None:
    """Store the counts of open shifts and the new ones, and queue their messages."""
    digests.hold(session, at.community.id)
    for own, one in found.known.items():
        alert = alerts.hold(session, own, at.community.id)
        if alert is not None and alert.over_at is None and alert.dismissed_at is None:
            _update(session, at, alert, one)
    told = {chart_of(one) for one in alerts.shifts(session, at.community.id)}
    for one in found.new:
        # Another process may have been first.
        if one.chart not in told:
            _update(session, at, _begun(at, one), one)


def _begun(at: Occasion, found: Found) -> Alert:
    usual = max(round(found.usual * WEEK), 1)
    return Alert(
        community_id=at.community.id,
        alarm=Alarm.SHIFT,
        kind=found.chart.kind,
        area=found.chart.area,
        began_at=found.began_at,
        opened_at=at.now,
        counted_at=at.now,
        usual_low=usual,
        usual_high=usual,
    )


def _update(session: Session, at: Occasion, alert: Alert, found: Found) -> None:
    alert.people, alert.counted_at = found.people, at.now
    alert.over_at = at.now if found.over else None
    session.add(alert)
    session.flush()
    if not found.over:
        alerts.belong(session, alert.id, found.items)
        order(session, at, alert)


def name_chart(speech: Speech, alert: Alert) -> str:
    """The area or kind of a shift, worded for the middle of a sentence."""
    if alert.area is not None:
        return speech.area(alert.area)
    return speech.say("suggestions") if alert.kind is Kind.SUGGESTION else speech.say("problems")


def head(speech: Speech, zone: ZoneInfo, alert: Alert, name: str) -> Iterator[Block]:
    """The heading of an open shift: what rose, since when, and what is usual.

    Args:
        name: the name of its main theme; empty where there is none.
    """
    title = speech.say("More than usual: {name}", name=name_chart(speech, alert))
    updated = speech.say("updated {time}", time=speech.clock(alert.counted_at, zone))
    yield Paragraph((Strong(title), f" ({updated})"))
    day = speech.day(alert.began_at.astimezone(zone).date())
    said = speech.say(
        "{rate} since {day}; usually {usual}.", rate=_rate(speech, zone, alert), day=day, usual=_usual(alert)
    )
    about = f" {speech.say('Most about “{theme}”.', theme=name)}" if name else ""
    yield Paragraph(f"{said}{about}")


def over(speech: Speech, zone: ZoneInfo, alert: Alert) -> Iterator[Block]:
    """The message of a shift that ended: back to the usual number, or usual by now."""
    yield Paragraph((speech.say("More than usual: {name}", name=name_chart(speech, alert)),))
    if has_lasted(alert):
        weeks = speech.count("{n} week", "{n} weeks", LASTING // WEEK)
        yield Paragraph(speech.say("After {weeks}, so many are usual now.", weeks=weeks))
        return
    again = speech.say("As usual again")
    days = speech.count("{n} day", "{n} days", _days(zone, alert, alert.over_at or alert.counted_at))
    yield Paragraph((Strong(again), f" · {_rate(speech, zone, alert)}, {days}."))


def dismissed(speech: Speech, alert: Alert) -> Iterator[Block]:
    """The message of a shift that a moderator called a false alarm."""
    yield Paragraph((Strong(speech.say("False alarm: {name}", name=name_chart(speech, alert))),))
    yield Paragraph(speech.say("From its first day on, so many count as usual."))


def _rate(speech: Speech, zone: ZoneInfo, alert: Alert) -> str:
    """The mean number of people a day or, where fewer than one a day are usual, a week."""
    people = alert.people / _days(zone, alert, alert.counted_at)
    if _by_week(alert):
        return speech.count("{n} person a week", "{n} people a week", round(people * WEEK))
    return speech.count("{n} person a day", "{n} people a day", round(people))


def _usual(alert: Alert) -> int:
    usual = alert.usual_high or 1
    return usual if _by_week(alert) else round(usual / WEEK)


def _by_week(alert: Alert) -> bool:
    return (alert.usual_high or 0) < WEEK


def _days(zone: ZoneInfo, alert: Alert, until: datetime) -> int:
    """The number of whole days from its first one to `until`, at least 1."""
    return max((until.astimezone(zone).date() - alert.began_at.astimezone(zone).date()).days, 1)
