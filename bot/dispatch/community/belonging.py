"""Finds the community of a private message: the person's only one, or the one they chose."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from bot.commands.arguments import split
from bot.commands.buttons import Pressed
from bot.context import Context
from bot.core import Core
from bot.delivery.envelope import account_mark
from bot.locales.speech import Speech
from bot.ports.inbound import ALL_PLACES, Actor, Chat, Inbound, Role
from bot.ports.reply import Block, Button, Buttons, Paragraph, Reply
from storage.models import Feedback, Place, Prompt, Question
from storage.people import communities, situation
from storage.people.situation import AnyCommunity, AnyMember, AnyPrompt, Part
from storage.traffic import prompts
from storage.values import frozen

CHOOSE = "community"
"""The command that chooses the community, called by the buttons of the question."""
MESSAGE = "message"
"""The argument of a draft that holds the message's id, by which edits of the message are recognised."""


@frozen
class Belonging:
    """The community of a private message.

    Attributes:
        community: the community; None when it is not known.
        theirs: the communities the person takes part in.
        joins: whether it is new that they take part in this one.
        role: their role in it; None to keep the role the platform gave.
        kept: the draft that was stored until the choice just made.
    """

    community: AnyCommunity | None = None
    theirs: Sequence[AnyCommunity] = ()
    joins: bool = False
    role: Role | None = None
    kept: Prompt | None = None


def find_belonging(
    session: Session,
    core: Core,
    inbound: Inbound,
    member: AnyMember | None,
    parts: Sequence[Part],
    button: Pressed | None = None,
    told: int | None = None,
) -> Belonging:
    """Find the community: the choice just made, else `told`, else the person's default or only community.

    It is one the person takes part in, whatever else they chose or a button says.

    Args:
        parts: all communities with the part the person takes in them, from `storage.people.situation.parts`.
        told: the id of the community of what the message answers, from `community_answered`.
    """
    taken = {part.community.id for part in parts if part.invited is not None}
    every = [part.community for part in parts]
    places = communities.places(session, inbound.actor.platform) if inbound.actor.roles else ()
    roles = {one.id: _role(inbound.actor, places, one) for one in every}
    theirs = [one for one in every if one.id in taken or _is_let_in(core, inbound, one, roles[one.id])]
    chosen, kept = _chosen(session, core, inbound, button)
    wanted = next((each for each in (chosen, told, _default_community(member, theirs)) if each is not None), 0)
    found = next((one for one in theirs if one.id == wanted), None)
    role = roles[found.id] if found else inbound.actor.roles.get(ALL_PLACES, Role.MEMBER)
    role = inbound.actor.role if len(every) == 1 else role
    return Belonging(found, theirs, found is not None and found.id not in taken, role, kept)


def community_answered(
    inbound: Inbound, button: Pressed | None, prompt: AnyPrompt | None, made: Question | Feedback | None
) -> int | None:
    """The id of the community of what a message answers: a button, an edited message or a prompt; None for nothing.

    Args:
        made: for an edit, what was stored from the original message.
    """
    if button is not None:
        return button.community_id
    if inbound.edited:
        return made.community_id if made else None
    own = inbound.answers is None and bool(inbound.command or split(inbound.text))
    return prompt.community_id if prompt is not None and not own else None


async def communities_of(ctx: Context) -> Sequence[AnyCommunity]:
    """The communities the person takes part in."""

    def job(session: Session) -> Sequence[AnyCommunity]:
        parts = situation.parts(session, ctx.member.id if ctx.member else None)
        return find_belonging(session, ctx.core, ctx.inbound, ctx.member, parts).theirs

    return await ctx.read(job)


async def ask_which(ctx: Context, theirs: Sequence[AnyCommunity], command: str) -> Reply:
    """Ask which community a message is for, and store the call as a draft until then. Files are not stored.

    Args:
        theirs: the communities to choose from.
        command: the name of the command to run, with `ctx.given`, once chosen.
    """
    inbound, files = ctx.inbound, bool(ctx.inbound.attachments)

    def job(session: Session) -> Reply:
        args = {**ctx.given, MESSAGE: inbound.message or inbound.id}
        kept = {} if files else {"draft": str(_keep_draft(session, ctx, command, args).id)}
        again = (ctx.speech.say("Then send the file again: it was not kept."),) if files else ()
        return community_question(ctx, theirs, ctx.speech.say("Which community is this for?"), *again, **kept)

    return await ctx.settle(job)


def community_question(ctx: Context, theirs: Sequence[AnyCommunity], *words: str, **kept: str) -> Reply:
    """The question which community, with a button for each.

    Args:
        theirs: the communities.
        words: paragraphs above the buttons.
        kept: further arguments of the buttons.
    """
    later = ctx.speech.say(
        "What is written here later goes there too; /{command} changes that.", command=_choice_command(ctx)
    )
    buttons = tuple(Button(one.name, CHOOSE, {"to": str(one.id), **kept}) for one in theirs)
    return Reply((*(Paragraph(line) for line in (*words, later)), Buttons(buttons)))


def no_community_text(speech: Speech, chat: Chat, community: AnyCommunity | None) -> str:
    """The text for a chat that belongs to no community, with how to change that."""
    if chat.private:
        return speech.say(
            "To take part, write to the bot once in a group of the community, such as /help, or ask there for an "
            "invitation; then it works here too."
        )
    if community is not None and community.closed:
        return speech.say(
            "This bot belongs to a closed community; a moderator brings this place in with /setup CODE, a code from "
            "whoever runs the bot."
        )
    return speech.say(
        "This place does not belong to a community yet; a moderator brings it in with /setup CODE, a code from "
        "whoever runs the bot."
    )


async def place_hints(ctx: Context) -> tuple[Block, ...]:
    """Hints about the chat's community: for moderators how to set the place up; where private messages go."""
    if ctx.inbound.chat.private:
        return _private_notes(ctx, await communities_of(ctx))
    if not ctx.here:
        return (Paragraph(no_community_text(ctx.speech, ctx.inbound.chat, ctx.community)),)
    return () if await _is_set_up(ctx) else (Paragraph(_setup_hint(ctx)),)


def _private_notes(ctx: Context, theirs: Sequence[AnyCommunity]) -> tuple[Block, ...]:
    """Where private messages go; with the choice, if it was not made."""
    speech = ctx.speech
    if not ctx.here and theirs:
        return community_question(ctx, theirs, speech.say("Which community are private messages for?")).blocks
    if not ctx.here:
        return (Paragraph(no_community_text(speech, ctx.inbound.chat, ctx.community)),)
    words = speech.say(
        "Private messages go to {community}; /{command} changes that.",
        community=ctx.community.name,
        command=_choice_command(ctx),
    )
    return (Paragraph(words),) if len(theirs) > 1 else ()


async def _is_set_up(ctx: Context) -> bool:
    """Whether the place was set up; also True for those who may not set it up."""
    chat = ctx.inbound.chat
    if ctx.inbound.actor.role < Role.MODERATOR:
        return True
    return await ctx.read(lambda session: communities.is_set_up(session, chat.platform, chat.id, chat.within))


def _setup_hint(ctx: Context) -> str:
    return ctx.speech.say(
        "This place is not set up yet: type /setup CODE here, with the code that whoever runs the bot gets from "
        "`portevoix code`."
    )


def _choice_command(ctx: Context) -> str:
    """The name of the choosing command in the person's language."""
    command = ctx.core.registry.find(CHOOSE)
    return command.name_in(ctx.speech.language) if command else CHOOSE


def _chosen(session: Session, core: Core, inbound: Inbound, button: Pressed | None) -> tuple[int | None, Prompt | None]:
    """The id of the community just chosen by a button, and the draft that waited for the choice."""
    if button is None or button.command != CHOOSE or not button.args.get("to"):
        return None, None
    holder = account_mark(core.store.keys, inbound.actor)
    kept = prompts.find(session, button.args.get("draft", ""), holder, core.clock.now())
    return int(button.args["to"]), kept


def _default_community(member: AnyMember | None, theirs: Sequence[AnyCommunity]) -> int | None:
    """The id of the community a person chose for private messages, else of their only one, else None."""
    ids = [one.id for one in theirs]
    if member is not None and member.community_id in ids:
        return member.community_id
    return ids[0] if len(ids) == 1 else None


def _keep_draft(session: Session, ctx: Context, command: str, args: Mapping[str, str]) -> Prompt:
    return prompts.draft(session, ctx.holder, ctx.chat_mark, command, args, ctx.now)


def _is_let_in(core: Core, inbound: Inbound, community: AnyCommunity, role: Role) -> bool:
    """Whether a person takes part whom no place has seen: in an open community, as its moderator or its contact."""
    own, account = core.settings_of(community), f"{inbound.actor.platform}:{inbound.actor.id}"
    return own.open or role > Role.MEMBER or account in own.trusted_contacts


def _role(actor: Actor, places: Sequence[Place], community: AnyCommunity) -> Role:
    """The role in a community, from its own places only: moderating one community gives no role in another."""
    here = [place.external_id for place in places if place.community_id == community.id]
    return max((actor.roles[place] for place in (ALL_PLACES, *here) if place in actor.roles), default=Role.MEMBER)
