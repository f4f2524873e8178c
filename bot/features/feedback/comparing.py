"""Shows, before feedback is filed, what says nearly the same: one press supports it instead, one sends it anyway."""

from dataclasses import replace

from sqlmodel import Session

from bot.context import Context
from bot.feedback import blocks, drafts, similar
from bot.feedback.drafts import Filing
from bot.feedback.similar import Found
from bot.ports.reply import Paragraph, Reply
from storage.vocabulary import Audience, Kind


async def find_similar(ctx: Context, new: Filing) -> Found:
    """The items near to feedback; none for praise, and for what the trusted contacts alone read."""
    return await similar.find(ctx, new.text) if _is_compared(new) else {}


async def compare_first(ctx: Context, new: Filing, *, hush: bool = False) -> Reply | None:
    """The reply to feedback that says what was said already, or nearly so; None to file it.

    Args:
        hush: whether others have read what they were not to read.
    """
    # A draft holds no files.
    if not _is_compared(new) or ctx.inbound.attachments:
        return None
    found = await find_similar(ctx, new)
    if await ctx.read(lambda session: _says_something(session, ctx, new, found)):
        return await ctx.settle(lambda session: replace(_answer(session, ctx, new, found), hush=hush))
    return None


def preview_nameless(session: Session, ctx: Context, new: Filing, found: Found) -> Reply:
    """The preview of nameless feedback, with what says nearly the same."""
    if refused := blocks.refusal(session, ctx, new.audience):
        return refused
    if _is_compared(new) and (said := similar.repeated(session, ctx, new.kind, new.text)):
        return similar.already_said(ctx, said)
    reply = drafts.preview_nameless(session, ctx, new)
    near = similar.blocks(session, ctx, new.text, found)
    if not near:
        return reply
    named = Paragraph(ctx.speech.say("Supporting one of these is done under your name, as always; nothing is sent."))
    return replace(reply, blocks=similar.before_last(reply, *near, named))


def _is_compared(new: Filing) -> bool:
    return new.kind is not Kind.PRAISE and new.audience is not Audience.TRUSTED


def _says_something(session: Session, ctx: Context, new: Filing, found: Found) -> bool:
    """Whether there is something to show; a blocked person is refused when it is filed."""
    if blocks.refusal(session, ctx, new.audience):
        return False
    return bool(similar.repeated(session, ctx, new.kind, new.text) or similar.blocks(session, ctx, new.text, found))


def _answer(session: Session, ctx: Context, new: Filing, found: Found) -> Reply:
    if said := similar.repeated(session, ctx, new.kind, new.text):
        return similar.already_said(ctx, said)
    reply = drafts.preview(session, ctx, new, ctx.speech.say("Send it anyway"))
    return replace(reply, blocks=similar.before_last(reply, *similar.blocks(session, ctx, new.text, found)))
