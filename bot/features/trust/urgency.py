"""Answers words of danger at once with where people help, and tells the trusted contacts."""

from sqlmodel import Session

from bot.commands.buttons import with_tokens
from bot.commands.registry import LongText
from bot.context import Context
from bot.feedback import nameless, trusted
from bot.ports.reply import Paragraph, Reply
from storage import communities, feedback, outbox
from storage.feedback import NewItem
from storage.vocabulary import Audience, Kind, Naming

FRANCE = "Europe/Paris"
"""The zone of the communities whose help is named by number without a setting."""


async def urgent(ctx: Context, text: LongText, name: Naming | None = None) -> Reply:
    """Name human help to a person who may be in danger, and tell the trusted contacts."""
    if not ctx.here:
        return await ctx.show(_help(ctx, ctx.speech.say("Nobody else was told.")))
    unnamed = name is Naming.NAMELESS or ctx.core.recogniser.wish(text).nameless

    def job(session: Session) -> Reply:
        person = ctx.person(session)
        if _has_told_enough(session, ctx, person):
            return _help(ctx, ctx.speech.say("What was sent before is with them; this was not sent again."))
        item = _keep(session, ctx, text, person, unnamed=unnamed)
        return _help(ctx, _tell(session, ctx, item))

    return await ctx.settle(job)


def _keep(session: Session, ctx: Context, text: str, person: int, *, unnamed: bool) -> NewItem:
    """Store the words, for the trusted contacts alone, so that they can be answered."""
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
        source=ctx.source,
        created_at=ctx.now,
        changed_at=ctx.now,
    )
    feedback.add(session, item)
    if unnamed:
        nameless.seal(session, ctx, item)
    return item


def _has_told_enough(session: Session, ctx: Context, person: int) -> bool:
    """Whether this person's items are as many as one may have: a flood would hide the next person's words."""
    most = ctx.core.settings.limits.open_items
    return feedback.open_count(session, ctx.community.id, person, ctx.mark(person)) >= most


def _tell(session: Session, ctx: Context, item: NewItem) -> str:
    """Tell the trusted contacts, or without any the staff's place without the name; return whom, in words."""
    if trusted.tell(session, ctx, item, urgent=True):
        if item.nameless:
            return ctx.speech.say("The trusted contacts of this community are told, without your name.")
        return ctx.speech.say("The trusted contacts of this community are told, with your name.")
    place = communities.staff_place(session, ctx.community.id)
    if place is None:
        return ctx.speech.say("Nobody else was told.")
    speech = ctx.core.languages.speech(ctx.community.language)
    reply = trusted.alert(ctx, speech, item, "", urgent=True)
    shown = with_tokens(session, ctx.core.store.keys, reply, None, ctx.now, ctx.community.id)
    key = f"urgent:{item.id}"
    outbox.owe(session, key, ctx.core.codec.dump(shown), ctx.now, place_id=place.id, feedback_id=item.id)
    return ctx.speech.say("The team is told, without your name.")


def _help(ctx: Context, told: str) -> Reply:
    """Where people help, and who was told."""
    say_ = ctx.speech.say
    opening = say_("What you wrote sounds serious, and this is only a bot. People can help now, at any hour:")
    return Reply((Paragraph(opening), Paragraph(_numbers(ctx)), Paragraph(told)))


def _numbers(ctx: Context) -> str:
    """The community's own text on human help, else that of its country, else how to find it."""
    if ctx.own.human_help:
        return ctx.own.human_help
    if ctx.community.timezone == FRANCE:
        return ctx.speech.say("3114 (suicide prevention, free, day and night) · 112 (any emergency) · 3919 (violence)")
    return ctx.speech.say("findahelpline.com lists help near you · in an emergency, the local emergency number")
