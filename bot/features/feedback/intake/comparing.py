"""Shows similar items before feedback is filed, with buttons to support one instead or to send it anyway."""

from dataclasses import replace

from sqlmodel import Session

from bot.context import Context
from bot.feedback import drafts
from bot.feedback.attachments.files import stand_in
from bot.feedback.desk import blocks
from bot.feedback.display import similar
from bot.feedback.display.similar import Found
from bot.feedback.drafts import Filing
from bot.ports.reply import Paragraph, Reply
from storage.traffic.prompts import Overtaken
from storage.vocabulary import Audience, Kind


async def find_similar(ctx: Context, new: Filing) -> Found:
    """The items similar to new feedback; none for praise, and for feedback to the trusted contacts."""
    return await similar.find(ctx, new.text) if _is_compared(ctx, new) else {}


def has_similar(session: Session, ctx: Context, new: Filing, found: Found) -> bool:
    """Whether similar items will be shown first, so that files need not be downloaded yet."""
    return bool(similar.blocks(session, ctx, new.text, found)) and not blocks.refusal(session, ctx, new.audience)


def compare(session: Session, ctx: Context, new: Filing, found: Found) -> Reply | None:
    """The reply that shows the same item or similar ones; None to go on and file the feedback.

    It is None for a blocked person, who is refused by the filing itself.
    """
    if not _is_compared(ctx, new):
        return None
    # With a file it is not the same item: it may be sent again for the sake of the file.
    said = None if ctx.inbound.attachments else similar.repeated(session, ctx, new.kind, new.text)
    alike = () if said else similar.blocks(session, ctx, new.text, found)
    if not (said or alike) or blocks.refusal(session, ctx, new.audience):
        return None
    if said:
        return similar.already_said(ctx, said)
    reply = drafts.preview(session, ctx, new, ctx.speech.say("Send it anyway"))
    return replace(reply, blocks=similar.before_last(reply, *alike))


def show_similar(session: Session, ctx: Context, new: Filing, found: Found) -> Reply:
    """As `compare`, after `has_similar` returned True.

    Raises:
        Overtaken: there are no similar items any more.
    """
    alike = compare(session, ctx, new, found)
    if alike is None:
        raise Overtaken("similar")
    return alike


def preview_nameless(session: Session, ctx: Context, new: Filing, found: Found) -> Reply:
    """The preview of nameless feedback, with similar items."""
    if refused := blocks.refusal(session, ctx, new.audience):
        return refused
    if _is_compared(ctx, new) and (said := similar.repeated(session, ctx, new.kind, new.text)):
        return similar.already_said(ctx, said)
    reply = drafts.preview_nameless(session, ctx, new)
    alike = similar.blocks(session, ctx, new.text, found)
    if not alike:
        return reply
    named = Paragraph(ctx.speech.say("Supporting one of these is done under your name, as always; nothing is sent."))
    return replace(reply, blocks=similar.before_last(reply, *alike, named))


def _is_compared(ctx: Context, new: Filing) -> bool:
    worded = new.text != stand_in(ctx.speech)
    return worded and new.kind is not Kind.PRAISE and new.audience is not Audience.TRUSTED
