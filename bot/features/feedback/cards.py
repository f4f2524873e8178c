"""The cards of items that people have open, kept up to date while they stand."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from sqlmodel import Session

from bot.context import Context
from bot.delivery.envelope import answer_key
from bot.errors import UserError
from bot.feedback import items
from bot.ports.inbound import Role
from bot.ports.reply import Image, Reply, say
from bot.screens import Screen
from storage.items.desk.standings import Standing, standing
from storage.models import Feedback, Member

Draw = Callable[[Session, Context, Feedback], Reply]
"""Draws the card of an item for the person of a call."""


def keep(ctx: Context, item: Feedback, draw: Draw) -> None:
    """Note that the answer to this call shows somebody an item's card; in memory, since it may lead to an author."""
    inbound = ctx.inbound
    if not (ctx.private or inbound.chat.private):
        return
    later = replace(ctx, inbound=replace(inbound, attachments=(), about=None))
    redraw = partial(_redraw, later, item.number, draw)
    key = answer_key(inbound.actor.platform, inbound.id)
    told = inbound.actor.role < Role.MODERATOR or items.wrote(ctx, item, ctx.member)
    now, stands = ctx.now, standing(item)
    shown = Screen(key, inbound.actor, item.id, stands, redraw, now, now, later.register, told=told, supported=True)
    ctx.core.screens.draw(shown)


def _redraw(ctx: Context, number: int, draw: Draw, session: Session, before: Standing) -> Reply:
    member = session.get(Member, ctx.member.id) if ctx.member else None
    ctx = replace(ctx, now=ctx.core.clock.now(), member=member)
    try:
        card = draw(session, ctx, items.find(session, ctx, number))
    except UserError as gone:
        card = say(str(gone))
    # Pictures that are messages of their own stand below the card already.
    kept = (one for one in card.blocks if not (ctx.inbound.means.pictures_apart and isinstance(one, Image)))
    return replace(card, blocks=tuple(kept), private=True, edits=True)
