"""The buttons by which a moderator confirms or corrects the area that was guessed for an item."""

from bot.context import Context
from bot.features.moderation.queue.filters import kept
from bot.feedback import items
from bot.ports.reply import Block, Button, Buttons, Select, Weight
from storage.models import Feedback

BESIDE = 4
"""The largest number of other areas with a button each; more are put into a list."""
MOST = 25


def guess(ctx: Context, item: Feedback) -> tuple[Block, ...]:
    """The buttons that confirm the guessed area, or choose another; empty where the area was chosen."""
    if not item.area_guessed or not item.area:
        return ()
    words = ctx.speech.say("Yes, {area}", area=ctx.speech.area(item.area))
    sure = _button(ctx, item, item.area, words, Weight.GOOD)
    offered = items.areas_of(ctx.core, ctx.community).offered
    others = tuple(_button(ctx, item, one, ctx.speech.area(one)) for one in offered if one != item.area)
    if len(others) <= BESIDE:
        return (Buttons((sure, *others)),)
    return Buttons((sure,)), Select(ctx.speech.say("Another area"), others[:MOST])


def _button(ctx: Context, item: Feedback, area: str, label: str, weight: Weight = Weight.PLAIN) -> Button:
    return Button(label, "classify", {**kept(ctx).args(), "number": str(item.number), "into": area}, weight=weight)
