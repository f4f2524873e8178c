"""Answers words about danger with where to find help, and tells the trusted contacts."""

from dataclasses import replace

from sqlmodel import Session

from bot.commands.registry import LongText, Number
from bot.context import Context
from bot.feedback import items
from bot.feedback.audience import nameless, trusted
from bot.feedback.help import help_now, not_told
from bot.ports.adapter import NotStored
from bot.ports.reply import Reply
from storage.answers import questions
from storage.engine.errors import StoreError
from storage.items import feedback
from storage.items.feedback import NewItem
from storage.vocabulary import Audience, Kind, Naming

MOST = 50
"""The largest number of open messages to the trusted contacts from one person."""


async def urgent(ctx: Context, text: LongText, name: Naming | None = None, number: Number | None = None) -> Reply:
    """Name human help to a person who may be in danger, and tell the trusted contacts.

    Raises:
        NotStored: nothing can be stored; it holds the reply that names help anyway.
    """
    try:
        return await _tell_all(ctx, text, name, number)
    except StoreError as error:
        shown = help_now(
            ctx, not_told(ctx.speech, ctx.inbound) if ctx.here else ctx.speech.say("Nobody else was told.")
        )
        raise NotStored(str(error), replace(shown, private=ctx.private)) from error


async def confide(ctx: Context, text: LongText, name: Naming | None = None) -> Reply:
    """Write to the trusted contacts of somebody who may be in danger.

    Raises:
        NotStored: nothing can be stored; it holds the reply that names help anyway.
    """
    return await urgent(ctx, text, name)


async def _tell_all(ctx: Context, text: str, name: Naming | None, number: int | None) -> Reply:
    if not ctx.here:
        return await ctx.show(help_now(ctx, ctx.speech.say("Nobody else was told.")))
    wished = name is Naming.NAMELESS or ctx.core.recogniser.wish(text).nameless
    await ctx.meet()

    def job(session: Session) -> Reply:
        person = ctx.person(session)
        unnamed = wished or _was_nameless(session, ctx, number)
        if _has_told_enough(session, ctx, person):
            return help_now(ctx, ctx.speech.say("What was sent before is with them; this was not sent again."))
        item = _keep(session, ctx, text, person, unnamed=unnamed)
        return help_now(ctx, _tell(session, ctx, item))

    return await ctx.settle(job)


def _keep(session: Session, ctx: Context, text: str, person: int, *, unnamed: bool) -> NewItem:
    """Store the words as an item for the trusted contacts alone, so that they can answer it."""
    when = ctx.time_of(nameless=unnamed)
    item = NewItem(
        community_id=ctx.community.id,
        kind=Kind.PROBLEM,
        audience=Audience.TRUSTED,
        nameless=unnamed,
        language=ctx.core.detector.detect(text, ctx.speech.language),
        text=text,
        author_id=None if unnamed else person,
        author_hash=ctx.mark(person) if unnamed else None,
        seen=ctx.inbound.chat.overlooked,
        # An edited message may have been filed before, and each version counts.
        source=None if feedback.by_source(session, ctx.source) else ctx.source,
        created_at=when,
        changed_at=when,
    )
    feedback.add(session, item)
    if unnamed:
        nameless.seal(session, ctx, item)
    return item


def _was_nameless(session: Session, ctx: Context, number: int | None) -> bool:
    """Whether the words are a new version of a nameless item or question."""
    made = feedback.by_number(session, ctx.community.id, number) if number else feedback.by_source(session, ctx.source)
    asked = questions.of_message(session, ctx.source)
    return bool((made and made.nameless) or (asked and asked.holder))


def _has_told_enough(session: Session, ctx: Context, person: int) -> bool:
    """Whether this person has so many open messages to the contacts that more would bury those of others."""
    theirs = feedback.of_author(session, ctx.community.id, person, ctx.marks(person), MOST)
    return sum(item.audience is Audience.TRUSTED and items.is_open(item) for item in theirs) >= MOST


def _tell(session: Session, ctx: Context, item: NewItem) -> str:
    """Tell the trusted contacts or, without any, the staff's place without the name; return a sentence on whom."""
    if trusted.tell(session, ctx, item, urgent=True):
        if item.nameless:
            return ctx.speech.say("The trusted contacts of this community are told, without your name.")
        return ctx.speech.say("The trusted contacts of this community are told, with your name.")
    if trusted.tell_staff(session, ctx, item):
        return ctx.speech.say("The team is told, without your name.")
    return ctx.speech.say("Nobody else was told.")
