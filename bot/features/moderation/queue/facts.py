"""The facts on an item's screen beside its words, and how much else waits."""

from sqlmodel import Session

from bot.context import Context
from bot.features.moderation.queue.order import unasked_since
from bot.feedback import details
from bot.feedback.attachments.enclosures import Enclosures
from bot.feedback.display import joined
from bot.feedback.display.edits import edited, supporters
from bot.locales.words import OR, mark
from bot.ports.reply import Instant, Line, Strong
from storage.items.desk import backlog
from storage.items.support import supports
from storage.models import Feedback
from storage.people import members
from storage.vocabulary import Status, Urgency

Fact = tuple[str, Line]
URGENT = {Urgency.LATE: mark("past its answer time"), Urgency.SEVERE: mark("severe")}


def facts(session: Session, ctx: Context, item: Feedback, found: Enclosures) -> tuple[Fact, ...]:
    """The facts as names and values, those that matter most for the decision first.

    Args:
        found: the item's files.
    """
    speech = ctx.speech
    names = members.names(session, {own for own in (item.author_id, item.owner_id) if own})
    author = None if item.nameless else names.get(item.author_id or 0)
    return (
        *_urgency(ctx, item),
        *_support(session, ctx, item),
        (speech.say("Status"), joined.status_line(session, speech, item)),
        *_owner(ctx, item, names.get(item.owner_id or 0)),
        (speech.say("From"), author or speech.say("without a name")),
        (speech.say("Area"), _area(ctx, item)),
        (speech.say("Since"), _since(ctx, item)),
        *(((speech.say("Said at"), (Strong(item.link),)),) if item.link else ()),
        *found.named,
        *details.facts(session, ctx, item),
        *joined.joined_shown(session, ctx, item),
        *edited(speech, ctx.zone, item, item.support, supports.earlier(session, [item]).get(item.id, 0)),
        (speech.say("Waiting"), _waiting(session, ctx)),
    )


def _urgency(ctx: Context, item: Feedback) -> tuple[Fact, ...]:
    word = URGENT.get(Urgency(item.urgency))
    return ((ctx.speech.say("Urgency"), (Strong(ctx.speech.say(word)),)),) if word else ()


def _support(session: Session, ctx: Context, item: Feedback) -> tuple[Fact, ...]:
    """How many support an item, and how many follow it without supporting it; empty where nobody does."""
    total, followers = supports.total(session, item), supports.followers(session, item)
    if not total and not followers:
        return ()
    following = f", {ctx.speech.count('{n} follows it', '{n} follow it', followers)}" if followers else ""
    return ((ctx.speech.say("Support"), f"{supporters(ctx.speech, total, 0)}{following}"),)


def _owner(ctx: Context, item: Feedback, person: str | None) -> tuple[Fact, ...]:
    """Who takes care of an item, and until when."""
    own = ctx.member is not None and item.owner_id == ctx.member.id
    who = item.team or (ctx.speech.say("you yourself") if own else person)
    due = (
        ((ctx.speech.say("Due"), ctx.speech.dated(item.due_on, ctx.now.astimezone(ctx.zone).date())),)
        if item.due_on
        else ()
    )
    return (*(((ctx.speech.say("Taken care of by"), who),) if who else ()), *due)


def _area(ctx: Context, item: Feedback) -> str:
    area = ctx.speech.area(item.area)
    return ctx.speech.say("{area} (a guess)", area=area) if item.area_guessed else area


def _since(ctx: Context, item: Feedback) -> Line:
    """When an item was filed, and how long it has waited; of a nameless one, only the day is stored."""
    filed = item.created_at.astimezone(ctx.zone).date()
    day = ctx.speech.day(filed)
    days = (ctx.now.astimezone(ctx.zone).date() - filed).days
    waits = item.status is Status.RECEIVED and days
    waiting = f" · {ctx.speech.count('waiting {n} day', 'waiting {n} days', days)}" if waits else ""
    return f"{day}{waiting}" if item.nameless else (Instant(day, item.created_at), waiting)


def _waiting(session: Session, ctx: Context) -> str:
    """The number of undecided items, counted up to `backlog.COUNTED`, and that of unread praise."""
    decisions, thanks = backlog.waiting_count(session, ctx.community.id, unasked_since(ctx))
    more = ctx.speech.say("more than {n}", n=backlog.COUNTED)
    wait = more if decisions > backlog.COUNTED else str(decisions)
    if not thanks:
        return wait
    unread = _unread(ctx, thanks)
    return OR.join((wait, unread)) if decisions else unread


def _unread(ctx: Context, thanks: int) -> str:
    if thanks > backlog.COUNTED:
        return ctx.speech.say("more than {n} messages of praise to read", n=backlog.COUNTED)
    return ctx.speech.count("{n} message of praise to read", "{n} messages of praise to read", thanks)
