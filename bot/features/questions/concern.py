"""Sends where people help to the private chat of somebody who speaks of danger in a public place.

The bot was not spoken to: nothing is said in the place, nothing is kept of the words, and nobody else is told.
"""

from sqlmodel import Session

from bot.context import Context
from bot.delivery.envelope import seal
from bot.feedback.help import help_now
from bot.ports.adapter import Address
from storage.traffic import outbox, rates

COUNTED = "overheard"
"""The name under which it is counted who was written to, sealed as other times are: it does not say why."""
DAY = 24 * 3600.0


async def reach_out(ctx: Context) -> None:
    """Send where people help to the person's private chat, once within a day; nothing to who never used the bot.

    A private chat that was never opened is not told of in the place, as other private answers are: it would say there
    that the person is in danger.
    """
    actor, own = ctx.inbound.actor, ctx.inbound.chat.own
    if ctx.member is None or not own:
        return
    keys, core = ctx.core.store.keys, ctx.core
    key = f"{COUNTED}:{ctx.event}"
    payload = core.codec.dump(help_now(ctx, ctx.speech.say("Nobody else was told.")), sealed=True)
    address = seal(keys, actor.platform, Address(own, True, key))

    def job(session: Session) -> None:
        if rates.count(session, keys, ctx.holder, COUNTED, 1, DAY, ctx.now):
            return
        outbox.owe(session, key, payload, ctx.now, sealed=address, holder=ctx.holder)

    await core.store.write(job)
    core.debts.notify()
