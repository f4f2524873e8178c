"""Stores the vectors of a community's open items, and deletes those of items that are no longer open."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from sqlmodel import Session

from bot.similar.community_index import CommunityIndex
from storage.engine.store import Store
from storage.items import vectors
from storage.items.vectors import OpenItem
from storage.privacy.blending import blend


async def save(
    store: Store, index: CommunityIndex, items: Sequence[OpenItem], gone: Sequence[int], since: datetime
) -> None:
    """Store the vectors of indexed items that are not stored yet; those of nameless items in a separate transaction.

    Args:
        items: the open items, each with the digest of its stored vector.
        gone: the ids of items that are no longer open.
        since: vectors of nameless items stored from then on are rewritten, so that their order tells nothing.

    Raises:
        StoreError: the store cannot be written.
    """
    if gone:
        await store.write(lambda session: vectors.drop(session, gone))
    if index.encoder is None:
        return
    encoder = index.encoder.id
    stale = [item for item in items if (item.encoder, item.digest) != (encoder, index.digests.get(item.id))]
    for nameless in (False, True):
        ids = [item.id for item in stale if item.nameless is nameless and item.id in index.digests]
        if ids:
            found = await asyncio.to_thread(index.dump, ids)
            job = partial(_keep, encoder=encoder, found=found, nameless_since=since if nameless else None)
            await store.write(job)


def _keep(
    session: Session, encoder: str, found: Mapping[int, tuple[str, bytes]], nameless_since: datetime | None
) -> None:
    """Store vectors; those of nameless items so that on PostgreSQL no row tells when its item was written."""
    vectors.keep(session, encoder, found)
    if nameless_since:
        session.flush()
        blend(session, nameless_since)
