"""Who counts at an item, worked out anew from the rows alone, without the queries under test."""

from sqlmodel import Session, select

from storage.models import Feedback, Support
from storage.vocabulary import Status


def wrong_counts(session: Session) -> dict[int, tuple[int, int]]:
    """By item id, the support that is stored and the one that the rows give, where these differ."""
    items = {one.id: one for one in session.exec(select(Feedback).execution_options(populate_existing=True))}
    rows = list(session.exec(select(Support)))
    counted = {own: _count(one, items, rows) for own, one in items.items()}
    return {own: (one.support, counted[own]) for own, one in items.items() if one.support != counted[own]}


def _count(item: Feedback, items: dict[int, Feedback], rows: list[Support]) -> int:
    group = [item, *(one for one in items.values() if one.joined_to == item.id)]
    own = {one.id for one in group}
    others: set[object] = {row.member_id or f"row {row.id}" for row in rows if row.feedback_id in own - {item.id}}
    for one in group[1:]:
        if one.status is not Status.WITHDRAWN:
            others.add(f"item {one.id}" if one.nameless else one.author_id)
    here: set[object] = {row.member_id or f"row {row.id}" for row in rows if row.feedback_id == item.id}
    return len(here | (others - {None, item.author_id})) + sum(one.base_support for one in group)


def broken_links(session: Session) -> list[Feedback]:
    """Items that are joined to what is joined itself, or joined without the status, or with it without being joined."""
    items = {one.id: one for one in session.exec(select(Feedback).execution_options(populate_existing=True))}

    def broken(one: Feedback) -> bool:
        if one.joined_to is None:
            return one.status is Status.JOINED
        hops = items[one.joined_to].joined_to is not None
        return hops or one.status not in (Status.JOINED, Status.WITHDRAWN)

    return [one for one in items.values() if broken(one)]
