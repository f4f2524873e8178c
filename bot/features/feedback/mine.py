"""Shows feedback: one's own items, one item's card and the most supported items; and supports or follows one."""

from dataclasses import replace

from sqlmodel import Session

from bot.commands.registry import Number, Token
from bot.context import Context
from bot.feedback import items, view
from bot.feedback.accents import accent
from bot.feedback.attachments.enclosures import Enclosures, enclosures
from bot.feedback.audience.visibility import who_sees_item
from bot.feedback.edits import edited, supporters, version
from bot.feedback.outdated import Outdated
from bot.ports.inbound import Role
from bot.ports.reply import (
    Bullets,
    Button,
    Buttons,
    Fields,
    Image,
    Line,
    Paragraph,
    Quote,
    Reply,
    Row,
    Strong,
    Title,
    say,
)
from storage.items import backlog, feedback, supports
from storage.models import Feedback, Member
from storage.people import members
from storage.vocabulary import Action, Publication, Status

LISTS = ("mine", "top")
"""The commands that list items, each with a button that opens its card."""


async def mine(ctx: Context) -> Reply:
    """See what became of your feedback."""
    member = ctx.member
    found: list[Feedback] = []
    if member:
        marks = ctx.marks(member.id)
        found = await ctx.read(lambda session: feedback.of_author(session, ctx.community.id, member.id, marks))
    if not found:
        return say(ctx.speech.say("Nothing of yours yet. /suggest, /problem and /praise reach the team."))
    # Buttons of one reply are stored together: a nameless item's, beside the author's named ones, would reveal them.
    shown = {item.id for item in [item for item in found if not item.nameless][:5]}
    entries = (
        _entry(ctx, _line(ctx, item), item) if item.id in shown else Bullets((_line(ctx, item),)) for item in found
    )
    return Reply((Title(ctx.speech.say("Your feedback")), *entries))


async def status(ctx: Context, number: Number, listed: Token | None = None) -> Reply:
    """See where one piece of feedback stands."""
    # listed: the place in `LISTS` of the list whose entry was pressed.
    card = await ctx.read(lambda session: _card(session, ctx, number))
    if listed is None or listed not in range(len(LISTS)) or not ctx.inbound.chat.private:
        # Elsewhere others read the list, too.
        return card
    back = Buttons((Button(ctx.speech.say("Back"), LISTS[listed]),))
    return replace(card, blocks=(*card.blocks, back), instead=True)


async def top(ctx: Context) -> Reply:
    """See what moves here."""

    def job(session: Session) -> tuple[list[tuple[Feedback, int]], dict[int, int]]:
        shown = backlog.top(session, ctx.community.id)
        return shown, supports.earlier(session, [item for item, _ in shown])

    found, earlier = await ctx.read(job)
    if not found:
        return say(ctx.speech.say("Nothing open for everyone to see yet. /suggest starts something."))
    entries = (_entry(ctx, _moving(ctx, item, total, earlier.get(item.id, 0)), item) for item, total in found)
    return Reply((Title(ctx.speech.say("What moves here")), *entries))


async def support_item(ctx: Context, number: Number, read: Token | None = None, on: Token | None = None) -> Reply:
    """Support someone's feedback, or take your support back."""
    # read: the version of the words that the button stood under. on: 1 to support, 0 to take it back.

    def job(session: Session) -> Reply:
        item = _find_in_view(session, ctx, number)
        feedback.hold(session, item)
        if read not in (None, version(item)):
            return _show_new_words(session, ctx, item)
        if items.wrote(ctx, item, ctx.member):
            said = ctx.speech.say("#{number} is yours: it counts already.", number=number)
            return _with_card(session, ctx, item, said)
        person = ctx.person(session)
        before = supports.supports(session, item, person)
        after = _wanted(ctx, on, before)
        if after is not before:
            supports.toggle(session, item, person, ctx.now)
        return _with_card(session, ctx, item, _supported(session, ctx, item, before, after))

    return await ctx.settle(job)


def _supported(session: Session, ctx: Context, item: Feedback, before: bool, after: bool) -> str:
    """What has become of a person's support, in words."""
    say_, number = ctx.speech.say, item.number
    total = supporters(ctx.speech, supports.total(session, item), 0)
    if before and after:
        return say_("You support #{number} already ({total}).", number=number, total=total)
    if after and not items.is_open(item):
        word = items.status_word(ctx.speech, item)
        return say_(
            "Noted: you support #{number} ({total}). It is already {status}.", number=number, total=total, status=word
        )
    if after:
        return say_("Noted: you support #{number} ({total}). The outcome will come to you.", number=number, total=total)
    if before:
        return say_("Your support of #{number} is taken back ({total}).", number=number, total=total)
    return say_("#{number} does not have your support any more.", number=number)


async def follow(ctx: Context, number: Number, on: Token | None = None) -> Reply:
    """Follow someone's feedback, or stop following it."""
    # on: 1 to follow, 0 to stop.

    def job(session: Session) -> Reply:
        item = _find_in_view(session, ctx, number)
        if items.wrote(ctx, item, ctx.member):
            said = ctx.speech.say("#{number} is yours: you hear of it anyway.", number=number)
            return _with_card(session, ctx, item, said)
        person = ctx.person(session)
        before = supports.follows(session, item, person)
        after = _wanted(ctx, on, before)
        if after is not before:
            supports.toggle_follow(session, item, person, ctx.now)
        if after:
            said = ctx.speech.say("You will hear what becomes of #{number}.", number=number)
        else:
            said = ctx.speech.say("You no longer follow #{number}.", number=number)
        return _with_card(session, ctx, item, said)

    return await ctx.settle(job)


def _wanted(ctx: Context, on: int | None, before: bool) -> bool:
    """Whether a person wants to support or follow: what the button says; what is typed changes what was."""
    if on is not None:
        return bool(on)
    # A button without it is of an earlier version, and always said "Support" or "Follow".
    return ctx.inbound.button is not None or not before


def _with_card(session: Session, ctx: Context, item: Feedback, said: str) -> Reply:
    """What was done; in place of the card whose button was pressed, with the card as it is now."""
    if ctx.inbound.button is None:
        return say(said)
    # Somebody new is stored by now.
    who = replace(ctx, member=session.get(Member, ctx.person(session)))
    card = _card(session, who, item.number)
    # Pictures that are messages of their own stand below the card already.
    blocks = (one for one in card.blocks if not (ctx.inbound.means.pictures_apart and isinstance(one, Image)))
    return replace(card, blocks=(Paragraph(said), *blocks))


def _find_in_view(session: Session, ctx: Context, number: int) -> Feedback:
    """The item with that number, which may be supported and followed.

    Raises:
        Outdated: there is none that this person may see, or a moderator has not published it or took it from view.
    """
    item = items.find(session, ctx, number)
    if item.publication is not Publication.SHOWN and not items.wrote(ctx, item, ctx.member):
        raise Outdated(ctx.speech.say("#{number} is not in view: nobody can support or follow it.", number=number))
    return item


def _show_new_words(session: Session, ctx: Context, item: Feedback) -> Reply:
    """The words of an item as they are now, for who pressed a button under other ones; nothing is changed."""
    said = ctx.speech.say("The words of #{number} have changed since they were shown here:", number=item.number)
    return Reply((Paragraph(said), items.words(ctx.speech, item), items.support_buttons(session, ctx, item)))


def _entry(ctx: Context, line: Line, item: Feedback) -> Row:
    """An item in a list, with the button that shows its card."""
    listed = str(LISTS.index(ctx.command.name))
    return Row(line, Button(f"#{item.number}", "status", {"number": str(item.number), "listed": listed}))


def _moving(ctx: Context, item: Feedback, total: int, earlier: int) -> Line:
    return ctx.speech.line(
        "{number} {title} · {support}",
        number=Strong(f"#{item.number}"),
        title=items.title(item),
        support=supporters(ctx.speech, total, earlier),
    )


def _line(ctx: Context, item: Feedback) -> Line:
    speech = ctx.speech
    return speech.line(
        "{number} {title} · {status} · {audience}, {name}",
        number=Strong(f"#{item.number}"),
        title=items.title(item),
        status=view.standing(speech, item),
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
    total = supports.total(session, item)
    pairs += [(speech.say("Support"), supporters(speech, total, 0))]
    pairs += edited(ctx, item, total, supports.earlier(session, [item]).get(item.id, 0))
    heading = f"{speech.word(item.kind).capitalize()} #{item.number}"
    mine_ = items.wrote(ctx, item, ctx.member)
    whole = mine_ or ctx.inbound.actor.role >= Role.MODERATOR
    words, found = items.words(speech, item, whole=whole), enclosures(session, ctx, item, whole=whole)
    buttons = _own_buttons(session, ctx, item) if mine_ else _others_buttons(session, ctx, item, found)
    pairs += found.named
    shown_to = (Paragraph(who_sees_item(ctx, item)),) if mine_ and item.status is not Status.WITHDRAWN else ()
    reasons = (*_reasons(session, ctx, item), *view.explain(session, ctx, item, own=mine_))
    blocks = (Title(heading), words, *found.pictures, Fields(tuple(pairs)), *shown_to, *reasons, *buttons)
    return Reply(blocks, accent=accent(item))


def _own_buttons(session: Session, ctx: Context, item: Feedback) -> tuple[Buttons, ...]:
    appeal = view.author_buttons(session, ctx, item)
    return (*((Buttons(appeal),) if appeal else ()), *items.own_buttons(ctx, item))


def _others_buttons(session: Session, ctx: Context, item: Feedback, found: Enclosures) -> tuple[Buttons, ...]:
    """The buttons of people other than the author: to support what is in view, and a moderator's."""
    support = (items.support_buttons(session, ctx, item),) if item.publication is Publication.SHOWN else ()
    if ctx.inbound.actor.role < Role.MODERATOR:
        return support
    more = Button(ctx.speech.say("More actions"), "more", {"number": str(item.number)})
    handed = found.button(ctx.speech, item.number)
    return (*support, Buttons((*view.moderator_buttons(session, ctx, item), *handed, more)))


def _reasons(session: Session, ctx: Context, item: Feedback) -> tuple[Paragraph | Quote, ...]:
    """The latest reason given with a change of status, as blocks; empty when none was given."""
    entries = [entry for entry in feedback.history(session, item.id) if entry.action is Action.STATUS and entry.note]
    if not entries:
        return ()
    day = ctx.speech.day(entries[-1].at.astimezone(ctx.zone).date())
    reason = ctx.speech.translate(entries[-1].note)
    return Paragraph(ctx.speech.say("The team's word of {day}:", day=day)), Quote(reason)
