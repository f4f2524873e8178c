"""The commands that welcome a person, connect a chat to a community, and choose the community of private messages."""

from dataclasses import replace

from sqlmodel import Session

from bot.commands.registry import ShortText, Token
from bot.context import Context
from bot.dispatch.community.belonging import communities_of, community_question, no_community_text
from bot.dispatch.community.invitation import invited
from bot.dispatch.situation import pressed
from bot.errors import UserError
from bot.features.people.presets import offer
from bot.feedback.welcome import welcome
from bot.feedback.wording import may_choose
from bot.language.text.normalise import fold
from bot.locales.words import PlaceUse
from bot.ports.reply import Button, Buttons, Paragraph, Reply, say
from storage.items.desk import backlog
from storage.items.public import boards, cards
from storage.models import Community, Member
from storage.people import communities
from storage.people.situation import AnyCommunity
from storage.traffic import prompts

MOST_BROUGHT = 10
"""The largest number of earlier items shown in a new place for ideas."""


async def start(ctx: Context, community: ShortText | None = None) -> Reply:
    """Begin here."""
    theirs = await communities_of(ctx) if ctx.inbound.chat.private else ()
    chosen = next((one for one in theirs if one.key == community), None)
    if chosen is not None and len(theirs) > 1:
        return await _start_in(ctx, chosen)
    if ctx.here or theirs:
        return welcome(ctx)
    stranger = no_community_text(ctx.speech, ctx.inbound.chat, ctx.community)
    return Reply((*(block for block in welcome(ctx).blocks if isinstance(block, Paragraph)), Paragraph(stranger)))


async def _start_in(ctx: Context, chosen: AnyCommunity) -> Reply:
    """Welcome a person who came by a community's link, and send their private messages to that from now on."""
    told = ctx.speech.say("From now on, private messages go to {community}.", community=chosen.name)
    greeting = welcome(replace(ctx, community=chosen, here=True))

    def job(session: Session) -> Reply:
        communities.choose(session, ctx.person(session), chosen.id)
        return replace(greeting, blocks=(Paragraph(told), *greeting.blocks))

    return await ctx.settle(job)


async def setup(ctx: Context, code: ShortText, use: PlaceUse | None = None) -> Reply:
    """Make this place the community's, where its ideas live, or where its team reads digests."""
    chat = ctx.inbound.chat
    if chat.private:
        raise UserError(ctx.speech.say("This works in the group or channel that is meant, not here."))
    typed, ideas = _read(ctx, code, use)

    def job(session: Session) -> Reply:
        found = invited(session, ctx.core.store.keys, typed, ctx.now.date())
        if found is None or (found[1] and ideas) or not communities.use_code(session, *found):
            raise UserError(ctx.speech.say("This code does not fit, or was used already. `portevoix code` makes one."))
        community, staff = found
        if ideas:
            return _show_ideas(session, ctx, community)
        # Digests may go to a single topic, but a community's place is the whole group.
        place = chat.id if staff else chat.within or chat.id
        communities.join_place(session, community.id, chat.platform, place, staff)
        if staff:
            return say(ctx.speech.say("Done: the digests of {community} come here.", community=community.name))
        words = ctx.speech.say("Done: this place belongs to {community}.", community=community.name)
        asked = offer(ctx.speech) if community.preset is None and may_choose(ctx.core, community) else ()
        return Reply((Paragraph(words), *asked))

    return await ctx.settle(job)


def _read(ctx: Context, code: str, use: PlaceUse | None) -> tuple[str, bool]:
    """The code, and whether the place is for ideas, for which a word may be typed after the code."""
    typed, _, rest = code.strip().partition(" ")
    words = {fold(speech.word(PlaceUse.IDEAS)) for speech in ctx.core.understood(ctx.community).values()}
    if fold(rest.strip()) in words:
        return typed, True
    return code, use is PlaceUse.IDEAS


def _show_ideas(session: Session, ctx: Context, community: Community) -> Reply:
    """Make this the place for a community's ideas, and the group or server its own; offer to show earlier ideas."""
    chat, speech = ctx.inbound.chat, ctx.speech
    if not communities.is_set_up(session, chat.platform, chat.within or chat.id):
        communities.join_place(session, community.id, chat.platform, chat.within or chat.id, staff=False)
    place = boards.show_ideas(session, community.id, chat.platform, chat.forum or chat.id, ctx.now)
    words = speech.say("Done: the ideas of {community} are shown here from now on.", community=community.name)
    if not backlog.top(session, community.id, 1):
        return say(words)
    earlier = Button(speech.say("Show the ten most supported, too"), "bring", {"place": str(place.id)})
    return Reply((Paragraph(words), Buttons((earlier,))))


async def bring(ctx: Context, place: Token) -> Reply:
    """Show the most supported ideas from before where the ideas live."""

    def job(session: Session) -> Reply:
        if not boards.belongs(session, place, ctx.community.id):
            raise UserError(ctx.speech.say("The ideas are not shown there any more."))
        for item, _ in backlog.top(session, ctx.community.id, MOST_BROUGHT):
            cards.order(session, item.id, [place], ctx.now)
        return say(ctx.speech.say("Done: they are being posted, one after another."))

    return await ctx.settle(job)


async def community(ctx: Context, to: Token | None = None, draft: Token | None = None) -> Reply:
    """Choose which community private messages are for."""
    speech, theirs = ctx.speech, await communities_of(ctx)
    chosen = next((one for one in theirs if one.id == to), None)
    if chosen is None and len(theirs) > 1:
        return community_question(ctx, theirs, speech.say("Which community are private messages for?"))
    if not ctx.here:
        raise UserError(no_community_text(speech, ctx.inbound.chat, ctx.community))
    name = (chosen or ctx.community).name
    if chosen is None:
        return say(speech.say("Private messages go to {community}; there is no other to choose.", community=name))

    def job(session: Session) -> Reply:
        lost = (_explain_expiry(session, ctx),) if draft is not None and _has_expired(session, ctx) else ()
        communities.choose(session, ctx.person(session), chosen.id)
        return say(speech.say("From now on, private messages go to {community}.", community=name), *lost)

    return await ctx.settle(job)


def _has_expired(session: Session, ctx: Context) -> bool:
    """Whether the pressed button is older than `prompts.PATIENCE`, so that its draft has been deleted."""
    button = pressed(session, ctx.inbound, ctx.core)
    return button is not None and button.created_at < ctx.now - prompts.PATIENCE


def _explain_expiry(session: Session, ctx: Context) -> str:
    """The sentence that a draft has expired; less definite if it may have been sent by an earlier choice."""
    member = ctx.member and session.get(Member, ctx.member.id)
    if member and member.community_id is not None:
        return ctx.speech.say(
            "Words wait for a choice for one day. What had no answer was not kept: please send it again."
        )
    return ctx.speech.say("What was written for this choice waited for one day and was not kept: please send it again.")
