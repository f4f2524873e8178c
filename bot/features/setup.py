"""Welcomes a person; makes a chat a community's place."""

from sqlmodel import Session

from bot.belonging import nowhere, which
from bot.context import Context
from bot.errors import UserError
from bot.invitation import invited
from bot.registry import ShortText, Token
from bot.reply import Reply, say
from bot.welcome import welcome
from storage import communities


async def start(ctx: Context) -> Reply:
    """Begin here."""
    return welcome(ctx)


async def setup(ctx: Context, code: ShortText) -> Reply:
    """Make this place the community's, or where its team reads digests."""
    chat = ctx.inbound.chat
    if chat.private:
        raise UserError(ctx.speech.say("This works in the group or channel that is meant, not here."))

    def job(session: Session) -> Reply:
        found = invited(session, ctx.core.store.keys, code, ctx.now.date())
        if found is None or not communities.use_code(session, *found):
            raise UserError(ctx.speech.say("This code does not fit, or was used already. `portevoix code` makes one."))
        community, staff = found
        # Digests may go to one topic; a community's place is the whole group.
        place = chat.id if staff else chat.within or chat.id
        communities.join_place(session, community.id, chat.platform, place, staff)
        if staff:
            return say(ctx.speech.say("Done: the digests of {community} come here.", community=community.name))
        return say(ctx.speech.say("Done: this place belongs to {community}.", community=community.name))

    return await ctx.settle(job)


async def community(ctx: Context, to: Token | None = None) -> Reply:
    """Choose which community private messages are for."""
    speech, member = ctx.speech, ctx.member
    theirs = await ctx.read(lambda session: communities.of_member(session, member.id)) if member else []
    chosen = next((one for one in theirs if one.id == to), None)
    if chosen is None and len(theirs) > 1:
        return which(ctx, theirs, speech.say("Which community are private messages for?"))
    if not ctx.here:
        raise UserError(nowhere(speech, ctx.inbound.chat, ctx.community))
    name = (chosen or ctx.community).name
    if chosen is None:
        return say(speech.say("Private messages go to {community}; there is no other to choose.", community=name))

    def job(session: Session) -> Reply:
        communities.choose(session, ctx.person(session), chosen.id)
        return say(speech.say("From now on, private messages go to {community}.", community=name))

    return await ctx.settle(job)
