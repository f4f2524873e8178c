"""Finds the address of a row of the outbox; the only module that unseals the authors of nameless items."""

import json
from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session

from bot.delivery.envelope import unseal
from bot.ports.adapter import Address
from storage.engine.errors import WrongKey
from storage.engine.keys import Keys
from storage.engine.loading import by_id
from storage.items import addresses
from storage.items.feedback import AnyItem
from storage.models import Feedback, Outbox, Place
from storage.people import members


def seal_address(session: Session, keys: Keys, item: AnyItem, platform: str, account: str) -> None:
    """Store the account of a nameless item's author, sealed, for news about the item."""
    addresses.keep(session, item.id, keys.seal(json.dumps([platform, account]).encode()))


def drop_address(session: Session, item: Feedback) -> None:
    """Delete the sealed account of an item whose author now shows their name."""
    addresses.drop(session, item.id)


def destination(session: Session, keys: Keys, row: Outbox, platforms: Sequence[str]) -> tuple[str, Address] | str:
    """Find where a row goes: a place, an account, or a sealed address.

    Args:
        platforms: the running platforms; a person's account on one of these is preferred.

    Returns:
        The platform and the address, or the reason why there is none.
    """
    key = row.dedupe_key
    try:
        if row.sealed is not None:
            platform, address = unseal(keys, row.sealed)
            return platform, replace(address, key=key)
        if row.place_id is not None:
            place = by_id(session, Place, row.place_id)
            return (place.platform, Address(place.external_id, False, key)) if place else "no place"
        if row.recipient_id is not None:
            running = members.address(session, row.recipient_id, list(platforms))
            identity = running or members.address(session, row.recipient_id)
            return (identity.platform, Address(identity.external_id, True, key)) if identity else "no address"
        sealed = addresses.find(session, row.feedback_id) if row.feedback_id is not None else None
        if sealed is None:
            return "no address"
        platform, account = json.loads(keys.unseal(sealed))
        return platform, Address(account, True, key)
    except WrongKey as error:
        # Only this row is lost: its address was sealed with a key that is not available any more.
        return str(error)
    except (TypeError, ValueError) as error:
        # Sealed by another version: one unreadable row must not stop the others.
        return f"the address cannot be read ({type(error).__name__})"
