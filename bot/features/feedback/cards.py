"""Keeps the cards and lists that people have open up to date."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from sqlmodel import Session

from bot.context import Context
from bot.delivery.envelope import answer_key
from bot.errors import UserError
from bot.feedback import items
from bot.feedback.display import views
from bot.ports.inbound import Role
from bot.ports.reply import Block, Image, Reply, say
from bot.screens import Screen, Shown
from storage.items.desk.standings import standing
from storage.models import Feedback, Member

Draw = Callable[[Session, Context, Feedback], Reply]
"""Draws the card of an item for the person of a call."""
DrawList = Callable[[Session, Context], Reply]
"""Draws a list of items for the person of a call."""


def keep(ctx: Context, item: Feedback, draw: Draw, view: str = "") -> None:
    """Note that the answer to this call shows an item's card, so that it is edited when the item changes.

    That of a nameless item is kept in memory alone: who opens it often might be its author.

    Args:
        draw: draws the card.
        view: the name by which it is stored and redrawn after a restart; empty to keep it in memory alone.
    """
    inbound = ctx.inbound
    if not (ctx.private or inbound.chat.private):
        return
    later = views.without_files(ctx)
    redraw = partial(_redraw, later, item.number, draw)
    key = answer_key(inbound.actor.platform, inbound.id)
    told = inbound.actor.role < Role.MODERATOR or items.wrote(ctx, item, ctx.member)
    now, stands = ctx.now, {item.id: standing(item)}
    shown = Screen(key, inbound.actor, stands, redraw, now, now, later.register, told=told, supported=True)
    if view and not item.nameless:
        shown = replace(shown, view=views.describe(later, view, told=told))
    ctx.core.screens.draw(shown)


def keep_list(ctx: Context, listed: Iterable[Feedback], draw: DrawList) -> None:
    """Note that the answer to this call lists items, so that it is edited when they change.

    It is kept in memory alone, since some may be nameless items of the person. Where answers go through the outbox,
    the edits of a list that others read, too, are spaced out, as they would delay the answers to others.
    """
    shown, now = {item.id: standing(item) for item in listed}, ctx.now
    alone = ctx.private or ctx.inbound.chat.private
    if not shown:
        return
    actor, later = ctx.inbound.actor, views.without_files(ctx)
    key, redraw = answer_key(actor.platform, ctx.inbound.id), partial(_redraw_list, later, draw)
    screen = Screen(key, actor, shown, redraw, now, now, later.register, told=True, supported=True)
    ctx.core.screens.draw(replace(screen, shared=ctx.inbound.means.durable and not alone))


def _redraw_list(ctx: Context, draw: DrawList, session: Session, before: Shown) -> Reply:
    ctx = _by_now(session, ctx)
    return replace(ctx.command.fit(draw(session, ctx), private=ctx.private), edits=True)


def _by_now(session: Session, ctx: Context) -> Context:
    member = session.get(Member, ctx.member.id) if ctx.member else None
    return replace(ctx, now=ctx.core.clock.now(), member=member)


def _redraw(ctx: Context, number: int, draw: Draw, session: Session, before: Shown) -> Reply:
    return _card_by_now(session, _by_now(session, ctx), number, draw)


def redraw_with(draw: Draw) -> views.DrawView:
    """The function that redraws a stored card after a restart, made of the one that draws it."""
    return lambda session, ctx, item, _: _card_by_now(session, ctx, item.number, draw)


def _card_by_now(session: Session, ctx: Context, number: int, draw: Draw) -> Reply:
    try:
        card = draw(session, ctx, items.find(session, ctx, number))
    except UserError as gone:
        card = say(str(gone))
    return replace(card, blocks=blocks_to_edit(ctx, card), private=True, edits=True)


def blocks_to_edit(ctx: Context, card: Reply) -> tuple[Block, ...]:
    """The blocks of a card that replaces an earlier one by an edit.

    Pictures that are messages of their own are left out, as they stand below the earlier card already.
    """
    apart = ctx.inbound.means.pictures_apart
    return tuple(block for block in card.blocks if not (apart and isinstance(block, Image)))
