"""Shows, before feedback is filed, what says nearly the same: one press supports it instead, one sends it anyway."""

from dataclasses import replace

from sqlmodel import Session

from bot.context import Context
from bot.feedback import drafts
from bot.feedback.desk import blocks
from bot.feedback.display import similar
from bot.feedback.display.similar import Found
from bot.feedback.drafts import Filing
from bot.ports.reply import Paragraph, Reply
from storage.vocabulary import Audience, Kind


async def find_similar(ctx: Context, new: Filing) -> Found:
    """The items near to feedback; none for praise, and for what the trusted contacts alone read."""
    return await similar.find(ctx, new.text) if _is_compared(new) else {}


def compare(session: Session, ctx: Context, new: Filing, found: Found) -> Reply | None:
    """The reply to feedback that says what was said already, or nearly so; None to file it.

    A blocked person is refused when it is filed.
    """
    # A draft holds no files.
    if not _is_compared(new) or ctx.inbound.attachments:
        return None
    said = similar.repeated(session, ctx, new.kind, new.text)
    near = () if said else similar.blocks(session, ctx, new.text, found)
    if not (said or near) or blocks.refusal(session, ctx, new.audience):
        return None
    if said:
        return similar.already_said(ctx, said)
    reply = drafts.preview(session, ctx, new, ctx.speech.say("Send it anyway"))
    return replace(reply, blocks=similar.before_last(reply, *near))


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
