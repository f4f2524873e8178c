"""The buttons of an alert, by which moderators take care of it or call it a false alarm."""

from sqlmodel import Session

from bot.commands.registry import Token
from bot.context import Context
from bot.errors import UserError
from bot.features.alerts.naming import name
from bot.features.alerts.telling import tell
from bot.ports.reply import Reply
from storage.items.signals import alerts
from storage.models import Alert


async def onit(ctx: Context, alert: Token) -> Reply:
    """Say that you take care of what an alert is about."""

    def job(session: Session) -> Reply:
        found = _hold(session, ctx, alert)
        if found.dismissed_at is None:
            alerts.take(session, found.id, ctx.person(session))
        return _shown(session, ctx, found)

    return await ctx.settle(job)


async def falsealarm(ctx: Context, alert: Token) -> Reply:
    """Say that an alert was none, so that nothing is said of it for a week."""

    def job(session: Session) -> Reply:
        found = _hold(session, ctx, alert)
        if found.over_at is None:
            alerts.dismiss(session, found.id, ctx.now)
        return _shown(session, ctx, found)

    return await ctx.settle(job)


def _hold(session: Session, ctx: Context, own: int) -> Alert:
    found = alerts.hold(session, own, ctx.community.id)
    if found is None:
        raise UserError(ctx.speech.say("This alert is not there any more."))
    return found


def _shown(session: Session, ctx: Context, found: Alert) -> Reply:
    """The message of an alert as it is now, which replaces the one whose button was pressed."""
    session.expire(found)
    return tell(session, ctx.core, ctx.community, found, name(session, ctx.core, ctx.community, found)).reply
