"""The commands that publish held items, take items from view, and put them back; their authors are told."""

from dataclasses import replace

from sqlmodel import Session

from bot.commands.registry import Number, ShortText, Token
from bot.context import Context
from bot.features.moderation.queue import filters
from bot.features.moderation.queue.finding import actor
from bot.features.moderation.queue.triage import show_item
from bot.feedback import items
from bot.feedback.display.joined import separate_button
from bot.feedback.display.outdated import Outdated
from bot.feedback.display.view import appeal_button, explain, moderator_buttons, restore_button
from bot.feedback.telling.edits import tell_shown
from bot.feedback.telling.notices import tell_author
from bot.locales.speech import Speech
from bot.locales.words import mark
from bot.ports.reply import Block, Button, Buttons, Line, Paragraph, Quote, Reply, Strong
from bot.privacy.redaction import redact_archive
from storage.items import feedback
from storage.items.public import publications
from storage.items.support import groups
from storage.models import Feedback, History
from storage.vocabulary import Action, Audience, Publication, Status

READY_REASONS = (
    mark("It names a person."),
    mark("It insults somebody."),
    mark("It is advertising."),
    mark("It is about something else."),
)

MOST_SEPARATED = 3
"""The largest number of buttons that separate items joined to one taken from view; their screens have them, too."""


async def publish(ctx: Context, number: Number, seen: Token | None = None) -> Reply:
    """Show held feedback to everyone."""
    # seen: the id of the item's last history entry when it was shown.

    def job(session: Session) -> Reply:
        item = _hold(session, ctx, number)
        if item.publication is not Publication.HELD:
            return _explain_unheld(session, ctx, item)
        if seen is not None and publications.last_entry(session, item) != seen:
            words = ctx.speech.say("Meanwhile #{number} was changed. Nothing has been published.", number=number)
            return show_item(session, ctx, item, Paragraph(words))
        entry = _change(session, ctx, item, Publication.SHOWN, Action.PUBLISHED)
        told = tell_author(session, ctx, item, f"published:{entry.id}", _published)
        tell_shown(session, ctx, item, entry)
        done = Paragraph(_done(ctx, ctx.speech.say("Everyone can see #{number} now.", number=number), told))
        if item.status is Status.RECEIVED:
            return show_item(session, ctx, item, done)
        ways = filters.carry(ctx, moderator_buttons(session, ctx, item))
        return Reply((done, Buttons((*ways, filters.next_button(ctx, item.number)))))

    return await ctx.settle(job)


async def remove(ctx: Context, number: Number, reason: ShortText | None = None) -> Reply:
    """Take feedback from view; its author is told why."""
    if reason is None:
        gone = await ctx.read(lambda session: _explain_removed(session, ctx, _find(session, ctx, number)))
        return gone or await _ask_reason(ctx, number)

    def job(session: Session) -> Reply:
        item = _hold(session, ctx, number)
        gone = _explain_removed(session, ctx, item)
        if gone is not None:
            return gone
        entry = _change(session, ctx, item, Publication.REMOVED, Action.REMOVED, reason)
        redact_archive(session, ctx.core.codec, [item], spare_author=True)
        told = tell_author(
            session, ctx, item, f"removed:{entry.id}", lambda speech, which: _removed(speech, which, item, entry)
        )
        words = ctx.speech.say(
            "#{number} is taken from view: {reason}", number=number, reason=ctx.speech.translate(reason)
        )
        back = filters.carry(ctx, (restore_button(ctx.speech, item),))
        done = Paragraph(_done(ctx, words, told))
        return Reply((done, *_left_joined(session, ctx, item), Buttons((*back, filters.next_button(ctx, item.number)))))

    return await ctx.settle(job)


async def restore(ctx: Context, number: Number) -> Reply:
    """Put feedback back in view."""

    def job(session: Session) -> Reply:
        item = _hold(session, ctx, number)
        if item.publication is not Publication.REMOVED:
            return _explain_unheld(session, ctx, item)
        removed = publications.removal(session, item)
        entry = _change(session, ctx, item, Publication.SHOWN, Action.RESTORED)
        tell_shown(session, ctx, item, entry, removed.at if removed else None)
        told = tell_author(session, ctx, item, f"restored:{entry.id}", _restored)
        done = _done(ctx, ctx.speech.say("#{number} is back in view.", number=number), told)
        ways = filters.carry(ctx, moderator_buttons(session, ctx, item))
        return Reply((Paragraph(done), Buttons((*ways, filters.next_button(ctx, item.number)))))

    return await ctx.settle(job)


def _left_joined(session: Session, ctx: Context, item: Feedback) -> tuple[Block, ...]:
    """The items joined to one taken from view, which are in no list until they are separated; empty for none."""
    open_ = [one for one in groups.joined(session, item) if one.status is not Status.WITHDRAWN]
    if not open_:
        return ()
    numbers = ", ".join(f"#{one.number}" for one in open_)
    said = ctx.speech.say("Joined to it, and in no list as long as it is: {numbers}.", numbers=numbers)
    return Paragraph(said), Buttons(tuple(separate_button(ctx.speech, one) for one in open_[:MOST_SEPARATED]))


def _hold(session: Session, ctx: Context, number: int) -> Feedback:
    """The item with that number, locked until the transaction ends.

    Raises:
        UserError: there is none that a moderator may see.
    """
    item = _find(session, ctx, number)
    feedback.hold(session, item)
    # Checked again, as it may have been withdrawn before it was locked.
    return _find(session, ctx, number)


def _find(session: Session, ctx: Context, number: int) -> Feedback:
    """The item with that number; those for the trusted contacts alone are not moderated, not even by one of them."""
    item = items.find(session, ctx, number)
    if item.audience is Audience.TRUSTED:
        raise Outdated(ctx.speech.say("There is no #{number} that you can see here.", number=number))
    return item


def _change(
    session: Session, ctx: Context, item: Feedback, to: Publication, action: Action, reason: str = ""
) -> History:
    """Change an item's publication and record who did it, but on a moderator's own nameless item."""
    by = actor(session, ctx, item)
    return publications.change(session, item, to, action, by, ctx.time_of(nameless=by is None), reason)


def _explain_removed(session: Session, ctx: Context, item: Feedback) -> Reply | None:
    """The reply about an item taken from view already; None when it is not."""
    if item.publication is not Publication.REMOVED:
        return None
    title = Paragraph(f"#{item.number}")
    return Reply((title, *explain(session, ctx, item), Buttons((restore_button(ctx.speech, item),))))


def _explain_unheld(session: Session, ctx: Context, item: Feedback) -> Reply:
    """The reply about an item whose publication is not the one that the command expected."""
    gone = _explain_removed(session, ctx, item)
    if gone is not None:
        return gone
    words = (
        ctx.speech.say("#{number} waits before others see it.", number=item.number)
        if item.publication is Publication.HELD
        else ctx.speech.say("#{number} is in view already.", number=item.number)
    )
    return Reply((Paragraph(words), Buttons(moderator_buttons(session, ctx, item))))


async def _ask_reason(ctx: Context, number: int) -> Reply:
    kept = {**filters.kept(ctx).args(), "number": str(number)}
    buttons = tuple(Button(ctx.speech.say(ready), "remove", {**kept, "reason": ready}) for ready in READY_REASONS)
    return await replace(ctx, given=kept).ask(ctx.speech.say("Why? Its author will read it."), "reason", ready=buttons)


def _done(ctx: Context, words: str, told: bool) -> str:
    if not told:
        return words
    # A moderator's reason may not end with a full stop.
    stop = "" if words.endswith((".", "!", "?", "…")) else "."
    return f"{words}{stop} {ctx.speech.say('Its author is told.')}"


def _published(speech: Speech, which: Strong) -> Reply:
    return Reply((Paragraph(speech.line("{number} is published: everyone can see it now.", number=which)),))


def _removed(speech: Speech, which: Strong, item: Feedback, entry: History) -> Reply:
    line: Line = speech.line(
        "{number} was taken from view by a moderator: {reason}", number=which, reason=speech.translate(entry.note)
    )
    words = (Quote(items.title(item)),) if item.text else ()
    meaning = speech.say("Nobody else sees it now but the moderators; it stays in /mine.")
    return Reply((Paragraph(line), *words, Paragraph(meaning), Buttons((appeal_button(speech, item),))))


def _restored(speech: Speech, which: Strong) -> Reply:
    return Reply((Paragraph(speech.line("{number} is back in view.", number=which)),))
