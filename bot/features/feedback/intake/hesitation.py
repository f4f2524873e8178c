"""Asks before feedback is sent: about a wish in its words, readers it is about, and contact data others would read."""

from dataclasses import replace
from functools import partial

from sqlmodel import Session

from bot.context import Context
from bot.errors import UserError
from bot.feedback import drafts
from bot.feedback.audience import trusted
from bot.feedback.audience.visibility import already_seen, change_buttons, may_be_nameless, who_sees_item
from bot.feedback.drafts import Filing
from bot.language.text.normalise import says_something
from bot.ports.reply import Button, Buttons, Paragraph, Reply, say
from bot.recognition.contacts import find_contacts
from bot.recognition.wish import Wish, parse_wish
from storage.models import Feedback
from storage.vocabulary import Audience, Kind, Naming


async def ask_first(ctx: Context, new: Filing) -> Reply | None:
    """Ask about words that contradict what was chosen, are about the team, or hold contact data; None to send them."""
    wish = parse_wish(new.text)
    if (wish.nameless and new.naming is Naming.NAMED) or (wish.team_only and new.audience is Audience.EVERYONE):
        return await _ask_about_wish(ctx, new, wish)
    if new.audience is not Audience.TRUSTED and _is_about_team(ctx, new.kind, new.text):
        return await ctx.settle(lambda session: _warn_of_readers(session, ctx, new))
    # The preview of nameless feedback has this warning anyway.
    if new.naming is Naming.NAMED and new.audience is Audience.EVERYONE and find_contacts(new.text):
        send = ctx.speech.say("Send it so")
        return await ctx.settle(lambda session: drafts.preview(session, ctx, new, send, drafts.warning(ctx)))
    return None


def refuse_edit(ctx: Context, item: Feedback, text: str) -> Reply | None:
    """The reply to new words that contradict who sees the item, or are about the team; None to accept them."""
    wish = parse_wish(text)
    unnamed = wish.nameless and not item.nameless
    # Words that others have seen beside the name can only be kept from more people.
    too_late = unnamed and not may_be_nameless(item)
    if (unnamed and not too_late) or ((too_late or wish.team_only) and item.audience is Audience.EVERYONE):
        said = ctx.speech.say(
            "Nothing was changed. First choose who sees #{number}, then its words:", number=item.number
        )
        seen = (Paragraph(already_seen(ctx.speech)),) if too_late else ()
        shown = (Paragraph(said), *seen, Paragraph(who_sees_item(ctx, item)))
        return Reply((*shown, Buttons(change_buttons(ctx.speech, item))))
    about = partial(_is_about_team, ctx, item.kind)
    if item.audience is Audience.TRUSTED or not about(text) or about(item.text):
        return None
    return say(drafts.not_changed(ctx))


def _is_about_team(ctx: Context, kind: Kind, text: str) -> bool:
    return kind is not Kind.PRAISE and trusted.is_about_team(ctx.core, ctx.community.id, text, kind)


def _warn_of_readers(session: Session, ctx: Context, new: Filing) -> Reply:
    """Warn that those the words are about would read them, and offer the trusted contacts where there are any."""
    team, label = replace(new, audience=Audience.TEAM), ctx.speech.say("Send to the team only")
    if not trusted.readers(session, ctx, new.text):
        return drafts.preview(session, ctx, team, label, drafts.would_read(ctx), drafts.no_contact(ctx))
    return drafts.offer_contacts(session, ctx, new, Button(label, "send", drafts.keep(session, ctx, team)))


async def _ask_about_wish(ctx: Context, new: Filing, wish: Wish) -> Reply:
    granted = replace(
        new,
        text=wish.rest,
        audience=Audience.TEAM if wish.team_only else new.audience,
        naming=Naming.NAMELESS if wish.nameless else new.naming,
    )
    if not says_something(wish.rest):
        chosen = {"audience": granted.audience.value, "name": granted.naming.value}
        return await replace(ctx, given={**ctx.given, **chosen, "text": ""}).ask(ctx.speech.say("Your words?"), "text")
    if new.seen or ctx.inbound.chat.overlooked:
        return await ctx.settle(lambda session: _offer_team(session, ctx, replace(new, text=wish.rest)))
    if wish.nameless and ctx.inbound.attachments:
        raise UserError(ctx.speech.say("A file can give its author away, so nothing was kept. Send the words alone."))
    if _is_about_team(ctx, granted.kind, granted.text):
        return await ctx.settle(lambda session: _warn_of_readers(session, ctx, granted))
    return await ctx.settle(lambda session: _preview_wish(session, ctx, new, granted))


def _preview_wish(session: Session, ctx: Context, new: Filing, granted: Filing) -> Reply:
    """Show what would be sent as wished for, with a button that sends the words as they are instead."""
    other = Button(ctx.speech.say("As I wrote it"), "send", drafts.keep(session, ctx, new))
    if granted.naming is Naming.NAMELESS:
        return drafts.preview_nameless(session, ctx, granted, other)
    return drafts.preview(session, ctx, granted, ctx.speech.say("Send to the team only"), others=(other,))


def _offer_team(session: Session, ctx: Context, new: Filing) -> Reply:
    """Offer to send words that others have read already to the team only, with the name."""
    team = replace(new, audience=Audience.TEAM, naming=Naming.NAMED)
    why = ctx.speech.say(
        "Nothing was sent. It was typed where others read along, so it has been seen with your name beside it."
    )
    return replace(drafts.preview(session, ctx, team, ctx.speech.say("Send to the team only"), why), hush=True)
