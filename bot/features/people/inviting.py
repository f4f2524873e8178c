"""The commands that invite people who are in no place of the community, and that accept an invitation."""

from sqlmodel import Session

from bot.commands.registry import ShortText
from bot.context import Context
from bot.dispatch.community.joining import JOIN, invitation, inviting, last_day
from bot.errors import UserError
from bot.ports.reply import Paragraph, Reply, say
from storage.models import Community
from storage.people import communities


async def invite(ctx: Context) -> Reply:
    """Invite people who are in no place of the community."""
    keys, speech, today = ctx.core.store.keys, ctx.speech, ctx.now.date()
    code = await ctx.read(lambda session: invitation(keys, _own(session, ctx), today))
    command = ctx.core.registry.command(JOIN)
    words = speech.say(
        "Whoever writes this to the bot alone takes part in {community}, until the end of {day} (UTC):",
        community=ctx.community.name,
        day=speech.day(last_day(today)),
    )
    typed = f"/{command.name_in(ctx.community.language)} {code}"
    link = ctx.inbound.means.link
    return Reply((Paragraph(words), Paragraph(typed), *((Paragraph(f"{link}{JOIN}_{code}"),) if link else ())))


async def join(ctx: Context, code: ShortText) -> Reply:
    """Take part in a community by an invitation."""

    def job(session: Session) -> Reply:
        found = inviting(session, ctx.core.store.keys, code, ctx.now.date())
        if found is None:
            raise UserError(
                ctx.speech.say("This invitation does not fit, or is over. A moderator makes a new one with /invite.")
            )
        communities.join(session, ctx.person(session), found.id, invited=True)
        welcome = ctx.speech.say("Welcome to {community}. /help shows what can be done here.", community=found.name)
        return say(welcome)

    return await ctx.settle(job)


def _own(session: Session, ctx: Context) -> Community:
    return next(one for one in communities.every(session) if one.id == ctx.community.id)
