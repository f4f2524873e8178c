"""Stores what a look found: new alerts, the counts of open ones, and which of them ended or came back."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil, floor

from sqlmodel import Session

from bot.features.alerts.scene import people
from bot.feedback.desk import routing
from bot.feedback.telling.occasions import Occasion
from bot.signals.limits import Limits
from storage.items.signals import alert_posts, alerts
from storage.items.signals.watched import Filed
from storage.models import Alert
from storage.reports import digests
from storage.values import frozen
from storage.vocabulary import Alarm, Kind, Urgency

LATELY = timedelta(hours=2)
"""The window in which people are counted to tell whether an alert is over."""
WINDOWS_A_DAY = 12
"""The number of these windows in a day."""
GAP = timedelta(hours=3)
"""Items before a gap of this length are not part of the same crisis."""
REOPENED = timedelta(hours=48)
"""How long after its end an alert is reopened when the same comes back."""
MUTED = timedelta(days=7)
"""How long nothing is told about a false alarm."""
UNNAMED = (Alarm.KIND, Alarm.QUESTIONS)
"""The alarms with neither theme nor area, of which there is one open alert each at most."""
REOPENING_MARGIN = 2
"""By how many people the usual number must be exceeded for an ended alert to be reopened."""
MOST_STORED = 200


@frozen
class Count:
    """The counts of an alert, or of what is to become one.

    Attributes:
        items: the named items, the most central first, at most `MOST_STORED`.
        number: the number of all items.
        questions: how many of these are questions.
        people: the number of distinct people who wrote them.
        lately: the people of the last hours (`LATELY`).
        severe: whether one of the items is a severe problem.
        about: what a new alert is counted by.
        usual: the limits of the usual number of people a day; None if it is too early to tell.
    """

    items: tuple[Filed, ...]
    number: int
    questions: int
    people: int
    lately: int
    began_at: datetime
    severe: bool
    kind: Kind | None
    area: str | None
    about: Alarm = Alarm.THEME
    usual: Limits | None = None


def count(dated: Sequence[tuple[Filed, datetime | None]], kind: Kind | None, area: str | None, now: datetime) -> Count:
    """Count items, leaving out those before a gap in time longer than `GAP`.

    Args:
        dated: the items with the instant each was filed, None where that is not known; the most central first.
    """
    times = sorted((at for _, at in dated if at is not None), reverse=True)
    began = now
    for at in times:
        if began - at > GAP and began is not now:
            break
        began = min(began, at)
    crisis = [item for item, at in dated if at is None or at >= began]
    return Count(
        items=tuple(item for item in crisis if not item.nameless)[:MOST_STORED],
        number=len(crisis),
        questions=sum(item.kind is None for item in crisis),
        people=people(crisis),
        lately=people(item for item, at in dated if at is not None and now - at < LATELY),
        began_at=began,
        severe=any(item.urgency == Urgency.SEVERE for item in crisis),
        kind=kind,
        area=area,
    )


def record(session: Session, at: Occasion, known: dict[int, Count], new: Sequence[Count], latest: int) -> bool:
    """Store the counts of current alerts, and new alerts, and queue their messages.

    Args:
        known: the counts of the current alerts, by id.
        new: the counts of the new ones.
        latest: the id of the newest alert when they were counted.

    Returns:
        False when another process stored an alert meanwhile: then nothing is stored, and the caller looks again.
    """
    digests.hold(session, at.community.id)
    if alerts.latest(session, at.community.id) != latest:
        return False
    for own, counted in known.items():
        alert = alerts.hold(session, own, at.community.id)
        if alert is not None and alert.dismissed_at is None:
            _update(session, at, alert, counted)
    for counted in new:
        _begin(session, at, counted)
    return True


def _begin(session: Session, at: Occasion, counted: Count) -> None:
    current = alerts.current(session, at.community.id)
    own = (counted.about, counted.kind)
    if counted.about in UNNAMED and any((one.alarm, one.kind) == own for one in current):
        return
    broad, usual = _to_refine(session, current, counted), counted.usual
    alert = broad or Alert(
        community_id=at.community.id, alarm=counted.about, began_at=at.now, opened_at=at.now, counted_at=at.now
    )
    alert.alarm, alert.kind, alert.area = counted.about, counted.kind, counted.area
    alert.usual_low, alert.usual_high = (ceil(usual.low), floor(usual.high)) if usual else (None, None)
    session.add(alert)
    session.flush()
    _update(session, at, alert, counted)


def _to_refine(session: Session, current: Sequence[Alert], counted: Count) -> Alert | None:
    """The open alert about a kind or an area with more than half of these items, which their theme replaces."""
    ids = {item.id for item in counted.items}
    for alert in current if counted.about is Alarm.THEME else ():
        goes_on = alert.over_at is None and alert.dismissed_at is None and alert.alarm is not Alarm.THEME
        if goes_on and len(ids.intersection(alerts.items_of(session, alert.id))) * 2 > len(ids):
            return alert
    return None


def _update(session: Session, at: Occasion, alert: Alert, counted: Count) -> None:
    """Store the counts of an alert, and whether it ended or is reopened."""
    usual = ceil((alert.usual_high or 0) / WINDOWS_A_DAY) or 1
    if alert.over_at is not None and counted.lately <= usual + REOPENING_MARGIN:
        return
    over = alert.over_at is None and alert.items > 0 and counted.lately <= usual
    before = (alert.items, alert.questions, alert.people, alert.over_at, alert.severe)
    _count_up(alert, counted)
    alert.over_at = at.now if over else None
    alert.severe = alert.severe or counted.severe
    alert.kind = alert.kind if alert.alarm is Alarm.KIND else counted.kind
    alert.area = alert.area if alert.alarm is Alarm.AREA else counted.area
    if before != (alert.items, alert.questions, alert.people, alert.over_at, alert.severe):
        alert.counted_at = at.now
    session.add(alert)
    session.flush()
    ids = [item.id for item in counted.items]
    if ids != alerts.items_of(session, alert.id):
        alerts.belong(session, alert.id, ids)
    if not over:
        order(session, at, alert)


def _count_up(alert: Alert, counted: Count) -> None:
    """Set an alert's counts, which while it is open never fall, even if items become older than a day or are erased."""
    if alert.over_at is None and alert.items:
        alert.began_at = min(alert.began_at, counted.began_at)
        alert.items, alert.people = max(alert.items, counted.number), max(alert.people, counted.people)
        alert.questions = max(alert.questions, counted.questions)
    else:
        alert.began_at, alert.items, alert.people = counted.began_at, counted.number, counted.people
        alert.questions = counted.questions


def order(session: Session, at: Occasion, alert: Alert) -> None:
    """Queue an alert's message for the staff place and for that of its area; in quiet hours only if it is severe."""
    if at.own.alerts.is_quiet(at.now.astimezone(at.zone).time()) and not alert.severe:
        return
    places = {routing.place(session, at, route) for route in _routes(session, at, alert.area)}
    alert_posts.order(session, alert.id, sorted(place for place in places if place is not None), at.now)


def _routes(session: Session, at: Occasion, area: str | None) -> tuple[routing.Route, ...]:
    return routing.of_area(session, at, None), routing.of_area(session, at, area)
