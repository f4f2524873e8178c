"""Posts items to the staff: what is severe at once, and what is filed in an area whose team wants it so."""

from sqlmodel import Session

from bot.commands.buttons import with_tokens
from bot.feedback.desk import routing
from bot.feedback.items import chosen_area, title
from bot.feedback.telling.occasions import AnyOccasion
from bot.ports.reply import Accent, Button, Buttons, Line, Paragraph, Quote, Reply, Strong, Weight
from storage.items.feedback import AnyItem
from storage.traffic import outbox
from storage.vocabulary import Audience, Publication, Status

LONGEST = 300
"""Characters of an item's words that are quoted; the screen that opens has all."""


def post_filed(session: Session, ctx: AnyOccasion, item: AnyItem) -> bool:
    """Queue a new item for its area's place, if its team wants it at once; once for each item and place.

    What is nameless comes with the digest: the moment of a message would help to guess who wrote it.
    """
    route = routing.of_area(session, ctx, chosen_area(item))
    if not route.at_once or item.nameless or not is_teams(item):
        return False
    where = routing.place(session, ctx, route)
    return where is not None and _post(session, ctx, item, f"routed:{item.id}:{where}", where, severe=False)


def post_severe(session: Session, ctx: AnyOccasion, item: AnyItem, *why: str) -> bool:
    """Queue a severe item for the place of its area's team, else the staff's; once for each item.

    Args:
        why: sentences on what makes it severe.
    """
    where = routing.place(session, ctx, routing.of_area(session, ctx, chosen_area(item)))
    if where is None or not is_teams(item):
        return False
    return _post(session, ctx, item, f"severe:{item.id}", where, *why, severe=True)


def is_teams(item: AnyItem) -> bool:
    """Whether the team may read an item."""
    hidden = item.audience is Audience.TRUSTED or item.publication is Publication.REMOVED
    return not hidden and item.status is not Status.WITHDRAWN and bool(item.text)


def _post(session: Session, ctx: AnyOccasion, item: AnyItem, key: str, place_id: int, *why: str, severe: bool) -> bool:
    reply = with_tokens(
        session, ctx.core.store.keys, _shown(ctx, item, why, severe=severe), None, ctx.now, ctx.community.id
    )
    when, payload = ctx.time_of(nameless=item.nameless), ctx.core.codec.dump(reply)
    row = outbox.owe(session, key, payload, when, place_id=place_id, feedback_id=item.id, nameless=item.nameless)
    return row is not None


def _shown(ctx: AnyOccasion, item: AnyItem, why: tuple[str, ...], *, severe: bool) -> Reply:
    """An item on a short screen, without its author's name, with the button that opens the whole one."""
    speech = ctx.core.speech(ctx.community)
    number, kind, area = Strong(f"#{item.number}"), speech.word(item.kind), speech.area(item.area)
    line: Line = speech.line("New: {kind} {number}.", kind=kind, number=number)
    if severe:
        line = speech.line("{severe}: {kind} {number}.", severe=Strong(speech.say("Severe")), kind=kind, number=number)
    about = (Paragraph(speech.say("Area: {area}.", area=area)),) if item.area else ()
    opens = Button(speech.say("Open"), "queue", {"number": str(item.number)}, weight=Weight.PRIMARY)
    words = Quote(title(item, LONGEST), f"#{item.number}")
    blocks = (Paragraph(line), *map(Paragraph, why), words, *about, Buttons((opens,)))
    return Reply(blocks, accent=Accent.URGENT if severe else None)
