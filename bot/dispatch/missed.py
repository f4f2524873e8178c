"""Shows a person news that could not be delivered, the next time they write to the bot in private."""

from dataclasses import replace

from sqlmodel import Session

from bot.core import Core
from bot.locales.speech import Speech
from bot.ports.inbound import Inbound
from bot.ports.reply import Ask, Paragraph, Reply
from storage.people.situation import AnyMember
from storage.traffic import deliveries, outbox


async def add_missed_news(core: Core, inbound: Inbound, reply: Reply, member: AnyMember, speech: Speech) -> Reply:
    """Add undelivered news to a private reply; on a durable platform they are queued again instead.

    Raises:
        StoreError: the outbox cannot be read or written.
    """
    if inbound.means.durable:
        if inbound.chat.private:
            await core.store.write(lambda session: _send_again(session, core, member))
            core.debts.notify()
        return reply
    if not reply.private or any(isinstance(block, Ask) for block in reply.blocks):
        return reply
    news = await core.store.write(lambda session: _mark_delivered(session, core, member))
    blocks = [block for one in news for block in one.blocks]
    words = Paragraph(speech.say("This could not be sent when it happened:"))
    return replace(reply, blocks=(*reply.blocks, words, *blocks)) if blocks else reply


def _send_again(session: Session, core: Core, member: AnyMember) -> None:
    now = core.clock.now()
    outbox.resend(session, outbox.missed(session, member.id, now), now)


def _mark_delivered(session: Session, core: Core, member: AnyMember) -> list[Reply]:
    now = core.clock.now()
    rows = outbox.missed(session, member.id, now)
    news = [core.codec.load(row.payload or {}) for row in rows]
    for row in rows:
        deliveries.mark_sent(session, row.id, now)
    return news
