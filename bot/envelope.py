"""Where an answer goes, sealed: in plain it would tie a person to what they filed without a name."""

import json
from dataclasses import asdict
from datetime import datetime

from sqlmodel import Session

from bot.events import Actor, Inbound
from bot.ports import Address
from bot.reply import Reply, Wire
from storage import outbox
from storage.keys import Keys


def account_mark(keys: Keys, actor: Actor) -> str:
    """The keyed mark of an account, for what is kept until it is answered or delivered."""
    return keys.holder("prompt", f"{actor.platform}:{actor.id}")


def owe_answer(session: Session, keys: Keys, wire: Wire, inbound: Inbound, reply: Reply, now: datetime) -> None:
    """Owe the answer to what somebody did, in the transaction that closes its event."""
    key = f"answer:{inbound.actor.platform}:{inbound.id}"
    sealed = seal(keys, inbound.actor.platform, _back_to(inbound, reply, key))
    outbox.owe_answer(session, key, wire.dump(reply), sealed, account_mark(keys, inbound.actor), now)


def seal(keys: Keys, platform: str, address: Address) -> bytes:
    """Seal a platform and an address on it."""
    return keys.seal(json.dumps([platform, asdict(address)]).encode())


def unseal(keys: Keys, sealed: bytes) -> tuple[str, Address]:
    """The platform and the address that were sealed.

    Raises:
        WrongKey: they were sealed under another key.
    """
    platform, address = json.loads(keys.unseal(sealed))
    return platform, Address(**address)


def _back_to(inbound: Inbound, reply: Reply, key: str) -> Address:
    """Where it was asked; what is private and was asked among others goes to the person alone."""
    if reply.private and not inbound.chat.private:
        return Address(inbound.actor.id, True, key, origin=inbound.chat.id, answers=inbound.message)
    return Address(inbound.chat.id, inbound.chat.private, key, answers=inbound.message)
