"""Posts items to the staff at once: severe problems, and new items of areas whose team wants that."""

from sqlmodel import Session

from bot.commands.buttons import with_tokens
from bot.feedback.desk import notices, routing
from bot.feedback.items import chosen_area
from bot.feedback.telling.occasions import AnyOccasion
from bot.ports.reply import Reply
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


def post_message(session: Session, ctx: AnyOccasion, item: AnyItem, key: str, drawn: Reply, place_id: int) -> bool:
    """Queue a message about an item for a place of the team; returns whether it is new.

    Args:
        key: the unique key of the delivery.
        drawn: the message, without tokens.
        place_id: the place.
    """
    reply = with_tokens(session, ctx.core.store.keys, drawn, None, ctx.now, ctx.community.id)
    when, payload = ctx.time_of(nameless=item.nameless), ctx.core.codec.dump(reply)
    row = outbox.owe(session, key, payload, when, place_id=place_id, feedback_id=item.id, nameless=item.nameless)
    return row is not None


def _post(session: Session, ctx: AnyOccasion, item: AnyItem, key: str, place_id: int, *, severe: bool) -> bool:
    drawn = notices.draw(session, ctx, item, severe=severe)
    if item.nameless:
        notices.keep_in_memory(ctx, item, key)
    return post_message(session, ctx, item, key, drawn, place_id)
