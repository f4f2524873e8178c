"""Draws the notices of items posted in the staff's places, first and again after the item has changed."""

from collections.abc import Sequence
from functools import partial

from sqlmodel import Session

from bot.commands.buttons import with_tokens
from bot.core import Core
from bot.feedback.display import joined
from bot.feedback.display.accents import accent
from bot.feedback.display.postings import Posting, about, team_mark
from bot.feedback.display.view import restore_button
from bot.feedback.items import title, words
from bot.feedback.telling.occasions import AnyOccasion, Occasion
from bot.ports.reply import Accent, Block, Button, Buttons, Line, Paragraph, Quote, Reply, Strong, Weight
from bot.screens import Screen, Shown
from storage.engine.loading import one_by_id
from storage.items.desk import urgencies
from storage.items.desk.standings import standing
from storage.items.feedback import AnyItem
from storage.models import Community, Feedback
from storage.vocabulary import Audience, Publication, Status, Urgency

LONGEST = 300
"""The largest number of characters quoted of an item's words."""
ROUTED, SEVERE = "routed:", "severe:"
"""The prefixes of the delivery keys of notices."""
SAID = ("replied:", "objection:", "appeal:")
"""The prefixes of those of messages that pass on an author's words, redrawn only once the team may not read them."""


def is_teams(item: AnyItem) -> bool:
    """Whether the team may read an item."""
    hidden = item.audience is Audience.TRUSTED or item.publication is Publication.REMOVED
    return not hidden and item.status is not Status.WITHDRAWN and bool(item.text)


def draw(session: Session, ctx: AnyOccasion, item: AnyItem, *, severe: bool) -> Reply:
    """The notice of a new item: the beginning of its words, without its author's name, with a button that opens it.

    Args:
        severe: whether it is a severe problem, which is marked and told with its reason.
    """
    speech = ctx.core.speech(ctx.community)
    number, kind = Strong(f"#{item.number}"), speech.word(item.kind)
    line: Line = speech.line("New: {kind} {number}.", kind=kind, number=number)
    if severe:
        line = speech.line("{severe}: {kind} {number}.", severe=Strong(speech.say("Severe")), kind=kind, number=number)
    why = urgencies.why(session, item) if severe else ""
    said = (Paragraph(line), *((Paragraph(why),) if why else ()))
    blocks = (*said, *_content(ctx, item), _opening(ctx, item, Weight.PRIMARY))
    return Reply(blocks, private=False, accent=Accent.URGENT if severe else None)


def redraw(session: Session, core: Core, key: str, items: Sequence[Feedback]) -> Reply:
    """The notice as it is now, with tokens, without words that the team may no longer read."""
    (item,) = items
    ctx = Occasion(core, one_by_id(session, Community, item.community_id), core.clock.now())
    return with_tokens(session, core.store.keys, _now(session, ctx, item), None, ctx.now, ctx.community.id)


def withhold(session: Session, core: Core, key: str, items: Sequence[Feedback]) -> Reply | None:
    """What replaces a message that passes on an author's words; None while the team may read the item."""
    (item,) = items
    return None if is_teams(item) else redraw(session, core, key, items)


def keep_in_memory(ctx: AnyOccasion, item: AnyItem, key: str) -> None:
    """Keep a nameless item's notice up to date from memory: a stored message id would tell when it was sent."""

    def redraw_item(item_id: int, session: Session, before: Shown) -> Reply:
        found = session.get_one(Feedback, item_id, populate_existing=True)
        return redraw(session, ctx.core, key, [found])

    again = partial(redraw_item, item.id)
    ctx.core.screens.draw(Screen(key, None, {item.id: standing(item)}, again, ctx.now, ctx.now, _with_tokens_already))


def _with_tokens_already(session: Session, reply: Reply) -> Reply:
    return reply


def _now(session: Session, ctx: Occasion, item: Feedback) -> Reply:
    speech = ctx.core.speech(ctx.community)
    if not is_teams(item):
        return Reply(_gone(ctx, item), private=False)
    if item.status is Status.RECEIVED:
        return draw(session, ctx, item, severe=item.urgency == Urgency.SEVERE)
    line = speech.line(
        "{kind} {number}, by now: {status}.",
        kind=speech.word(item.kind).capitalize(),
        number=Strong(f"#{item.number}"),
        status=Strong(joined.status_line(session, speech, item)),
    )
    shown = (Paragraph(line), *_content(ctx, item), _opening(ctx, item, Weight.PLAIN))
    return Reply(shown, private=False, accent=accent(item))


def _gone(ctx: Occasion, item: Feedback) -> tuple[Block, ...]:
    """What is said instead of an item that the team may no longer read."""
    speech = ctx.core.speech(ctx.community)
    if item.status is Status.WITHDRAWN:
        return (Paragraph(speech.say("Meanwhile #{number} was withdrawn by its author.", number=item.number)),)
    if item.publication is Publication.REMOVED:
        said = speech.say("Meanwhile #{number} was taken from view.", number=item.number)
        return Paragraph(said), Buttons((restore_button(speech, item),))
    if item.audience is Audience.TRUSTED:
        return (Paragraph(speech.say("There is no #{number} that you can see here.", number=item.number)),)
    return (words(speech, item),)


def _content(ctx: AnyOccasion, item: AnyItem) -> tuple[Block, ...]:
    """The beginning of an item's words, and its area."""
    speech = ctx.core.speech(ctx.community)
    area = (Paragraph(speech.say("Area: {area}.", area=speech.area(item.area))),) if item.area else ()
    return (Quote(title(item, LONGEST), f"#{item.number}"), *area)


def _opening(ctx: AnyOccasion, item: AnyItem, weight: Weight) -> Buttons:
    label = ctx.core.speech(ctx.community).say("Open")
    return Buttons((Button(label, "queue", {"number": str(item.number)}, weight=weight),))


POSTINGS = (
    *(Posting(prefix, redraw, about, team_mark) for prefix in (ROUTED, SEVERE)),
    *(Posting(prefix, withhold, about, team_mark) for prefix in SAID),
)
