"""The day's items by area and by kind, whatever they are about; imported late, since its neighbours bring numpy."""

from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import Any

from bot.features.alerts.scene import DAY, Scene
from storage.items.signals.watched import KINDS, Filed
from storage.models import Alert
from storage.values import frozen
from storage.vocabulary import Alarm, Kind


@frozen
class Candidate:
    """What may be an alert: its rows, the most central first."""

    alarm: Alarm
    rows: tuple[int, ...]
    kind: Kind | None = None
    area: str | None = None
    centre: Any = None


def rows_of_alerts(scene: Scene, left: Collection[int]) -> dict[int, tuple[int, ...]]:
    """By id of an alert about an area or a kind, which of these rows are its."""
    charted = [known.alert for known in scene.known if known.alert.alarm is not Alarm.THEME]
    return {alert.id: tuple(row for row in sorted(left) if is_of(alert, scene.items[row])) for alert in charted}


def candidates(scene: Scene, left: Collection[int]) -> Iterator[Candidate]:
    """What there is of each area and kind of which no alert is told.

    Questions are not counted so: about one thing and another there are many where there are few answers yet.
    """
    alerts = [known.alert for known in scene.known]
    told = {(alert.alarm, alert.area if alert.alarm is Alarm.AREA else alert.kind) for alert in alerts}
    rows = [row for row in sorted(left) if not any(_covers(alert, scene.items[row]) for alert in alerts)]
    for area in sorted({area for row in rows if (area := scene.items[row].area)}):
        if (Alarm.AREA, area) not in told:
            yield Candidate(Alarm.AREA, tuple(row for row in rows if scene.items[row].area == area), area=area)
    for kind in KINDS:
        if (Alarm.KIND, kind) not in told:
            yield Candidate(Alarm.KIND, tuple(row for row in rows if scene.items[row].kind is kind), kind)


def is_of(what: Candidate | Alert, item: Filed) -> bool:
    """Whether an item is of the area or kind that something is about."""
    return item.area == what.area if what.alarm is Alarm.AREA else item.kind is what.kind


def concern_one(one: Candidate | Alert, other: Candidate | Filed) -> bool:
    """Whether two things may be one by their areas: not where both have one, each another."""
    return one.area is None or other.area is None or one.area == other.area


def _covers(alert: Alert, item: Filed) -> bool:
    """Whether an item came while an alert went on, or until it was dismissed: it is of the same, in other words.

    Else one crisis would be told again as more problems than usual.
    """
    until = alert.dismissed_at or alert.over_at
    # Of what has no name, the day alone is known.
    at = item.created_at + (DAY if item.nameless else timedelta())
    return at >= alert.began_at and (until is None or item.created_at < until) and concern_one(alert, item)
