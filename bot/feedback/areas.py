"""Changes the area of an item."""

from sqlmodel import Session

from bot.context import Context
from bot.feedback import items
from storage.items import feedback
from storage.models import Feedback


def choose(session: Session, ctx: Context, item: Feedback, area: str) -> None:
    """Store an item's area and record who chose it; a nameless item's author is recorded without an id."""
    if items.chosen_area(item) == area:
        return
    own = items.wrote(ctx, item, ctx.member)
    actor = item.author_id if own else ctx.person(session)
    feedback.change_area(session, item, area, actor, ctx.time_of(nameless=item.nameless and own))
