"""Asks the platform whether another person moderates this community."""

from bot.context import Context
from bot.ports.inbound import ALL_PLACES, Role
from storage.people import communities


async def is_staff(ctx: Context, account: str) -> bool:
    """Whether an account moderates this community or, where the platform does not tell, was seen to do so.

    Moderating another community gives no role in this one.
    """
    platform = ctx.inbound.actor.platform
    found = await ctx.core.presence.roles(platform, account)
    if found is None:
        return ctx.core.moderators.knows(ctx.community.id, platform, account)
    places = await ctx.read(lambda session: communities.places_of(session, ctx.community.id))
    here = (ALL_PLACES, *(place.external_id for place in places if place.platform == platform))
    return max((found[place] for place in here if place in found), default=Role.MEMBER) >= Role.MODERATOR
