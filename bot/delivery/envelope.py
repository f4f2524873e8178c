"""Where an answer goes, sealed: in plain it would tie a person to what they filed without a name."""

import json
from dataclasses import asdict
from datetime import datetime

from sqlmodel import Session

from bot.debts import Fresh
from bot.ports.adapter import Address, Detour
from bot.ports.inbound import Actor, Inbound
from bot.ports.reply import Reply, Wire
from storage import outbox
from storage.engine.keys import Keys

RECEIPT = "receipt"
"""The command that shows what was filed once more."""


def account_mark(keys: Keys, actor: Actor) -> str:
    """The keyed mark of an account, for what is kept until it is answered or delivered."""
    return keys.holder("prompt", f"{actor.platform}:{actor.id}")


def owe_answer(
    session: Session, keys: Keys, wire: Wire, inbound: Inbound, reply: Reply, to: Address, now: datetime
) -> Fresh:
    """Owe the answer to what somebody did, in the transaction that closes its event.

    Returns:
        The answer, to be handed to the courier once the transaction is committed.
    """
    platform = inbound.actor.platform
    sealed = seal(keys, platform, to)
    row_id = outbox.owe_answer(session, to.key, wire.dump(reply), sealed, account_mark(keys, inbound.actor), now)
    return Fresh(row_id, to.key, platform, to, reply, now)


def back_to(inbound: Inbound, reply: Reply, language: str, command: str) -> Address:
    """Where an answer goes: where it was asked, or to the person alone when it is private and that place is not.

    Args:
        language: the person's.
        command: what gives the answer again, should the bot not be allowed to write to the person first.
    """
    key = f"answer:{inbound.actor.platform}:{inbound.id}"
    if goes_alone(inbound, reply):
        own = inbound.chat.own or inbound.actor.id
        received = reply.again is not None and reply.again.command == RECEIPT
        changed = reply.again is not None and not received
        detour = Detour(inbound.chat.id, language, command, received, changed)
        return Address(own, True, key, detour, inbound.message)
    replaces = inbound.pressed if reply.instead else ""
    return Address(inbound.chat.id, inbound.chat.private, key, answers=inbound.message, replaces=replaces)


def goes_alone(inbound: Inbound, reply: Reply) -> bool:
    """Whether an answer leaves the place where it was asked, for the person alone."""
    return reply.private and not inbound.chat.private


def seal(keys: Keys, platform: str, address: Address) -> bytes:
    """Seal a platform and an address on it."""
    return keys.seal(json.dumps([platform, asdict(address)]).encode())


def unseal(keys: Keys, sealed: bytes) -> tuple[str, Address]:
    """The platform and the address that were sealed.

    Raises:
        WrongKey: they were sealed under another key.
    """
    platform, address = json.loads(keys.unseal(sealed))
    detour = address.pop("detour")
    return platform, Address(**address, detour=Detour(**detour) if detour else None)
