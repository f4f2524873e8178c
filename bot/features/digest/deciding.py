"""Selects the items a digest offers to decide: the first of the queue, one a theme, and not the same every week."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlmodel import Session

from bot.features.digest.data import Wait, Window
from bot.features.digest.pending import Pending
from bot.language.text.normalise import question_key
from bot.themes.theme import Theme
from storage.items.desk import backlog
from storage.items.signals import themes
from storage.items.support import supports
from storage.models import Feedback
from storage.people import members
from storage.reports import digests

WAITING = 3
"""The largest number that is shown."""
CANDIDATES, CENTRAL = 24, 5
"""How many of the queue, and of each theme, are considered, so that others can be shown than last time."""


def waiting(
    session: Session, community_id: int, window: Window, pending: Pending, talked: Sequence[Theme]
) -> tuple[Wait, ...]:
    """The items to decide, in the queue's order; what the last digest showed comes last, unless it changed since.

    Args:
        pending: the items that wait for a decision.
        talked: the themes of the period; of several items of one theme, only the first is returned.
    """
    found = [*pending.items, *_talked_about(session, pending, talked)]
    # Half a period back, as digests are posted soon after their period: so a preview compares with the same digest.
    recently = window.since + (window.until - window.since) / 2
    shown = digests.shown_last(session, community_id, recently, [item.id for item, _ in found])
    alike = {own: theme for theme in talked for own in theme.items}
    same: dict[int, object] = {**themes.of_items(session, [item.id for item, _ in found])}
    same |= {own: theme.id or theme.items for own, theme in alike.items()}
    again = {same[own] for own in shown if own in same}

    def stale(item: Feedback) -> bool:
        told = item.id in shown or same.get(item.id) in again
        return told and item.changed_at < window.since and item.id not in alike

    found.sort(key=lambda row: stale(row[0]))
    first = list(_different([item for item, _ in found], same))
    return tuple(_waits(session, pending, first[:WAITING], dict(_supported(found)), alike))


def _talked_about(session: Session, pending: Pending, talked: Sequence[Theme]) -> list[tuple[Feedback, int]]:
    """Waiting items of the period's largest themes, with their support, in case older ones filled the candidates."""
    read = {item.id for item, _ in pending.items}
    largest = sorted(talked, key=lambda one: -one.voices)[:WAITING]
    central = [own for theme in largest for own in theme.items[:CENTRAL] if own not in read]
    return [(item, item.support) for item in backlog.still_waiting(session, central) if item.created_at < pending.at]


def _different(items: Sequence[Feedback], same: Mapping[int, object]) -> Iterator[Feedback]:
    """The items of which no earlier one has the same theme or the same words."""
    said = set[object]()
    for item in items:
        what = {same.get(item.id, ("item", item.id)), ("words", question_key(item.text))}
        if not what & said:
            yield item
        said |= what


def _supported(found: Collection[tuple[Feedback, int]]) -> Iterator[tuple[int, int]]:
    return ((item.id, support) for item, support in found)


def _waits(
    session: Session,
    pending: Pending,
    first: Sequence[Feedback],
    support: Mapping[int, int],
    alike: Mapping[int, Theme],
) -> Iterator[Wait]:
    """The entries of the digest for these items."""
    earlier = supports.earlier(session, first)
    names = members.names(session, {item.owner_id for item in first if item.owner_id})
    for item in first:
        yield Wait(
            item=item,
            support=support[item.id],
            days=(pending.at - item.created_at).days,
            earlier=earlier.get(item.id, 0),
            owner=item.team or names.get(item.owner_id or 0, ""),
            alike=len(alike[item.id].items) - 1 if item.id in alike else 0,
            person=None if item.team else item.owner_id,
        )
