"""Posts items to the staff at once: severe problems, and new items of areas whose team wants that."""

from sqlmodel import Session

from bot.commands.buttons import with_tokens
from bot.feedback.desk import notices, routing
from bot.feedback.items import chosen_area
from bot.feedback.telling.occasions import AnyOccasion
from storage.items.feedback import AnyItem
from storage.traffic import outbox


def post_filed(session: Session, ctx: AnyOccasion, item: AnyItem) -> bool:
    """Queue a new item for its area's place, once, if its team wants items at once; returns whether it was queued.

    Nameless items are left to the digest: the moment of a message would help to guess who wrote it.
    """
    route = routing.of_area(session, ctx, chosen_area(item))
    if not route.at_once or item.nameless or not notices.is_teams(item):
        return False
    where = routing.place(session, ctx, route)
    return where is not None and _post(session, ctx, item, f"{notices.ROUTED}{item.id}:{where}", where, severe=False)


def post_severe(session: Session, ctx: AnyOccasion, item: AnyItem) -> bool:
    """Queue a severe item, once, for the place of its area's team, else the staff's; returns whether it was queued."""
    where = routing.place(session, ctx, routing.of_area(session, ctx, chosen_area(item)))
    if where is None or not notices.is_teams(item):
        return False
    return _post(session, ctx, item, f"{notices.SEVERE}{item.id}", where, severe=True)


def _post(session: Session, ctx: AnyOccasion, item: AnyItem, key: str, place_id: int, *, severe: bool) -> bool:
    drawn = notices.draw(session, ctx, item, severe=severe)
    reply = with_tokens(session, ctx.core.store.keys, drawn, None, ctx.now, ctx.community.id)
    if item.nameless:
        notices.keep_in_memory(ctx, item, key)
    when, payload = ctx.time_of(nameless=item.nameless), ctx.core.codec.dump(reply)
    row = outbox.owe(session, key, payload, when, place_id=place_id, feedback_id=item.id, nameless=item.nameless)
    return row is not None
