"""Sets aside updates that cannot be handled: they are kept and listed, and their authors are told."""

from collections.abc import Sequence
from datetime import datetime

import structlog
from sqlmodel import Session
from telegram import Update, User
from telegram.constants import ChatType

from adapters.telegram.places import PLATFORM
from bot.core import Core
from bot.delivery.envelope import account_mark, seal
from bot.ports.adapter import Address
from bot.ports.inbound import Actor
from bot.ports.reply import say
from storage.traffic import inbox, outbox

SEE = "portevoix inbox list"


async def set_aside(core: Core, updates: Sequence[Update], why: str) -> None:
    """Keep updates for the operator, and tell their author under which number the team finds them.

    Raises:
        StoreError: it cannot be stored.
    """
    numbers, now = [str(update.update_id) for update in updates], core.clock.now()
    structlog.get_logger().error("telegram", set_aside=numbers[0], why=why, see=SEE)

    def job(session: Session) -> None:
        inbox.park(session, PLATFORM, numbers, why)
        author = _author(updates[0])
        if author is not None:
            _tell(session, core, author, numbers[0], now)

    await core.store.write(job)
    core.debts.notify()


def _author(update: Update) -> User | None:
    """Who waits for an answer to an update: who wrote to the bot alone, pressed a button or typed a command."""
    if update.callback_query:
        return update.callback_query.from_user
    message = update.effective_message
    if message is None or message.sender_chat or message.from_user is None:
        return None
    meant = message.chat.type == ChatType.PRIVATE or (message.text or "").startswith("/")
    return message.from_user if meant else None


def _tell(session: Session, core: Core, author: User, number: str, now: datetime) -> None:
    speech = core.languages.speech(author.language_code, core.settings.language)
    words = speech.say(
        "Something went wrong on our side, so please look before sending again. "
        "The team can find it under {reference}.",
        reference=number,
    )
    address = Address(str(author.id), True, f"aside:{PLATFORM}:{number}")
    holder = account_mark(core.store.keys, Actor(PLATFORM, str(author.id), ""))
    sealed = seal(core.store.keys, PLATFORM, address)
    outbox.owe(session, address.key, core.codec.dump(say(words), sealed=True), now, sealed=sealed, holder=holder)
