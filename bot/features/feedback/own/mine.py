"""Shows the card of one item, and supports or follows it."""

from dataclasses import replace

from sqlmodel import Session

from bot.commands.registry import Number, Token
from bot.context import Context
from bot.features.feedback import cards
from bot.features.feedback.beside import answer_beside, ask_to_read
from bot.feedback import details, items
from bot.feedback.attachments.enclosures import enclosures
from bot.feedback.audience.visibility import may_see, who_sees_item
from bot.feedback.desk import severity
from bot.feedback.display import joined, view, voices
from bot.feedback.display.accents import accent
from bot.feedback.display.card import Reader, content, reasons
from bot.feedback.display.edits import supporters, version
from bot.feedback.display.moment import as_of
from bot.feedback.display.outdated import Outdated
from bot.feedback.telling import exchange
from bot.ports.inbound import Role
from bot.ports.reply import (
    Block,
    Button,
    Buttons,
    Fields,
    Paragraph,
    Reply,
    say,
)
from storage.engine.loading import by_id
from storage.items.desk import exchanges
from storage.items.support import groups, supports
from storage.models import Feedback, Member
from storage.vocabulary import Publication, Status

VIEW = "status"
LISTS = ("mine", "top")
"""The commands that list items, each with a button that opens its card."""


async def status(ctx: Context, number: Number, listed: Token | None = None) -> Reply:
    """See where one piece of feedback stands."""
    # listed: the place in `LISTS` of the list whose entry was pressed.
    if listed is None or listed not in range(len(LISTS)) or not ctx.inbound.chat.private:
        # Elsewhere others read the list, too.
        return await ctx.read(lambda session: _card(session, ctx, number))
    back = Buttons((Button(ctx.speech.say("Back"), LISTS[listed]),))
    card = await ctx.read(lambda session: _card(session, ctx, number, back))
    return replace(card, edits=True)


async def support_item(ctx: Context, number: Number, read: Token | None = None, on: Token | None = None) -> Reply:
    """Support someone's feedback, or take your support back."""
    # read: the version of the words that the button stood under. on: 1 to support, 0 to take it back.

    return await ctx.settle(lambda session: change_support(session, ctx, number, read, on))


def change_support(session: Session, ctx: Context, number: int, read: int | None, on: int | None) -> Reply:
    """Support an item, or take that back.

    Args:
        read: the `version` of the words that the button stood under; None where it tells none.
        on: 1 to support, 0 to take it back; None to change what is.

    Raises:
        UserError: it is not in view.
    """
    item = _hold_in_view(session, ctx, number)
    # A person who pressed the button of a joined item has read the words of that one.
    if item.number == number and read not in (None, version(item)):
        return ask_to_read(ctx, item) if ctx.inbound.aloud else _show_new_words(session, ctx, item)
    if items.wrote(ctx, item, ctx.member):
        said = ctx.speech.say("#{number} is yours: it counts already.", number=item.number)
        return _with_card(session, ctx, item, said)
    person = ctx.person(session)
    before = supports.supports(session, item, person)
    after = _wanted(ctx, on, before)
    if after and not before and (own := joined.own_joined(session, ctx, item)):
        said = ctx.speech.say(
            "#{own} is yours and joined to #{number}: it counts already.", own=own.number, number=item.number
        )
        return _with_card(session, ctx, item, said)
    if after is not before:
        supports.toggle(session, item, person, ctx.now)
    if after and not before:
        severity.check_growth(session, ctx, item)
    said = _supported(session, ctx, item, before, after)
    return _with_card(session, ctx, item, said, again=before and after)


def _supported(session: Session, ctx: Context, item: Feedback, before: bool, after: bool) -> str:
    """The sentence on a person's support after the command."""
    say_, number = ctx.speech.say, item.number
    total = supporters(ctx.speech, supports.total(session, item), 0)
    if before and after:
        return say_("You support #{number} already ({total}).", number=number, total=total)
    if after and not items.is_open(item):
        word = items.state(ctx.speech, item)
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
        item = _hold_in_view(session, ctx, number)
        if items.wrote(ctx, item, ctx.member):
            said = ctx.speech.say("#{number} is yours: you hear of it anyway.", number=item.number)
            return _with_card(session, ctx, item, said)
        person = ctx.person(session)
        before = supports.follows(session, item, person)
        after = _wanted(ctx, on, before)
        if after is not before:
            supports.toggle_follow(session, item, person, ctx.now)
        if after:
            said = ctx.speech.say("You will hear what becomes of #{number}.", number=item.number)
        else:
            said = ctx.speech.say("You no longer follow #{number}.", number=item.number)
        return _with_card(session, ctx, item, said)

    return await ctx.settle(job)


def _wanted(ctx: Context, on: int | None, before: bool) -> bool:
    """Whether a person wants to support or follow: as the button says; a typed command inverts `before`."""
    if on is not None:
        return bool(on)
    # A button without it is of an earlier version, and always said "Support" or "Follow".
    return ctx.inbound.button is not None or not before


def _with_card(session: Session, ctx: Context, item: Feedback, said: str, *, again: bool = False) -> Reply:
    """Say what was done, with the card as it is now in place of the one whose button was pressed.

    On a card that others see, too, only the sentence is shown, to that person alone.

    Args:
        said: the sentence on what was done.
        again: whether nothing was done, because it had been done before.
    """
    if ctx.inbound.button is None:
        return say(said)
    if ctx.inbound.aloud:
        return answer_beside(session, ctx, item, said, again=again)
    # Read again, as somebody new has been stored meanwhile.
    who = replace(ctx, member=by_id(session, Member, ctx.person(session)))
    card = _card(session, who, item.number)
    return replace(card, blocks=(Paragraph(said), *cards.blocks_to_edit(ctx, card)))


def _hold_in_view(session: Session, ctx: Context, number: int) -> Feedback:
    """As `_find_in_view`, for the item that this one is joined to, if any; it is locked until the transaction ends."""
    item = _find_in_view(session, ctx, number)
    groups.hold(session, item)
    to = groups.target(session, item)
    return item if to is item else _find_in_view(session, ctx, to.number)


def _find_in_view(session: Session, ctx: Context, number: int) -> Feedback:
    """The item with that number, if it can be supported and followed.

    Raises:
        Outdated: there is none that this person may see, or a moderator has not published it or took it from view.
    """
    item = items.find(session, ctx, number)
    if item.publication is not Publication.SHOWN and not items.wrote(ctx, item, ctx.member):
        raise Outdated(ctx.speech.say("#{number} is not in view: nobody can support or follow it.", number=number))
    return item


def _show_new_words(session: Session, ctx: Context, item: Feedback) -> Reply:
    """The reply to a person who pressed a button under words that have changed since; nothing is done."""
    said = ctx.speech.say("The words of #{number} have changed since they were shown here:", number=item.number)
    return Reply((Paragraph(said), items.words(ctx.speech, item), items.support_buttons(session, ctx, item)))


def _card(session: Session, ctx: Context, number: int, *below: Block) -> Reply:
    """One item's card, with these blocks below; it is edited when the item changes."""
    item = items.find(session, ctx, number)
    if below:
        cards.keep(ctx, item, lambda session, ctx, item: _drawn(session, ctx, item, *below))
    else:
        cards.keep(ctx, item, _drawn, VIEW)
    return _drawn(session, ctx, item, *below)


def _drawn(session: Session, ctx: Context, item: Feedback, *below: Block) -> Reply:
    """An item's card: its words, status, author, area, supporters, latest reason, and this person's buttons."""
    mine_ = items.wrote(ctx, item, ctx.member)
    whole = mine_ or ctx.inbound.actor.role >= Role.MODERATOR
    reader = Reader(ctx.speech, ctx.zone, whole, ctx.core.languages.all())
    shown_to = (Paragraph(who_sees_item(ctx, item)),) if mine_ and item.status is not Status.WITHDRAWN else ()
    turns = exchange.own_turns(session, ctx, item) if mine_ else ()
    said = (*reasons(session, reader, item), *view.explain(session, ctx, item, own=mine_), *turns)
    said = (*said, *joined.target_shown(session, ctx, item))
    buttons = _own_buttons(session, ctx, item) if mine_ else _others_buttons(session, ctx, item)
    facts = details.facts(session, ctx, item) if mine_ else ()
    told = (Fields(facts),) if facts else ()
    shown = (
        *content(session, reader, item),
        *told,
        *joined.fields(session, ctx, item),
        *voices.shown(session, ctx, item),
    )
    return Reply((*shown, *shown_to, *said, as_of(ctx), *buttons, *below), accent=accent(item))


def _own_buttons(session: Session, ctx: Context, item: Feedback) -> tuple[Buttons, ...]:
    asked = exchanges.open_question(session, item) if item.status is not Status.WITHDRAWN else None
    answering = (exchange.answer_button(ctx.speech, item),) if asked else ()
    first = (*answering, *view.author_buttons(session, ctx, item))
    if item.status is Status.JOINED:
        first = (*first, joined.objection_button(ctx.speech, item))
    return (*((Buttons(first),) if first else ()), *items.own_buttons(ctx, item))


def _others_buttons(session: Session, ctx: Context, item: Feedback) -> tuple[Buttons, ...]:
    """The buttons for people other than the author: to support an item in view, and a moderator's."""
    to = groups.target(session, item)
    support = (items.support_buttons(session, ctx, to),) if _is_supported(ctx, item, to) else ()
    if ctx.inbound.actor.role < Role.MODERATOR:
        return support
    more = Button(ctx.speech.say("More actions"), "more", {"number": str(item.number)})
    handed = enclosures(session, ctx.speech, item, whole=True).button(ctx.speech, item.number)
    moderating = (*view.decide_button(ctx, item), *view.moderator_buttons(session, ctx, item))
    return (*support, Buttons((*moderating, *handed, more)))


def _is_supported(ctx: Context, item: Feedback, to: Feedback) -> bool:
    """Whether this person may support an item that is shown to them.

    Args:
        to: the item it is joined to, or itself.
    """
    shown = item.publication is Publication.SHOWN is to.publication
    return shown and (to is item or (may_see(ctx, to) and not items.wrote(ctx, to, ctx.member)))


DRAWS = {VIEW: cards.redraw_with(_drawn)}
"""The functions that redraw views, by the name of the view."""
