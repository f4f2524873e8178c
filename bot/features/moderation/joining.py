"""The commands that join items saying the same, and separate them again; the authors are told."""

from sqlmodel import Session

from bot.commands.registry import Number, Token
from bot.context import Context
from bot.errors import UserError
from bot.features.moderation.queue.filters import kept, next_button
from bot.features.moderation.queue.finding import find
from bot.feedback import items
from bot.feedback.audience.visibility import may_see
from bot.feedback.desk import severity
from bot.feedback.display.edits import supporters, version
from bot.feedback.display.joined import separate_button, tell_decided, tell_joined, tell_separated
from bot.feedback.display.outdated import Outdated
from bot.feedback.display.suggestions import suggestions
from bot.ports.reply import Block, Button, Buttons, Paragraph, Reply, Weight, say
from storage.items.support import groups, joins, supports
from storage.items.support.joins import Obstacle
from storage.models import Feedback
from storage.vocabulary import Audience

OFFERED = 3
"""The largest number of items offered to join one to."""


async def jointo(ctx: Context, number: Number, to: Number | None = None, sure: Token | None = None) -> Reply:
    """Join feedback to other feedback that says the same."""
    # sure: a checksum of the words of both as they were shown.
    if to is None:
        return await _choose(ctx, number)
    if sure is None:
        return await ctx.read(lambda session: _show_both(session, ctx, number, to))
    return await ctx.settle(lambda session: _join(session, ctx, number, to, sure))


async def separate(ctx: Context, number: Number) -> Reply:
    """Separate feedback from what it was joined to."""

    def job(session: Session) -> Reply:
        item = find(session, ctx, number)
        to = groups.target(session, item)
        entries = joins.separate(session, item, ctx.person(session), ctx.now)
        if not entries:
            return _list_joined(session, ctx, item)
        told = tell_separated(session, ctx, entries[:1]) + tell_joined(session, ctx, item, entries[1:])
        word = items.status_word(ctx.speech, item)
        done = ctx.speech.say("#{number} stands on its own again: {status}.", number=number, status=word)
        again = (join_button(ctx, item, to),) if joins.obstacle(item, to) is None else ()
        return Reply((Paragraph(f"{done}{_told(ctx, told)}"), Buttons((*again, next_button(ctx, item.number)))))

    return await ctx.settle(job)


async def _choose(ctx: Context, number: int) -> Reply:
    """Ask which item to join this one to, with similar ones as buttons."""
    item = await ctx.read(lambda session: find(session, ctx, number))
    near = await suggestions(ctx, item)

    def look(session: Session) -> list[Feedback]:
        _refuse(ctx, item, joins.obstacle(item, item), item, but=Obstacle.ITSELF)
        found = [one for own in near if (one := session.get(Feedback, own)) is not None]
        return [one for one in found if may_see(ctx, one) and joins.obstacle(item, one) is None][:OFFERED]

    found = await ctx.read(look)
    ready = tuple(_offer(ctx, item, one) for one in found)
    asked = ctx.speech.say("Which one says the same as #{number}?", number=number)
    return await ctx.ask(asked, "to", ready=ready)


def _offer(ctx: Context, item: Feedback, to: Feedback) -> Button:
    return Button(f"#{to.number} {items.title(to, 40)}", "jointo", {"number": str(item.number), "to": str(to.number)})


def _show_both(session: Session, ctx: Context, number: int, to: int, *before: Block) -> Reply:
    """Show both items, with buttons that join either to the other."""
    item, named = find(session, ctx, number), find(session, ctx, to)
    other = groups.target(session, named)
    if named is not other is item:
        _refuse(ctx, named, Obstacle.JOINED, other)
    _refuse(ctx, item, joins.obstacle(item, other), other)
    asked = ctx.speech.say(
        "Do both say the same? Who wrote or supports #{number} then counts at #{to}, once.", **_both(item, other)
    )
    shown = [
        block
        for one in (item, other)
        for block in (_summary(session, ctx, one), items.words(ctx.speech, one, whole=True))
    ]
    round_ = (join_button(ctx, other, item),) if joins.obstacle(other, item) is None else ()
    leave = Button(ctx.speech.say("Leave it"), "queue", {"number": str(item.number)})
    buttons = Buttons((join_button(ctx, item, other, Weight.PRIMARY), *round_, leave))
    return Reply((*before, *shown, *_caution(ctx, item, other), Paragraph(asked), buttons), edits=True)


def _summary(session: Session, ctx: Context, item: Feedback) -> Paragraph:
    total = supporters(ctx.speech, supports.total(session, item), 0)
    seen = ctx.speech.word(item.audience)
    return Paragraph(f"#{item.number} · {items.status_word(ctx.speech, item)} · {seen} · {total}")


def _caution(ctx: Context, item: Feedback, to: Feedback) -> tuple[Paragraph, ...]:
    """A sentence on joining an item for the team only to one for everyone; empty otherwise."""
    if item.audience is to.audience or item.audience is Audience.EVERYONE:
        return ()
    words = ctx.speech.say(
        "#{number} is for the team only, and stays so: members see nothing of it at #{to}.", **_both(item, to)
    )
    return (Paragraph(words),)


def _join(session: Session, ctx: Context, number: int, to: int, sure: int) -> Reply:
    item, other = find(session, ctx, number), find(session, ctx, to)
    groups.hold(session, item, other)
    item, other = find(session, ctx, number), groups.target(session, find(session, ctx, to))
    _refuse(ctx, item, joins.obstacle(item, other), other)
    if sure != _words_mark(item, other):
        changed = Paragraph(ctx.speech.say("The words have changed since they were shown here:"))
        return _show_both(session, ctx, number, other.number, changed)
    informed = supports.concerned(session, other)
    entries = joins.join(session, item, other, ctx.person(session), ctx.now)
    told = tell_joined(session, ctx, other, entries)
    others = tell_decided(session, ctx, other, entries, informed)
    severity.check_growth(session, ctx, other)
    total = supporters(ctx.speech, supports.total(session, other), 0)
    done = ctx.speech.say("#{number} is joined to #{to} ({total}).", total=total, **_both(item, other))
    buttons = Buttons((separate_button(ctx.speech, item), next_button(ctx, item.number)))
    return Reply((Paragraph(f"{done}{_told(ctx, told)}{_others(ctx, others)}"), buttons), edits=True)


def _refuse(ctx: Context, item: Feedback, why: Obstacle | None, to: Feedback, but: Obstacle | None = None) -> None:
    """Raise `UserError` if an item cannot be joined to another.

    Args:
        why: the obstacle; None when there is none.
        to: the other item.
        but: an obstacle to ignore.
    """
    say_, numbers = ctx.speech.say, _both(item, to)
    match why:
        case Obstacle.ITSELF if but is None:
            raise UserError(say_("#{number} cannot be joined to itself.", **numbers))
        case Obstacle.KIND:
            raise UserError(say_("Praise is read, and not joined."))
        case Obstacle.JOINED:
            raise Outdated(
                say_("#{number} is joined already.", **numbers), Buttons((separate_button(ctx.speech, item),))
            )
        case Obstacle.CLOSED:
            word = items.status_word(ctx.speech, item)
            raise Outdated(say_("#{number} is closed ({status}): it stays as it is.", status=word, **numbers))
        case Obstacle.HIDDEN:
            raise Outdated(say_("#{to} is not in view: nothing is joined to it.", **numbers))
        case Obstacle.NARROWER:
            words = say_("Everyone sees #{number}, and only the team #{to}: it works the other way round.", **numbers)
            raise Outdated(
                words, *(Buttons((join_button(ctx, to, item),)),) if joins.obstacle(to, item) is None else ()
            )
        case Obstacle.TRUSTED | Obstacle.ELSEWHERE:
            raise Outdated(say_("There is no #{number} that you can see here.", number=to.number))


def _list_joined(session: Session, ctx: Context, item: Feedback) -> Reply:
    """The reply that an item is not joined to another, with buttons to separate those joined to it."""
    words = ctx.speech.say("#{number} is not joined to another.", number=item.number)
    found = [one for one in groups.joined(session, item) if may_see(ctx, one)]
    if not found:
        return say(words)
    return Reply((Paragraph(words), Buttons(tuple(separate_button(ctx.speech, one) for one in found[:5]))))


def join_button(ctx: Context, item: Feedback, to: Feedback, weight: Weight = Weight.PLAIN) -> Button:
    """The button that joins an item to another at once, unless the words of one change before it is pressed."""
    numbers = _both(item, to)
    label = ctx.speech.say("Join #{number} to #{to}", **numbers)
    sure = {"sure": str(_words_mark(item, to))}
    args = {name: str(one) for name, one in numbers.items()} | sure
    return Button(label, "jointo", {**kept(ctx).args(), **args}, weight=weight)


def _words_mark(item: Feedback, to: Feedback) -> int:
    return version(item) << 16 | version(to)


def _both(item: Feedback, to: Feedback) -> dict[str, int]:
    return {"number": item.number, "to": to.number}


def _told(ctx: Context, told: int) -> str:
    heard = ctx.speech.count("{n} author will be told.", "{n} authors will be told.", told)
    return f" {heard}" if told else ""


def _others(ctx: Context, told: int) -> str:
    heard = ctx.speech.count(
        "{n} person who supports or follows it will be told.",
        "{n} people who support or follow it will be told.",
        told,
    )
    return f" {heard}" if told else ""
