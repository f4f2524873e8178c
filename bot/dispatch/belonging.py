"""Whose a private message is, where no place tells: the person's only community, or else the one they chose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from bot.commands.arguments import split
from bot.commands.buttons import Pressed
from bot.context import Context
from bot.core import Core
from bot.delivery.envelope import account_mark
from bot.locales.speech import Speech
from bot.ports.inbound import EVERYWHERE, Chat, Inbound, Role
from bot.ports.reply import Block, Button, Buttons, Paragraph, Reply
from storage import communities, prompts
from storage.models import Community, Feedback, Prompt, Question
from storage.situation import AnyCommunity, AnyMember, AnyPrompt

CHOOSE = "community"
"""The command that chooses, and that the buttons of the question call."""
MESSAGE = "message"
"""Where a kept message's id is among its arguments: new words for it are found by that."""


@dataclass(frozen=True, slots=True)
class Belonging:
    """What is known of a private message.

    Attributes:
        community: whose it is; None when nobody can tell.
        theirs: the communities the person is in.
        role: what they may do in that one; None where the platform's word holds.
        kept: the message that waited for the choice just made.
    """

    community: Community | None = None
    theirs: Sequence[Community] = ()
    role: Role | None = None
    kept: Prompt | None = None


def belonging(
    session: Session, core: Core, inbound: Inbound, member: AnyMember | None, button: Pressed | None, told: int | None
) -> Belonging:
    """Whose a private message is: the choice just made, else what tells, else the person's choice or only community.

    Args:
        told: the id of the community of what it answers, as `answered` finds it.
    """
    theirs = communities.of_member(session, core.store.keys, member.id) if member else []
    every = {one.id: one for one in communities.every(session)}
    chosen, kept = _chosen(session, core, inbound, button)
    found = every.get(next((each for each in (chosen, told, _usual(member, theirs)) if each is not None), 0))
    return Belonging(found, theirs, _role(session, inbound, found, alone=len(every) == 1), kept)


def answered(
    inbound: Inbound, button: Pressed | None, prompt: AnyPrompt | None, made: Question | Feedback | None
) -> int | None:
    """The id of the community of what a message answers; a command of its own answers nothing.

    Args:
        made: what was made of the message when it was new, where it is an edit.
    """
    if button is not None:
        return button.community_id
    if inbound.edited:
        return made.community_id if made else None
    own = inbound.answers is None and bool(inbound.command or split(inbound.text))
    return prompt.community_id if prompt is not None and not own else None


async def theirs_of(ctx: Context) -> Sequence[Community]:
    """The communities the person is in."""
    keys, member = ctx.core.store.keys, ctx.member
    return await ctx.read(lambda session: communities.of_member(session, keys, member.id)) if member else []


async def ask_which(ctx: Context, theirs: Sequence[Community], command: str) -> Reply:
    """Ask which community a message is for, and keep its words until then; files are not kept meanwhile.

    Args:
        command: what it calls, with `ctx.given`.
    """
    inbound, files = ctx.inbound, bool(ctx.inbound.attachments)

    def job(session: Session) -> Reply:
        args = {**ctx.given, MESSAGE: inbound.message or inbound.id}
        kept = {} if files else {"draft": str(_keep(session, ctx, command, args).id)}
        again = (ctx.speech.say("Then send the file again: it was not kept."),) if files else ()
        return which(ctx, theirs, ctx.speech.say("Which community is this for?"), *again, **kept)

    return await ctx.settle(job)


def which(ctx: Context, theirs: Sequence[Community], *words: str, **kept: str) -> Reply:
    """The question, with a button to a community.

    Args:
        kept: further arguments of the buttons.
    """
    later = ctx.speech.say(
        "What is written here later goes there too; /{command} changes that.", command=_choosing(ctx)
    )
    buttons = tuple(Button(one.name, CHOOSE, {"to": str(one.id), **kept}) for one in theirs)
    return Reply((*(Paragraph(line) for line in (*words, later)), Buttons(buttons)))


def nowhere(speech: Speech, chat: Chat, community: AnyCommunity | None) -> str:
    """What a person hears where no community is, and what makes it one's place."""
    if chat.private:
        return speech.say(
            "Which community is this for? Write to the bot once in a group of it, such as /help; then it works "
            "here too."
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


async def about_here(ctx: Context) -> tuple[Block, ...]:
    """What makes this place a community's, for whom it concerns; where private messages go, if one may choose."""
    if ctx.inbound.chat.private:
        return _about_alone(ctx, await theirs_of(ctx))
    if not ctx.here:
        return (Paragraph(nowhere(ctx.speech, ctx.inbound.chat, ctx.community)),)
    return () if await _is_at_home(ctx) else (Paragraph(_how_to_set_up(ctx)),)


def _about_alone(ctx: Context, theirs: Sequence[Community]) -> tuple[Block, ...]:
    """Where private messages go, with the choice for who has not made it."""
    speech = ctx.speech
    if not ctx.here and theirs:
        return which(ctx, theirs, speech.say("Which community are private messages for?")).blocks
    if not ctx.here:
        return (Paragraph(nowhere(speech, ctx.inbound.chat, ctx.community)),)
    words = speech.say(
        "Private messages go to {community}; /{command} changes that.",
        community=ctx.community.name,
        command=_choosing(ctx),
    )
    return (Paragraph(words),) if len(theirs) > 1 else ()


async def _is_at_home(ctx: Context) -> bool:
    """Whether a place was set up, or whoever asks could not do it."""
    chat = ctx.inbound.chat
    if ctx.inbound.actor.role < Role.MODERATOR:
        return True
    return await ctx.read(lambda session: communities.is_set_up(session, chat.platform, chat.id, chat.within))


def _how_to_set_up(ctx: Context) -> str:
    return ctx.speech.say(
        "This place is not set up yet: type /setup CODE here, with the code that whoever runs the bot gets from "
        "`portevoix code`."
    )


def _choosing(ctx: Context) -> str:
    """What the command that chooses is called in this language."""
    command = ctx.core.registry.find(CHOOSE)
    return command.name_in(ctx.speech.language) if command else CHOOSE


def _chosen(session: Session, core: Core, inbound: Inbound, button: Pressed | None) -> tuple[int | None, Prompt | None]:
    """The community just chosen by a button, and what waited for the choice."""
    if button is None or button.command != CHOOSE or not button.args.get("to"):
        return None, None
    holder = account_mark(core.store.keys, inbound.actor)
    kept = prompts.find(session, button.args.get("draft", ""), holder, core.clock.now())
    return int(button.args["to"]), kept


def _usual(member: AnyMember | None, theirs: Sequence[Community]) -> int | None:
    """The community a person's private messages go to: the one they chose, else their only one."""
    ids = [one.id for one in theirs]
    if member is not None and member.community_id in ids:
        return member.community_id
    return ids[0] if len(ids) == 1 else None


def _keep(session: Session, ctx: Context, command: str, args: Mapping[str, str]) -> Prompt:
    return prompts.draft(session, ctx.holder, ctx.chat_mark, command, args, ctx.now)


def _role(session: Session, inbound: Inbound, community: Community | None, *, alone: bool) -> Role:
    """What a person may do in a community none of whose places is here: moderating one gives no say in another."""
    actor = inbound.actor
    if alone:
        return actor.role
    places = communities.places(session, actor.platform) if actor.roles else ()
    here = [place.external_id for place in places if community and place.community_id == community.id]
    return max((actor.roles[place] for place in (EVERYWHERE, *here) if place in actor.roles), default=Role.MEMBER)
