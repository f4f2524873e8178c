"""Changes the words and files of an item, and withdraws it."""

from dataclasses import replace

from sqlmodel import Session

from bot.commands.arguments import words_of
from bot.commands.registry import LongText, Number, Token
from bot.context import Context
from bot.errors import UserError
from bot.features.feedback.intake.hesitation import refuse_edit
from bot.features.feedback.own import rewording
from bot.feedback import drafts, items
from bot.feedback.attachments import files
from bot.feedback.attachments.fetching import fetch
from bot.feedback.audience import trusted
from bot.feedback.audience.visibility import who_sees_item
from bot.feedback.desk import blocks, holding, severity
from bot.feedback.display import receipts
from bot.feedback.display.outdated import Outdated
from bot.feedback.telling.withdrawal import tell_withdrawal
from bot.language.text.normalise import says_something
from bot.locales.words import KIND_OF
from bot.ports.reply import Bullets, Button, Buttons, Paragraph, Quote, Reply, Weight, say
from bot.privacy.redaction import redact_archive
from bot.recognition.contacts import find_contacts
from storage.items import attachments, feedback
from storage.items.support import joins
from storage.models import Feedback
from storage.traffic import prompts
from storage.vocabulary import Action, Audience, Publication, Status


async def edit(ctx: Context, number: Number, text: LongText | None = None) -> Reply:
    """Change the words of your feedback."""
    if ctx.inbound.attachments:
        words = None if text == files.stand_in(ctx.speech) else text
        await ctx.read(lambda session: _refuse_files(ctx, items.find_own(session, ctx, number)))
        ctx = await fetch(ctx)
        return await ctx.settle(lambda session: _add_files(session, ctx, number, words))
    if text is None:
        item = await ctx.read(lambda session: items.find_own(session, ctx, number))
        _refuse_closed(ctx, item)
        return await ctx.ask(ctx.speech.say("What should it say?"), "text", filled={"text": item.text})

    def job(session: Session) -> Reply:
        mine = items.hold_own(session, ctx, number)
        if items.reveals_author(ctx, mine):
            return _refuse_in_public(ctx, mine)
        _refuse_closed(ctx, mine)
        return _reword(session, ctx, mine, text)

    return await ctx.settle(job)


def _add_files(session: Session, ctx: Context, number: int, text: str | None) -> Reply:
    """Add this event's files to an item, and replace its words when some came with them."""
    mine = items.hold_own(session, ctx, number)
    _refuse_files(ctx, mine)
    if refusal := blocks.refusal(session, ctx, mine.audience):
        return refusal
    found = files.select(session, ctx, ctx.person(session), files.MOST_FILES - attachments.count(session, mine.id))
    files.store(session, mine.id, found)
    kept = found.kept
    if kept and text is None:
        feedback.record(session, mine, Action.EDITED, mine.author_id, at=ctx.now)
    receipts.keep(ctx, mine)
    said = ctx.speech.count("{n} file more with #{number}.", "{n} files more with #{number}.", len(kept), number=number)
    lost = files.explain(ctx, found, number)
    changed = _reword(session, ctx, mine, text).blocks if text is not None else items.own_buttons(ctx, mine)
    shown = (*((Paragraph(said),) if kept else ()), *((Bullets(lost),) if lost else ()), *changed)
    return items.changed(mine, *shown) if kept or text is not None else Reply(shown)


async def amend(ctx: Context, text: LongText | None = None) -> Reply | None:
    """Offer to take over the words of a message that was edited; nothing when nothing was filed from it."""

    def find(session: Session) -> Feedback | None:
        item = feedback.by_source(session, ctx.source)
        return item if item and items.wrote(ctx, item, ctx.member) and items.is_open(item) else None

    item = await ctx.read(find)
    words = words_of(text or "", ctx.core.registry, KIND_OF)
    if item is None or not says_something(words) or words == item.text:
        return None
    if items.reveals_author(ctx, item):
        return _refuse_in_public(ctx, item)
    if refusal := refuse_edit(ctx, item, words):
        return refusal

    def job(session: Session) -> Reply:
        kept = {"number": str(item.number), "text": words}
        draft = prompts.draft(session, ctx.holder, ctx.chat_mark, "edit", kept, ctx.now)
        asked = ctx.speech.say("You changed your message. Should #{number} read like this now?", number=item.number)
        yes = Button(ctx.speech.say("Change it"), "reword", {"draft": str(draft.id)}, weight=Weight.PRIMARY)
        no = Button(ctx.speech.say("Leave it"), "discard", {"draft": str(draft.id)})
        return Reply((Paragraph(asked), Quote(words), Buttons((yes, no))))

    return await ctx.settle(job)


async def reword(ctx: Context, draft: Token) -> Reply:
    """Take over the new words."""

    def job(session: Session) -> Reply:
        kept = items.draft(session, ctx, draft, ("edit",))
        number, text = int(kept.args["number"]), kept.args["text"]
        mine = items.hold_own(session, ctx, number)
        _refuse_closed(ctx, mine)
        prompts.drop(session, kept)
        return _reword(session, ctx, mine, text)

    return await ctx.settle(job)


async def withdraw(ctx: Context, number: Number) -> Reply:
    """Take your feedback back."""

    def job(session: Session) -> Reply:
        item = items.hold_own(session, ctx, number)
        if item.status is not Status.WITHDRAWN:
            when = ctx.time_of(nameless=item.nameless)
            entry = feedback.change_status(session, item, Status.WITHDRAWN, item.author_id, "", when)
            tell_withdrawal(session, ctx, item, entry)
            joins.scatter(session, item, item.author_id, when)
            attachments.drop(session, item.id)
            redact_archive(session, ctx.core.codec, [item])
        words = ctx.speech.say("#{number} is withdrawn. Nobody else is shown it any more.", number=number)
        return replace(items.changed(item, Paragraph(words)), hush=items.reveals_author(ctx, item))

    return await ctx.settle(job)


def _reword(session: Session, ctx: Context, mine: Feedback, text: str) -> Reply:
    if refusal := blocks.refusal(session, ctx, mine.audience) or refuse_edit(ctx, mine, text):
        return refusal
    if mine.audience is Audience.TRUSTED and not trusted.readers(session, ctx, text):
        return say(
            ctx.speech.say(
                "Nothing was changed: {community} has no trusted contact who could read this.",
                community=ctx.community.name,
            )
        )
    mine.seen = mine.seen or ctx.inbound.chat.overlooked
    # Before the supporters are told, as a held item is not quoted to them.
    holding.hold_again(session, ctx, mine)
    told = rewording.reword(session, ctx, mine, text)
    if mine.audience is Audience.TRUSTED:
        trusted.tell(session, ctx, mine)
    severity.check_words(session, ctx, mine)
    receipts.keep(ctx, mine)
    return _reworded(ctx, mine, told)


def _reworded(ctx: Context, mine: Feedback, told: int) -> Reply:
    """The reply with an item's new words.

    Args:
        told: how many people will be told of them.
    """
    hidden, public = mine.publication is not Publication.SHOWN, mine.audience is Audience.EVERYONE
    return items.changed(
        mine,
        Paragraph(ctx.speech.say("#{number} now reads:", number=mine.number)),
        items.words(ctx.speech, mine, whole=True),
        *((Paragraph(who_sees_item(ctx, mine)),) if hidden else ()),
        *((Paragraph(drafts.warning(ctx)),) if public and find_contacts(mine.text) else ()),
        *((Paragraph(_told(ctx, told)),) if told else ()),
        *items.own_buttons(ctx, mine),
    )


def _told(ctx: Context, number: int) -> str:
    return ctx.speech.count(
        "{n} person who supports or follows it will be told.",
        "{n} people who support or follow it will be told.",
        number,
    )


def _refuse_files(ctx: Context, item: Feedback) -> None:
    """Raise `UserError` if an item takes no files, as it is closed, or nameless, since a file can reveal its author."""
    if item.nameless:
        raise UserError(ctx.speech.say("A file can give its author away, so nothing was kept. Send the words alone."))
    _refuse_closed(ctx, item)


def _refuse_closed(ctx: Context, item: Feedback) -> None:
    if not items.is_open(item):
        words = ctx.speech.say("#{number} is closed; its words stay as they are.", number=item.number)
        raise Outdated(words, *items.own_buttons(ctx, item))


def _refuse_in_public(ctx: Context, item: Feedback) -> Reply:
    words = ctx.speech.say(
        "#{number} is without a name, and others read along here: its words stay as they are. They can be changed in "
        "the private chat with the bot.",
        number=item.number,
    )
    return Reply((Paragraph(words),), hush=True)
