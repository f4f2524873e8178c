"""Stores what a look found: new alerts, how those that go on stand, and that they are over or back."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from math import ceil, floor

from sqlmodel import Session

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
"""The hours that are looked at to tell whether it is over."""
A_DAY = 12
"""How many of these a day has."""
GAP = timedelta(hours=3)
"""So long without a message, and what came before is not of the same crisis."""
REOPENED = timedelta(hours=48)
"""So long after it was over, the same is the same alert."""
MUTED = timedelta(days=7)
"""So long nothing is said about what was a false alarm."""
UNNAMED = (Alarm.KIND, Alarm.QUESTIONS)
"""What an alert may be about without a name of anything."""
RETURN = 2
"""People more than may be usual for it to be back."""
MOST_STORED = 200


@frozen
class Count:
    """How something stands.

    Attributes:
        items: those with a name, the most central first.
        number: of all items, and `people` who wrote them.
        questions: how many of them are questions.
        lately: the people of the last hours.
        about: whether it is about what they say, their area or their kind; only of a new alert.
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
    """Count items, each with the instant it was filed at if that is known, the most central first.

    What came long before the others is left out.
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
        people=_people(crisis),
        lately=_people(item for item, at in dated if at is not None and now - at < LATELY),
        began_at=began,
        severe=any(item.urgency == Urgency.SEVERE for item in crisis),
        kind=kind,
        area=area,
    )


def record(session: Session, at: Occasion, known: dict[int, Count], new: Sequence[Count], latest: int) -> bool:
    """Store counts of alerts that matter, and new alerts; order the messages that are to tell of them.

    Args:
        known: by id of the alert.
        latest: the id of the newest alert that was known.

    Returns:
        False when another process stored an alert meanwhile: then nothing was stored, and it is to be looked again.
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
    """The alert about a kind or an area that goes on, of which this is the greater part of what there is to say."""
    ids = {item.id for item in counted.items}
    for alert in current if counted.about is Alarm.THEME else ():
        goes_on = alert.over_at is None and alert.dismissed_at is None and alert.alarm is not Alarm.THEME
        if goes_on and len(ids.intersection(alerts.items_of(session, alert.id))) * 2 > len(ids):
            return alert
    return None


def _update(session: Session, at: Occasion, alert: Alert, counted: Count) -> None:
    """Store how an alert stands, and whether it is over or back."""
    usual = ceil((alert.usual_high or 0) / A_DAY) or 1
    if alert.over_at is not None and counted.lately <= usual + RETURN:
        return
    over = alert.over_at is None and alert.items > 0 and counted.lately <= usual
    before = (alert.items, alert.questions, alert.people, alert.over_at, alert.severe)
    if alert.over_at is None and alert.items:
        # What it cost stays when it is older than a day, or somebody's words are erased.
        alert.began_at = min(alert.began_at, counted.began_at)
        alert.items, alert.people = max(alert.items, counted.number), max(alert.people, counted.people)
        alert.questions = max(alert.questions, counted.questions)
    else:
        alert.began_at, alert.items, alert.people = counted.began_at, counted.number, counted.people
        alert.questions = counted.questions
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
        alerts.set_items(session, alert.id, ids)
    if not over:
        order(session, at, alert)


def order(session: Session, at: Occasion, alert: Alert) -> None:
    """Order its message in the staff place and in its area's, unless nobody is to be disturbed now."""
    if at.own.alerts.is_quiet(at.now.astimezone(at.zone).time()) and not alert.severe:
        return
    places = {routing.place(session, at, route) for route in _routes(session, at, alert.area)}
    alert_posts.order(session, alert.id, sorted(place for place in places if place is not None), at.now)


def _routes(session: Session, at: Occasion, area: str | None) -> tuple[routing.Route, ...]:
    return routing.of_area(session, at, None), routing.of_area(session, at, area)


def _people(items: Iterable[Filed]) -> int:
    return len({item.voice for item in items} - {None})
