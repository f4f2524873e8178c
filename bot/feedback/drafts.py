"""Drafts: feedback stored until its author has seen what would be sent and to whom, and has confirmed it."""

from collections.abc import Mapping
from dataclasses import replace

from sqlmodel import Session

from bot.context import Context
from bot.feedback.attachments import drafted
from bot.feedback.audience import nameless
from bot.feedback.audience.visibility import who_sees_held
from bot.feedback.desk.holding import who_would_see
from bot.locales.words import KIND_OF
from bot.ports.reply import Block, Button, Buttons, Line, Paragraph, Quote, Reply, Weight
from bot.recognition.contacts import find_contacts
from bot.recognition.talk.talk import Kind as Topic
from storage.models import Prompt
from storage.traffic import prompts
from storage.values import frozen
from storage.vocabulary import Audience, Kind, Naming

COMMAND_OF = {kind: command for command, kind in KIND_OF.items()}
"""The filing command of each kind of feedback."""
ANNOUNCED: Mapping[Topic, Kind] = {Topic.IDEA: Kind.SUGGESTION, Topic.COMPLAINT: Kind.PROBLEM}
"""The kind of feedback that is announced by a chat message of each topic."""
DETAIL = "detail."
"""Starts the name of an argument that answers one of the community's own questions."""


@frozen
class Filing:
    """Feedback to file, with every choice made."""

    kind: Kind
    text: str
    area: str | None
    audience: Audience
    naming: Naming
    seen: bool = False
    """Whether others read the words beside the author's name when they were typed."""
    details: Mapping[str, str] | None = None
    """The answers to the community's own questions, by key, empty where one was skipped; None when not asked yet."""


def keep(session: Session, ctx: Context, new: Filing) -> dict[str, str]:
    """Store feedback and its files as a draft; returns the arguments of the buttons that send, change or discard it."""
    given = {**arguments(ctx, new), **(drafted.keep(ctx) if new.naming is Naming.NAMED else {})}
    draft = prompts.draft(session, ctx.holder, ctx.chat_mark, COMMAND_OF[new.kind], given, ctx.now)
    return {"draft": str(draft.id)}


def arguments(ctx: Context, new: Filing) -> dict[str, str]:
    """Feedback as the arguments of its filing command, which a draft stores."""
    given = {"text": new.text, "audience": new.audience.value, "name": new.naming.value}
    if new.area:
        given["area"] = new.area
    if new.seen or ctx.inbound.chat.overlooked:
        given["seen"] = "1"
    return {**given, **{f"{DETAIL}{key}": answer for key, answer in (new.details or {}).items()}}


def details_of(args: Mapping[str, str]) -> dict[str, str] | None:
    """The answers to the community's own questions among a filing command's arguments; None when there are none."""
    return {name.removeprefix(DETAIL): said for name, said in args.items() if name.startswith(DETAIL)} or None


def read(prompt: Prompt) -> Filing:
    """The feedback of a draft; one stored by an earlier version, without choices, was for everyone and nameless."""
    return restore(prompt.command, prompt.args)


def restore(command: str, args: Mapping[str, str]) -> Filing:
    """The feedback that the arguments of a filing command stand for."""
    audience, naming = Audience(args.get("audience", Audience.EVERYONE)), Naming(args.get("name", Naming.NAMELESS))
    return Filing(KIND_OF[command], args["text"], args.get("area"), audience, naming, "seen" in args, details_of(args))


async def file_words(
    ctx: Context, text: str, kind: Kind, audience: Audience | None = None, name: Naming | None = None
) -> Reply | None:
    """Run the command that these words would have run if the person had written them as feedback.

    Args:
        audience: who is to see it; None for the default. Words about danger go to the trusted contacts anyway.
        name: whether the author's name is to be shown; None for the default.
    """
    if ctx.core.recogniser.danger(text) is not None:
        urgent = ctx.core.registry.command("urgent")
        return await urgent.run(replace(ctx, command=urgent, given={}), text=text, name=name)
    filing = ctx.core.registry.command(COMMAND_OF[kind])
    made = replace(ctx, command=replace(filing, in_place=True), given={})
    return await filing.run(made, text=text, audience=audience, name=name)


def preview_nameless(session: Session, ctx: Context, new: Filing, *others: Button) -> Reply:
    """Show the author of nameless feedback what others would see.

    Args:
        others: further buttons.
    """
    kept = keep(session, ctx, new)
    seen = who_would_see(session, ctx, new.kind, new.audience, new.naming)
    waiting = (seen,) if seen == who_sees_held(ctx.speech, new.naming) else ()
    told = " ".join((*waiting, *((warning(ctx),) if find_contacts(new.text) else ())))
    send, *rest = _choices(ctx, kept, ctx.speech.say("Send"))
    return nameless.preview(ctx, new.text, new.audience, send, *others, *rest, seen=told)


def warning(ctx: Context) -> str:
    """The warning that a text has contact data."""
    return ctx.speech.say(
        "There is a number or an address in it by which somebody can be reached. Members see it masked; the team "
        "sees it whole."
    )


def preview(
    session: Session, ctx: Context, new: Filing, send: str, *why: Line, others: tuple[Button, ...] = ()
) -> Reply:
    """Show feedback to its author before it is sent.

    Args:
        send: the label of the button that sends it.
        why: what its author should know first.
        others: further buttons.
    """
    kept = keep(session, ctx, new)
    shown: tuple[Block, ...] = (*map(Paragraph, why), Quote(new.text))
    files = len(ctx.inbound.attachments)
    with_files = (Paragraph(ctx.speech.count("With {n} file.", "With {n} files.", files)),) if files else ()
    seen = Paragraph(who_would_see(session, ctx, new.kind, new.audience, new.naming))
    first, *rest = _choices(ctx, kept, send)
    return Reply((*shown, *with_files, seen, Buttons((first, *others, *rest))))


def offer_team(session: Session, ctx: Context, new: Filing) -> Reply:
    """Say that there is no trusted contact who could read this, and offer to send it to the team."""
    why = ctx.speech.say(
        "Nothing was sent: {community} has no trusted contact who could read this. The team could, its moderators too.",
        community=ctx.community.name,
    )
    team = replace(new, audience=Audience.TEAM, seen=False)
    return preview(session, ctx, team, ctx.speech.say("Send to the team only"), why)


def offer_contacts(session: Session, ctx: Context, new: Filing, other: Button) -> Reply:
    """Warn that a text seems to be about those who would read it, and offer to send it to the trusted contacts.

    Args:
        other: the button that sends it to the team anyway.
    """
    contacts = replace(new, audience=Audience.TRUSTED)
    send = ctx.speech.say("Send to the trusted contacts")
    return preview(session, ctx, contacts, send, would_read(ctx), others=(other,))


def would_read(ctx: Context) -> str:
    """The warning that a text seems to be about those who would read it."""
    return ctx.speech.say("This seems to be about a moderator or the team, who would read it.")


def not_changed(ctx: Context) -> str:
    """The sentence to a person whose edit was refused, because its new words are about those who would read them."""
    return ctx.speech.say(
        "Nothing was changed. This seems to be about a moderator or the team, who would read it. Written anew, it can "
        "go to the trusted contacts."
    )


def no_contact(ctx: Context) -> str:
    """The sentence that there is no trusted contact who could read a text instead of the team."""
    return ctx.speech.say("{community} has no trusted contact who could read it instead.", community=ctx.community.name)


def _choices(ctx: Context, kept: dict[str, str], send: str) -> tuple[Button, ...]:
    """The buttons of a draft: send, edit, cancel."""
    return (
        Button(send, "send", kept, weight=Weight.PRIMARY),
        Button(ctx.speech.say("Edit"), "rewrite", kept),
        Button(ctx.speech.say("Cancel"), "discard", kept),
    )
