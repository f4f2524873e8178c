"""Candidates for alerts by area and by kind of the day's items, whatever their texts say."""

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
    """What may become an alert.

    Attributes:
        alarm: what it is counted by: a theme, an area or a kind.
        rows: the rows of its items in the scene, the most central first.
        centre: the mean vector of a theme's items, as a matrix of one row.
    """

    alarm: Alarm
    rows: tuple[int, ...]
    kind: Kind | None = None
    area: str | None = None
    centre: Any = None


def rows_of_alerts(scene: Scene, left: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Which of the rows `left` belong to each alert about an area or a kind, by the alert's id."""
    charted = [known.alert for known in scene.known if known.alert.alarm is not Alarm.THEME]
    return {alert.id: tuple(row for row in sorted(left) if is_of(alert, scene.items[row])) for alert in charted}


def candidates(scene: Scene, left: Collection[int]) -> Iterator[Candidate]:
    """A candidate for each area and kind that no alert is about, of the rows `left` that no alert covers.

    Questions have none: where there are few answers yet, many unrelated ones are usual.
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
    """Whether an item is of the area or kind that a candidate or alert is about."""
    return item.area == what.area if what.alarm is Alarm.AREA else item.kind is what.kind


def areas_agree(one: Candidate | Alert, other: Candidate | Filed) -> bool:
    """Whether the areas of two things are compatible: equal, or missing for one of them."""
    return one.area is None or other.area is None or one.area == other.area


def _covers(alert: Alert, item: Filed) -> bool:
    """Whether an item came while an alert was open, so that it counts as part of the same crisis.

    Otherwise one crisis would be told again as more problems than usual.
    """
    until = alert.dismissed_at or alert.over_at
    # Of nameless items, the day alone is known.
    at = item.created_at + (DAY if item.nameless else timedelta())
    return at >= alert.began_at and (until is None or item.created_at < until) and areas_agree(alert, item)
