"""Assigns items to current alerts, and selects new ones; imported late, since it brings numpy and scipy."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.features.alerts import charts, clusters
from bot.features.alerts.charts import Candidate, is_of
from bot.features.alerts.clusters import Cluster
from bot.features.alerts.scene import Known, Past, Scene, people, texts_by_id
from bot.signals.limits import Limits, limits
from bot.signals.watching import FEWEST_FOR_ALERT, is_crisis
from bot.themes.space import Meanings, Space, Stored, Wordings
from storage.items.signals.watched import Filed
from storage.vocabulary import Alarm, Kind

if TYPE_CHECKING:
    from bot.language.encoding.encoder import Encoder

ANCHORS = 30
"""The number of an alert's most central items, whose mean others are compared with."""


@dataclass(slots=True)
class Assignment:
    """What one look finds.

    Attributes:
        space: the vectors of the scene's items, by row.
        members: the rows of each current alert, by its id, the most central first.
        candidates: what enough people write about, still to be compared with earlier days.
    """

    scene: Scene
    space: Space
    members: dict[int, tuple[int, ...]] = field(default_factory=dict)
    candidates: list[Candidate] = field(default_factory=list)


def make_space(
    items: Sequence[Filed], encoder: "Encoder | None", languages: tuple[str, ...], stored: Stored, fitted: int
) -> Space:
    """The space of the vectors of items: by an encoder, or by words without one.

    Args:
        stored: the vectors that are known already.
        fitted: the number of items, the first ones, on which word vectors are fitted.
    """
    if encoder is not None:
        return Meanings(texts_by_id(items), encoder, stored)
    return Wordings(texts_by_id(items), languages, range(fitted))


def assign(scene: Scene, space: Space) -> Assignment:
    """Assign the last day's items to current alerts, and find candidates for new ones among the rest."""
    found, left = Assignment(scene, space), set(range(scene.day))
    of_alerts = _assign_to_themes(found, left)
    _assign_clusters(found, of_alerts, left)
    left |= {row for one in found.candidates for row in one.rows}
    found.members |= charts.rows_of_alerts(scene, left)
    charted = charts.candidates(scene, left)
    found.candidates += (one for one in charted if people(scene.items[row] for row in one.rows) >= FEWEST_FOR_ALERT)
    return found


def _assign_to_themes(found: Assignment, left: set[int]) -> dict[int, Cluster]:
    """Assign items to the alerts about themes, and take them from `left`; returns the alerts' clusters by id."""
    of_alerts: dict[int, Cluster] = {}
    for known in sorted(found.scene.known, key=lambda one: one.alert.id):
        if known.alert.alarm is Alarm.THEME and not known.items:
            # None of its items is left to be seen: they were answered, or erased.
            found.members[known.alert.id] = ()
        elif known.alert.alarm is Alarm.THEME:
            cluster = _cluster_of_alert(found, known, left)
            of_alerts[known.alert.id] = cluster
            left -= set(cluster.rows)
    return of_alerts


def _assign_clusters(found: Assignment, of_alerts: Mapping[int, Cluster], left: set[int]) -> None:
    """Assign the clusters among the items `left` to an alert about the same, or add them to the candidates."""
    scene, space = found.scene, found.space
    going = {one.alert.id for one in scene.known if one.alert.over_at is None and one.alert.dismissed_at is None}
    for cluster in list(clusters.find(scene.items, space, scene.fresh, left)):
        left -= set(cluster.rows)
        same = (own for own, one in of_alerts.items() if clusters.is_same(space, cluster, one, goes_on=own in going))
        alert_id = next(same, None)
        if alert_id is not None:
            found.members[alert_id] = tuple(dict.fromkeys((*found.members[alert_id], *cluster.rows)))
        else:
            _add(found, cluster)


def select_alerts(found: Assignment, past: Past, space: Space) -> list[tuple[Candidate, Limits | None]]:
    """The candidates that become alerts, without shared items, each with the limits of the usual number of people.

    Args:
        past: the earlier days they are compared with.
        space: the vectors of the scene's items, followed by those of the past ones.
    """
    taken, like, told = set[int](), _alike(found, past, space), list[tuple[Candidate, Limits | None]]()
    for one in sorted(found.candidates, key=lambda one: (list(Alarm).index(one.alarm), -len(one.rows))):
        items, theme = [found.scene.items[row] for row in one.rows if row not in taken], one.alarm is Alarm.THEME
        if people(items) < FEWEST_FOR_ALERT:
            continue
        same = next((at for at, (other, _) in enumerate(told) if _is_same_crisis(space, one, other)), None)
        before = past.count(like.get(one.rows, ()) if theme else (item for item in past.items if is_of(one, item)))
        if same is not None and theme:
            # The same crisis in other words.
            told[same] = (replace(told[same][0], rows=(*told[same][0].rows, *one.rows)), told[same][1])
            taken |= set(one.rows)
        elif same is None and is_crisis(people(items), before, chosen=theme):
            taken |= set(one.rows)
            told.append((replace(one, area=area_of(items)) if theme else one, limits(before)))
    return told


def _is_same_crisis(space: Space, one: Candidate, other: Candidate) -> bool:
    """Whether a candidate belongs to the same crisis as one already selected."""
    if one.alarm is Alarm.THEME:
        return clusters.is_same(space, Cluster(one.rows, one.centre), Cluster(other.rows, other.centre), goes_on=True)
    return charts.areas_agree(one, other)


def area_of(items: Iterable[Filed]) -> str | None:
    """The area of more than half of the items; None where there is no such area."""
    counted = Counter(item.area for item in items)
    area, number = max(counted.items(), key=lambda pair: (pair[1], pair[0] or ""), default=(None, 0))
    return area if number * 2 > counted.total() else None


def kind_of(items: Iterable[Filed]) -> Kind | None:
    """The kind of the items if all have the same; None for several kinds, and for questions."""
    kinds = {item.kind for item in items}
    return kinds.pop() if len(kinds) == 1 else None


def _cluster_of_alert(found: Assignment, known: Known, left: Collection[int]) -> Cluster:
    """The cluster of an alert: its items so far, and the rows `left` that are similar to them."""
    places = {item.id: row for row, item in enumerate(found.scene.items)}
    own = [places[item.id] for item in known.items]
    cluster = clusters.cluster_around(found.space, own[:ANCHORS], {*left, *own})
    found.members[known.alert.id] = tuple(dict.fromkeys((*cluster.rows, *own)))
    return Cluster(found.members[known.alert.id], cluster.centre)


def _add(found: Assignment, cluster: Cluster) -> None:
    """Add a cluster to the candidates, merged with one about the same if there is any."""
    for at, one in enumerate(found.candidates):
        if clusters.is_same(found.space, cluster, Cluster(one.rows, one.centre)):
            found.candidates[at] = Candidate(Alarm.THEME, (*one.rows, *cluster.rows), centre=one.centre)
            return
    found.candidates.append(Candidate(Alarm.THEME, cluster.rows, centre=cluster.centre))


def _alike(found: Assignment, past: Past, space: Space) -> dict[tuple[int, ...], list[Filed]]:
    """The past items similar to each candidate about a theme, by the candidate's rows."""
    start, themes = len(found.scene.items), [one for one in found.candidates if one.alarm is Alarm.THEME]
    if not (themes and past.items):
        return {}
    near = clusters.similar_rows(space, [one.centre for one in themes], range(start, start + len(past.items)))
    return {one.rows: [past.items[row - start] for row in rows] for one, rows in zip(themes, near, strict=True)}
