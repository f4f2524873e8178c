"""Searches for items similar to one, for moderators who join items."""

from bot.context import Context
from storage.models import Feedback

MOST = 8
"""The number of items searched for, among which is the item itself."""


async def suggestions(ctx: Context, item: Feedback) -> list[int]:
    """The ids of open items similar to this one, the most similar first."""
    found = await ctx.core.similar.find(ctx.community.id, item.text, MOST)
    return [own for own in found if own != item.id]
