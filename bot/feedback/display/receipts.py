"""The receipt, by which an author is shown their item with its buttons; it is edited when the item changes."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from sqlmodel import Session

from bot.context import Context
from bot.core import Core
from bot.delivery.envelope import answer_key
from bot.feedback import items
from bot.feedback.audience.visibility import already_seen
from bot.feedback.desk import routing
from bot.feedback.display import joined, view, views
from bot.ports.inbound import Actor, Chat, Inbound
from bot.ports.reply import Block, Button, Buttons, Line, Paragraph, Reply, say
from bot.screens import Screen, Shown
from storage.engine.loading import by_id, one_by_id
from storage.items import attachments
from storage.items.desk.standings import standing
from storage.items.feedback import AnyItem
from storage.models import Community, Feedback, Member
from storage.people import members
from storage.vocabulary import Audience, Kind, Publication, Status

RECEIPT = "receipt"
"""The command that shows a receipt again."""


def receipt(session: Session, ctx: Context, item: AnyItem, files: int, lost: Sequence[Line] = ()) -> Reply:
    """The receipt of an item that is not withdrawn; `files` and `lost` are as for `items.receipt`."""
    read_by = routing.who_reads(session, ctx, item) if items.is_open(item) else ""
    made = items.receipt(ctx, item, read_by, files, lost)
    shown = replace(made, blocks=(*made.blocks, *_talking(ctx, item), *_quoting(ctx, item)))
    if not item.seen or item.audience is Audience.EVERYONE:
        return shown
    return replace(shown, blocks=(shown.blocks[0], Paragraph(already_seen(ctx.speech)), *shown.blocks[1:]))


def keep(ctx: Context, item: AnyItem) -> None:
    """Note that the answer to this call shows its author an item, so that it is edited when the item changes.

    For a nameless item this is kept in memory only, as it would lead to its author.
    """
    inbound = ctx.inbound
    later = views.without_files(ctx)
    stored_by = None if item.nameless else item.author_id
    screen = Screen(
        answer_key(inbound.actor.platform, inbound.id),
        inbound.actor,
        {item.id: standing(item)},
        partial(_redraw, later, item.id),
        ctx.now,
        ctx.now,
        later.register,
        member_id=stored_by,
        told=True,
    )
    ctx.core.screens.draw(screen)


def redraw(session: Session, core: Core, item: Feedback, member_id: int, platform: str) -> tuple[Actor, Reply] | None:
    """The receipt as it is now, with tokens, and whom it is for; None if the member is no longer the item's author.

    Args:
        member_id: the author to whom it was sent.
        platform: the adapter by which it was sent.
    """
    community = one_by_id(session, Community, item.community_id)
    account = next((one for one in members.accounts_of(session, member_id) if one.platform == platform), None)
    member = by_id(session, Member, member_id)
    if account is None or member is None or item.author_id != member_id:
        return None
    actor = Actor(platform, account.external_id, "")
    now, speech = core.clock.now(), core.speech(community, *members.languages(session, member_id))
    inbound = Inbound("", actor, Chat(platform, actor.id, private=True, own=actor.id), now)
    ctx = Context(core, inbound, community, member, speech, core.registry.command(RECEIPT), {}, now)
    return actor, ctx.register(session, _now(session, ctx, item))


def _redraw(ctx: Context, item_id: int, session: Session, before: Shown) -> Reply:
    item = session.get_one(Feedback, item_id, populate_existing=True)
    return _now(session, replace(ctx, now=ctx.core.clock.now()), item)


def _now(session: Session, ctx: Context, item: Feedback) -> Reply:
    """The receipt as it is now, whatever became of the item."""
    if not item.text:
        shown = Reply((items.words(ctx.speech, item),))
    elif item.status is Status.WITHDRAWN:
        words = ctx.speech.say("#{number} is withdrawn. Nobody else is shown it any more.", number=item.number)
        shown = say(words)
    else:
        made = receipt(session, ctx, item, attachments.count(session, item.id))
        shown = replace(made, blocks=(*made.blocks, *_objecting(session, ctx, item)))
    return replace(shown, private=True, edits=True, again=None)


def _objecting(session: Session, ctx: Context, item: Feedback) -> tuple[Block, ...]:
    """The buttons by which an author objects to what became of their item, and why it is not in view."""
    why = view.explain(session, ctx, item, own=True) if item.publication is Publication.REMOVED else ()
    buttons = view.author_buttons(session, ctx, item)
    if item.status is Status.JOINED:
        buttons = (*buttons, joined.objection_button(ctx.speech, item))
    return (*why, *((Buttons(buttons),) if buttons else ()))


def _talking(ctx: Context, item: AnyItem) -> tuple[Buttons, ...]:
    """The button to be ready to talk about an item; none for a nameless one, as it would store who its author is."""
    if item.nameless or item.audience is Audience.TRUSTED or not items.is_open(item):
        return ()
    label = ctx.speech.say("Happy to talk about it")
    return (Buttons((Button(label, "dialogue", {"number": str(item.number)}),)),)


def _quoting(ctx: Context, item: AnyItem) -> tuple[Block, ...]:
    """The question whether praise for everyone may be quoted in public."""
    if item.kind is not Kind.PRAISE or item.audience is not Audience.EVERYONE or item.quotable:
        return ()
    asked = Paragraph(ctx.speech.say("May the team quote this in public, without your name?"))
    button = Button(ctx.speech.say("May be quoted"), "quoting", {"number": str(item.number), "on": "1"})
    return asked, Buttons((button,))
