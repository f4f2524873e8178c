"""Stores the vectors of a community's open items, and drops those of items that are open no longer."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from sqlmodel import Session

from bot.similar.shelf import Shelf
from storage.engine.store import Store
from storage.items import vectors
from storage.items.vectors import OpenItem
from storage.privacy.blending import blend


async def save(store: Store, shelf: Shelf, items: Sequence[OpenItem], gone: Sequence[int], since: datetime) -> None:
    """Store the vectors of indexed items that are not stored; those of nameless items in a transaction of their own.

    Args:
        items: the open items, with what is stored of them.
        gone: the ids of items that are open no longer.
        since: from when on nameless items are among which a new vector does not tell whose it is.

    Raises:
        StoreError: the store cannot be written.
    """
    if gone:
        await store.write(lambda session: vectors.drop(session, gone))
    if shelf.encoder is None:
        return
    encoder = shelf.encoder.id
    stale = [item for item in items if (item.encoder, item.digest) != (encoder, shelf.digests.get(item.id))]
    for nameless in (False, True):
        ids = [item.id for item in stale if item.nameless is nameless and item.id in shelf.digests]
        if ids:
            found = await asyncio.to_thread(shelf.dump, ids)
            job = partial(_keep, encoder=encoder, found=found, nameless_since=since if nameless else None)
            await store.write(job)


def _keep(
    session: Session, encoder: str, found: Mapping[int, tuple[str, bytes]], nameless_since: datetime | None
) -> None:
    """Store vectors; of nameless items, so that on PostgreSQL nothing tells when the words came that one is of."""
    vectors.keep(session, encoder, found)
    if nameless_since:
        session.flush()
        blend(session, nameless_since)
