"""Welcomes a person; makes a chat a community's place."""

from sqlmodel import Session

from bot.context import Context
from bot.errors import UserError
from bot.invitation import invited
from bot.registry import ShortText
from bot.reply import Button, Buttons, Paragraph, Reply, say
from storage import communities


async def start(ctx: Context) -> Reply:
    """Begin here."""
    speech = ctx.speech
    words = speech.say(
        "This bot carries your voice to {team}, answers from what they wrote, and tells you what became of it. "
        "/help shows everything; /privacy what is kept.",
        team=ctx.own.team or speech.say("the team of {community}", community=ctx.community.name),
    )
    first = (
        Button(speech.say("Ask"), "ask"),
        Button(speech.say("Suggest"), "suggest"),
        Button(speech.say("Problem"), "problem"),
    )
    return Reply((Paragraph(words), Buttons(first)))


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
