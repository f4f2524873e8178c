"""Sends somebody who speaks of danger in a public place, in private, where to find help.

As the bot was not addressed, nothing is said in the place, the words are not stored, and nobody else is told.
"""

from sqlmodel import Session

from bot.context import Context
from bot.delivery.envelope import seal
from bot.feedback.help import help_now
from bot.ports.adapter import Address
from storage.traffic import outbox, rates

COUNTED = "overheard"
"""The name under which such messages are counted, with sealed times; it does not say why they were sent."""
DAY = 24 * 3600.0


async def send_help(ctx: Context) -> None:
    """Send the person where to find help, at most once within a day, and only if they have used the bot.

    If they never opened a private chat with it, nothing is said in the place instead, unlike for other private answers:
    others would learn that the person may be in danger.
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
