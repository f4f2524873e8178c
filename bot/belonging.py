"""Whose a private message is, where no place tells: the person's only community, or else the one they chose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from bot.arguments import split
from bot.context import Context, Core
from bot.envelope import account_mark
from bot.events import EVERYWHERE, Chat, Inbound, Role
from bot.reply import Button, Buttons, Paragraph, Reply
from bot.speech import Speech
from storage import communities, prompts
from storage.models import Button as Pressed
from storage.models import Community, Member, Prompt

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
        role: what they may do there.
        kept: the message that waited for the choice just made.
    """

    community: Community | None = None
    theirs: Sequence[Community] = ()
    role: Role = Role.MEMBER
    kept: Prompt | None = None


def belonging(
    session: Session, core: Core, inbound: Inbound, member: Member | None, button: Pressed | None, prompt: Prompt | None
) -> Belonging:
    """Whose a private message is: what it answers tells, else the person's choice, else there is only one."""
    theirs = communities.of_member(session, member.id) if member else []
    every = {one.id: one for one in communities.every(session)}
    kept, wanted = None, _answered(inbound, button, prompt)
    if button is not None and button.command == CHOOSE and button.args.get("to"):
        wanted = int(button.args["to"])
        holder = account_mark(core.store.keys, inbound.actor)
        kept = prompts.find(session, button.args.get("draft", ""), holder, core.clock.now())
    if wanted is None and member is not None and member.community_id in {one.id for one in theirs}:
        wanted = member.community_id
    if wanted is None and len(theirs) == 1:
        wanted = theirs[0].id
    found = every.get(wanted) if wanted is not None else None
    return Belonging(found, theirs, _role(session, inbound, found, alone=len(every) == 1), kept)


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


async def settle_in(ctx: Context) -> None:
    """Note in which community a person speaks to the bot; in private, that they just chose it."""

    def job(session: Session) -> None:
        note = communities.join if ctx.kept is None else communities.choose
        note(session, ctx.person(session), ctx.community.id)

    await ctx.core.store.write(job)


def nowhere(speech: Speech, chat: Chat, community: Community | None) -> str:
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


async def about_here(ctx: Context) -> tuple[str, ...]:
    """What makes this place a community's, for whom it concerns; where private messages go, if one may choose."""
    chat, speech, member = ctx.inbound.chat, ctx.speech, ctx.member
    if not ctx.here:
        return (nowhere(speech, chat, ctx.community),)
    if chat.private:
        theirs = await ctx.read(lambda session: communities.of_member(session, member.id)) if member else []
        words = speech.say(
            "Private messages go to {community}; /{command} changes that.",
            community=ctx.community.name,
            command=_choosing(ctx),
        )
        return (words,) if len(theirs) > 1 else ()
    if ctx.inbound.actor.role < Role.MODERATOR:
        return ()
    if await ctx.read(lambda session: communities.is_set_up(session, chat.platform, chat.id, chat.within)):
        return ()
    return (
        speech.say(
            "This place is not set up yet: type /setup CODE here, with the code that whoever runs the bot gets from "
            "`portevoix code`."
        ),
    )


def _choosing(ctx: Context) -> str:
    """What the command that chooses is called in this language."""
    command = ctx.core.registry.find(CHOOSE)
    return command.name_in(ctx.speech.language) if command else CHOOSE


def _answered(inbound: Inbound, button: Pressed | None, prompt: Prompt | None) -> int | None:
    """The community of what a message answers; a command of its own answers nothing."""
    if button is not None:
        return button.community_id
    own = inbound.answers is None and bool(inbound.command or split(inbound.text))
    return prompt.community_id if prompt is not None and not own else None


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
