"""Handles words whose author is not clear: forwarded messages, and those in the name of a group or channel."""

from sqlmodel import Session

from bot.commands.registry import LongText, Token
from bot.context import Context
from bot.errors import UserError
from bot.feedback import drafts, items
from bot.feedback.desk.holding import who_would_see
from bot.ports.reply import Bullets, Button, Buttons, Paragraph, Quote, Reply, say
from storage.traffic import prompts
from storage.vocabulary import DEFAULT_AUDIENCE, Audience, Kind, Naming

DRAFT = "forwarded"


async def nobody(ctx: Context) -> Reply:
    """Say that nobody can tell who writes in the name of a group or channel, and how to be heard."""
    return say(
        ctx.speech.say(
            "Nothing was kept: nobody can tell who writes in the name of a group or channel. Write under your own "
            "name, or to me in private."
        )
    )


async def forwarded(
    ctx: Context, text: LongText | None = None, kind: Kind | None = None, draft: Token | None = None
) -> Reply:
    """Ask what to do with words that somebody else may have written.

    Raises:
        UserError: there are none.
    """
    if text is None and draft is None:
        raise UserError(ctx.speech.say("Only words can be passed on, and there are none here. Nothing was kept."))

    def job(session: Session) -> Reply:
        if draft is not None:
            kept = items.draft(session, ctx, draft, (DRAFT,))
        else:
            kept = prompts.draft(session, ctx.holder, ctx.chat_mark, DRAFT, {"text": text or ""}, ctx.now)
        return _ask(session, ctx, kept.id, kept.args["text"], kind)

    return await ctx.settle(job)


async def adopt(ctx: Context, draft: Token, kind: Kind, name: Naming) -> Reply | None:
    """File forwarded words: with the name of who forwarded them, or without a name and for the team only."""
    kept = await ctx.read(lambda session: items.draft(session, ctx, draft, (DRAFT,)))
    reply = await drafts.file_words(ctx, kept.args["text"], kind, _audience(kind, name), name)
    await ctx.core.store.write(lambda session: prompts.take(session, draft))
    return reply


def _ask(session: Session, ctx: Context, draft: int, text: str, kind: Kind | None) -> Reply:
    theirs = Paragraph(ctx.speech.say("These are somebody else’s words: nothing was sent yet."))
    lost = _files(ctx)
    choices = _kinds(ctx, draft) if kind is None else _names(ctx, draft, kind)
    cancel = Button(ctx.speech.say("Cancel"), "discard", {"draft": str(draft)})
    shown = () if kind is None else (_what_follows(session, ctx, kind),)
    return Reply((theirs, Quote(text), *lost, *shown, Buttons((*choices, cancel))))


def _kinds(ctx: Context, draft: int) -> tuple[Button, ...]:
    chosen, say_ = {"draft": str(draft)}, ctx.speech.say
    return (
        Button(say_("As a suggestion"), DRAFT, {**chosen, "kind": Kind.SUGGESTION.value}),
        Button(say_("As a problem"), DRAFT, {**chosen, "kind": Kind.PROBLEM.value}),
        Button(say_("Look it up"), "lookup", chosen),
    )


def _names(ctx: Context, draft: int, kind: Kind) -> tuple[Button, ...]:
    chosen = {"draft": str(draft), "kind": kind.value}
    return (
        Button(ctx.speech.say("Send as mine"), "adopt", {**chosen, "name": Naming.NAMED.value}),
        Button(ctx.speech.say("Pass on without a name"), "adopt", {**chosen, "name": Naming.NAMELESS.value}),
    )


def _what_follows(session: Session, ctx: Context, kind: Kind) -> Bullets:
    """Who would see the words, if sent as one's own and if passed on without a name."""
    mine, without = (
        who_would_see(session, ctx, kind, _audience(kind, name), name) for name in (Naming.NAMED, Naming.NAMELESS)
    )
    return Bullets(
        (
            ctx.speech.say("As mine: {seen}", seen=mine),
            ctx.speech.say("Without a name: {seen}", seen=without),
        )
    )


def _audience(kind: Kind, name: Naming) -> Audience:
    # Only their author decides whether members see them.
    return DEFAULT_AUDIENCE[kind] if name is Naming.NAMED else Audience.TEAM


def _files(ctx: Context) -> tuple[Paragraph, ...]:
    number = len(ctx.inbound.attachments)
    if not number:
        return ()
    words = ctx.speech.count(
        "{n} file is not taken along; it can be sent with words of one’s own.",
        "{n} files are not taken along; they can be sent with words of one’s own.",
        number,
    )
    return (Paragraph(words),)
