"""Shows feedback: one's own items, one item's card and the most supported items; and supports or follows one."""

from sqlmodel import Session

from bot.commands.registry import Number
from bot.context import Context
from bot.feedback import items
from bot.feedback.visibility import who_sees_item
from bot.ports.inbound import Role
from bot.ports.reply import Bullets, Button, Buttons, Fields, Line, Paragraph, Quote, Reply, Strong, Title, say
from storage import feedback, members, supports
from storage.models import Feedback
from storage.vocabulary import Action, Status


async def mine(ctx: Context) -> Reply:
    """See what became of your feedback."""
    member = ctx.member
    found: list[Feedback] = []
    if member:
        mark = ctx.mark(member.id)
        found = await ctx.read(lambda session: feedback.of_author(session, ctx.community.id, member.id, mark))
    if not found:
        return say(ctx.speech.say("Nothing of yours yet. /suggest, /problem and /praise reach the team."))
    lines = tuple(_line(ctx, item) for item in found)
    # Buttons of one reply are stored together: a nameless item's, beside the author's named ones, would reveal them.
    shown = [item for item in found if not item.nameless][:5]
    buttons = tuple(Button(f"#{item.number}", "status", {"number": str(item.number)}) for item in shown)
    return Reply((Title(ctx.speech.say("Your feedback")), Bullets(lines), Buttons(buttons)))


async def status(ctx: Context, number: Number) -> Reply:
    """See where one piece of feedback stands."""
    return await ctx.read(lambda session: _card(session, ctx, number))


async def top(ctx: Context) -> Reply:
    """See what moves here."""
    found = await ctx.read(lambda session: feedback.top(session, ctx.community.id))
    if not found:
        return say(ctx.speech.say("Nothing open for everyone to see yet. /suggest starts something."))
    lines = tuple(
        ctx.speech.line(
            "{number} {title} · {support}",
            number=Strong(f"#{item.number}"),
            title=items.title(item),
            support=support(ctx, total),
        )
        for item, total in found
    )
    buttons = [Button(f"#{item.number}", "status", {"number": str(item.number)}) for item, _ in found]
    return Reply((Title(ctx.speech.say("What moves here")), Bullets(lines), Buttons(tuple(buttons))))


async def support_item(ctx: Context, number: Number) -> Reply:
    """Support someone's feedback, or take your support back."""

    def job(session: Session) -> Reply:
        item = items.find(session, ctx, number)
        if items.wrote(ctx, item, ctx.member):
            return say(ctx.speech.say("#{number} is yours: it counts already.", number=number))
        supported = supports.toggle(session, item, ctx.person(session), ctx.now)
        total = support(ctx, supports.total(session, item))
        if supported and not items.is_open(item):
            word = items.status_word(ctx.speech, item)
            said = ctx.speech.say(
                "Noted: you support #{number} ({total}). It is already {status}.",
                number=number,
                total=total,
                status=word,
            )
        elif supported:
            said = ctx.speech.say(
                "Noted: you support #{number} ({total}). The outcome will come to you.", number=number, total=total
            )
        else:
            said = ctx.speech.say("Your support of #{number} is taken back ({total}).", number=number, total=total)
        return say(said)

    return await ctx.settle(job)


async def follow(ctx: Context, number: Number) -> Reply:
    """Follow someone's feedback, or stop following it."""

    def job(session: Session) -> Reply:
        item = items.find(session, ctx, number)
        if items.wrote(ctx, item, ctx.member):
            return say(ctx.speech.say("#{number} is yours: you hear of it anyway.", number=number))
        if supports.toggle_follow(session, item, ctx.person(session), ctx.now):
            return say(ctx.speech.say("You will hear what becomes of #{number}.", number=number))
        return say(ctx.speech.say("You no longer follow #{number}.", number=number))

    return await ctx.settle(job)


def support(ctx: Context, total: int) -> str:
    """The number of supporters, in words."""
    return ctx.speech.count("{n} supporter", "{n} supporters", total)


def _line(ctx: Context, item: Feedback) -> Line:
    speech = ctx.speech
    return speech.line(
        "{number} {title} · {status} · {audience}, {name}",
        number=Strong(f"#{item.number}"),
        title=items.title(item),
        status=items.status_word(speech, item),
        audience=speech.word(item.audience),
        name=speech.word(feedback.naming_of(item)),
    )


def _card(session: Session, ctx: Context, number: int) -> Reply:
    """One item's card: its words, status, author, area, supporters, latest reason, and this person's buttons."""
    item, speech = items.find(session, ctx, number), ctx.speech
    names = members.names(session, {item.author_id}) if item.author_id else {}
    author = names.get(item.author_id or 0) if not item.nameless else None
    pairs: list[tuple[str, Line]] = [(speech.say("Status"), (Strong(items.status_word(speech, item)),))]
    pairs += [(speech.say("From"), author)] if author else []
    pairs += [(speech.say("Area"), speech.area(item.area))] if item.area else []
    pairs += [(speech.say("Support"), support(ctx, supports.total(session, item)))]
    heading = f"{speech.word(item.kind).capitalize()} #{item.number}"
    mine_ = items.wrote(ctx, item, ctx.member)
    buttons = items.own_buttons(ctx, item) if mine_ else (items.support_buttons(ctx, item), *_moderating(ctx, item))
    words = items.words(speech, item, whole=mine_ or ctx.inbound.actor.role >= Role.MODERATOR)
    shown_to = (Paragraph(who_sees_item(speech, item)),) if mine_ and item.status is not Status.WITHDRAWN else ()
    reasons = _reasons(session, ctx, item)
    return Reply((Title(heading), words, Fields(tuple(pairs)), *shown_to, *reasons, *buttons))


def _moderating(ctx: Context, item: Feedback) -> tuple[Buttons, ...]:
    """What moderators can do about an item besides."""
    if ctx.inbound.actor.role < Role.MODERATOR:
        return ()
    return (Buttons((Button(ctx.speech.say("More actions"), "more", {"number": str(item.number)}),)),)


def _reasons(session: Session, ctx: Context, item: Feedback) -> tuple[Paragraph | Quote, ...]:
    """The latest reason given with a change of status, as blocks; empty when none was given."""
    entries = [entry for entry in feedback.history(session, item.id) if entry.action is Action.STATUS and entry.note]
    if not entries:
        return ()
    day = ctx.speech.day(entries[-1].at.astimezone(ctx.zone).date())
    reason = ctx.speech.translate(entries[-1].note)
    return Paragraph(ctx.speech.say("The team's word of {day}:", day=day)), Quote(reason)
