"""The addresses of answers, sealed: in plain text they would link people to items filed without a name."""

import json
from dataclasses import asdict, replace
from datetime import datetime

from sqlmodel import Session

from bot.debts import FreshAnswer
from bot.ports.adapter import Address, Detour
from bot.ports.codec import ReplyCodec
from bot.ports.inbound import Actor, Chat, Inbound
from bot.ports.reply import Reply
from storage.engine.keys import Keys
from storage.traffic import outbox

FORMER = {"replaces": "edits"}
"""The present names of an address's attributes, by the names that earlier versions stored."""
RECEIPT = "receipt"
"""The command that shows an item's receipt again."""


def account_mark(keys: Keys, actor: Actor) -> str:
    """The keyed hash of an account, for prompts and deliveries, which are not linked to a member."""
    return keys.holder("prompt", f"{actor.platform}:{actor.id}")


def message_mark(keys: Keys, inbound: Inbound) -> str:
    """The keyed hash of a message, the same for all its edits."""
    return keys.fingerprint(f"{inbound.actor.platform}:{inbound.message or inbound.id}")


def prompt_chat(keys: Keys, chat: Chat) -> str:
    """The keyed hash of the chat where a prompt was asked."""
    return keys.holder("chat", f"{chat.platform}:{chat.id}")


def owe_answer(
    session: Session, keys: Keys, codec: ReplyCodec, inbound: Inbound, reply: Reply, to: Address, now: datetime
) -> FreshAnswer:
    """Add an answer to the outbox, in the transaction that closes its event.

    Args:
        to: where it goes.

    Returns:
        The answer, to pass to the courier once the transaction is committed.
    """
    platform = inbound.actor.platform
    sealed = seal(keys, platform, to)
    row_id = outbox.owe_answer(
        session, to.key, codec.dump(reply, sealed=True), sealed, account_mark(keys, inbound.actor), now
    )
    return FreshAnswer(row_id, to.key, platform, to, reply, now)


def seal_words(session: Session, codec: ReplyCodec, feedback_id: int) -> None:
    """Seal the undelivered messages for an item's author, who has taken their name off it."""
    for row in outbox.worded(session, feedback_ids=[feedback_id]):
        if row.place_id is None and row.recipient_id is None:
            row.payload = codec.dump(codec.load(row.payload or {}), sealed=True)
            session.add(row)


def answer_address(inbound: Inbound, reply: Reply, language: str, command: str) -> Address:
    """The address of an answer: the chat of the event, or the person's private chat for a private answer.

    Args:
        language: the person's language code.
        command: what shows the answer again if it cannot be sent: a command's name or a button's token.
    """
    key = answer_key(inbound.actor.platform, inbound.id)
    if leaves_chat(inbound, reply):
        own = inbound.chat.own or inbound.actor.id
        received = reply.again is not None and reply.again.command == RECEIPT
        changed = reply.again is not None and not received
        detour = Detour(inbound.chat.id, language, command, received, changed)
        return Address(own, True, key, detour, inbound.message, name=inbound.actor.name)
    edits = inbound.pressed if reply.edits else ""
    to = Address(inbound.chat.id, inbound.chat.private, key, answers=inbound.message, edits=edits)
    if inbound.chat.private:
        return to
    return replace(to, person=inbound.chat.own, name=inbound.actor.name, language=language)


def answer_key(platform: str, event: str) -> str:
    """The delivery key of the answer to an event."""
    return f"answer:{platform}:{event}"


def leaves_chat(inbound: Inbound, reply: Reply) -> bool:
    """Whether an answer goes to the person's private chat instead of the public one of the event."""
    return reply.private and not inbound.chat.private


def seal(keys: Keys, platform: str, address: Address) -> bytes:
    """Encrypt a platform and an address on it."""
    return keys.seal(json.dumps([platform, asdict(address)]).encode())


def unseal(keys: Keys, sealed: bytes) -> tuple[str, Address]:
    """Decrypt what `seal` returned.

    Raises:
        WrongKey: it was sealed under another key.
    """
    platform, address = json.loads(keys.unseal(sealed))
    detour, given = address.pop("detour"), {FORMER.get(name, name): value for name, value in address.items()}
    return platform, Address(**given, detour=Detour(**detour) if detour else None)
