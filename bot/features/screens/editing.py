"""Queues the edit of a sent message; where it cannot be edited, nothing is sent instead."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from sqlmodel import Session

from bot.clock import start_of_day
from bot.core import Core
from bot.delivery.envelope import account_mark, seal
from bot.ports.adapter import Address
from bot.ports.inbound import Actor
from bot.ports.reply import Reply
from bot.privacy import traces
from bot.privacy.traces import Shown
from storage.items.desk import decisions
from storage.models import Community, Feedback
from storage.privacy.blending import blend_beside
from storage.traffic import outbox
from storage.vocabulary import Status


def owe_edit(
    session: Session,
    core: Core,
    platform: str,
    to: Address,
    reply: Reply,
    item: Feedback | None,
    *,
    viewer: Actor | None = None,
    shown: Shown | None = None,
) -> None:
    """Add an edit to the outbox.

    Args:
        to: the address of the message.
        reply: its new content, with tokens.
        item: the item it shows; None for one that is gone.
        viewer: whose message it is, where that does not tell who wrote the item.
        shown: the words of others that it shows.
    """
    keys, now = core.store.keys, core.clock.now()
    nameless = item is None or item.nameless
    day = start_of_day(now, UTC)
    key, payload = f"screen:{uuid4().hex}", core.codec.dump(reply, sealed=True)
    sealed = seal(keys, platform, replace(to, key=key))
    holder = account_mark(keys, viewer) if viewer else None
    at = day if nameless else now
    row = outbox.owe(session, key, payload, at, sealed=sealed, holder=holder, nameless=nameless)
    if row and item and shown:
        traces.keep(session, row.id, item.community_id, shown)
    blend_beside(session, day)


def undoable_until(session: Session, core: Core, item: Feedback) -> datetime | None:
    """Until when the last decision on an item can be undone before anybody is told; None when there is none to undo."""
    community = session.get_one(Community, item.community_id)
    patience = timedelta(seconds=core.settings_of(community).undo)
    made = decisions.recent(session, item, core.clock.now() - patience)
    return made.at + patience if made and made.after != Status.WITHDRAWN else None
