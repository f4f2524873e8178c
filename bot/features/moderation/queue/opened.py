"""Keeps the messages in which moderators have an item open up to date."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from sqlmodel import Session

from bot.context import Context
from bot.delivery.envelope import answer_key
from bot.features.moderation.queue import filters
from bot.feedback import items
from bot.feedback.display import views
from bot.feedback.display.view import restore_button
from bot.ports.reply import Block, Buttons, Paragraph, Reply
from bot.screens import Screen, Shown
from storage.items.desk.standings import Standing, standing
from storage.models import Feedback
from storage.vocabulary import Audience, Publication, Status

Draw = Callable[..., Reply]
"""Draws an item to decide on, from a session, a call, the item, and blocks to put before it."""


def keep(ctx: Context, item: Feedback, draw: Draw, name: str) -> None:
    """Note that the answer to this call shows an item, so that it is edited when the item changes.

    It is stored even for a nameless item, as a moderator's look at it does not lead to the author.

    Args:
        draw: draws the message.
        name: the name of the view, by which it is redrawn after a restart.
    """
    inbound = ctx.inbound
    key = answer_key(inbound.actor.platform, inbound.id)
    later = views.without_files(ctx)
    redraw = partial(_redraw, later, item.id, item.number, draw)
    screen = Screen(key, inbound.actor, {item.id: standing(item)}, redraw, ctx.now, ctx.now, later.register)
    screen = replace(screen, view=views.describe(later, name, told=False))
    ctx.core.screens.draw(screen)


def _redraw(ctx: Context, item_id: int, number: int, draw: Draw, session: Session, before: Shown) -> Reply:
    ctx = replace(ctx, now=ctx.core.clock.now())
    item = session.get(Feedback, item_id, populate_existing=True)
    shown = _lost(ctx, item, number) or _changed(session, ctx, item, draw, before[item_id])
    return replace(ctx.command.fit(shown, private=ctx.private), edits=True)


def redraw_with(draw: Draw) -> views.DrawView:
    """The function that redraws a stored message after a restart, made of the one that draws it."""

    def redraw(session: Session, ctx: Context, item: Feedback, before: Standing) -> Reply:
        return _redraw(ctx, item.id, item.number, draw, session, {item.id: before})

    return redraw


def _lost(ctx: Context, item: Feedback | None, number: int) -> Reply | None:
    """The message shown instead of an item that moderators may no longer decide on; None if they may."""
    speech = ctx.speech
    onward = filters.next_button(ctx, number)
    if item is None or item.audience is Audience.TRUSTED or not item.text:
        words = speech.say("There is no #{number} that you can see here.", number=number)
    elif item.status is Status.WITHDRAWN:
        words = speech.say("Meanwhile #{number} was withdrawn by its author.", number=number)
    elif item.publication is Publication.REMOVED:
        words = speech.say("Meanwhile #{number} was taken from view.", number=number)
        return Reply((Paragraph(words), Buttons((restore_button(speech, item), onward))))
    else:
        return None
    return Reply((Paragraph(words), Buttons((onward,))))


def _changed(session: Session, ctx: Context, item: Feedback | None, draw: Draw, before: Standing) -> Reply:
    if item is None:
        raise LookupError("no such item")
    told: tuple[Block, ...] = ()
    if (item.status, item.joined_to) != (before.status, before.joined_to):
        word = items.state(ctx.speech, item)
        told = (
            Paragraph(ctx.speech.say("Changed meanwhile: #{number} is {status}.", number=item.number, status=word)),
        )
    return draw(session, ctx, item, *told)
