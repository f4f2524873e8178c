"""Changes the area of an item."""

from sqlmodel import Session

from bot.context import Context
from bot.feedback import items
from bot.feedback.desk import posting, routing
from storage.items import feedback
from storage.models import Feedback
from storage.vocabulary import Action


def choose(session: Session, ctx: Context, item: Feedback, area: str) -> None:
    """Store an item's area and record who chose it; a nameless item's author is recorded without an id.

    An item that belonged to the team of its former area passes to the team of the new one, which is notified if it
    wants to be told at once.
    """
    if items.chosen_area(item) == area:
        return
    own = items.wrote(ctx, item, ctx.member)
    actor = item.author_id if own else ctx.person(session)
    when = ctx.time_of(nameless=item.nameless and own)
    before, after = (routing.of_area(session, ctx, one).team for one in (items.chosen_area(item), area))
    feedback.change_area(session, item, area, actor, when)
    if item.team == before != after:
        item.team = after
        feedback.record(session, item, Action.OWNED, actor, before=before, after=after, at=when)
    if items.is_open(item):
        posting.post_filed(session, ctx, item)
