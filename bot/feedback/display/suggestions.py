"""What may say the same as an item, for the moderators who join items."""

from bot.context import Context
from storage.models import Feedback

MOST = 8
"""Items looked for; its own is among them."""


async def suggestions(ctx: Context, item: Feedback) -> list[int]:
    """The ids of open items that may say the same as this one, the nearest first; none where nothing searches."""
    found = await ctx.core.similar.find(ctx.community.id, item.text, MOST)
    return [own for own in found if own != item.id]
