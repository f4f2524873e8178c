"""Holds feedback for everyone until a moderator publishes it, as the community's settings say."""

from datetime import timedelta

from sqlmodel import Session

from bot.context import Context
from bot.feedback.audience.visibility import who_sees, who_sees_held
from bot.ports.inbound import Role
from bot.settings.community.holding import Held
from storage.engine.loading import by_id
from storage.items.public import publications
from storage.models import Feedback, Member
from storage.vocabulary import Audience, Kind, Naming, Publication


def publication_of_new(
    session: Session, ctx: Context, kind: Kind, audience: Audience, person: int, *, nameless: bool
) -> Publication:
    """The publication of an item that a person files here: held or shown.

    Args:
        person: the author's member id, 0 for an unknown person; ignored when it is nameless.
    """
    held = audience is Audience.EVERYONE and _is_held(session, ctx, kind, person, nameless=nameless)
    return Publication.HELD if held else Publication.SHOWN


async def read_who_would_see(ctx: Context, kind: Kind, audience: Audience, naming: Naming) -> str:
    """As `who_would_see`, in a read of its own, which is skipped where nothing of this kind is held."""
    if _setting(ctx, kind) is Held.NOBODY:
        return who_sees(ctx, audience, naming)
    return await ctx.read(lambda session: who_would_see(session, ctx, kind, audience, naming))


def who_would_see(session: Session, ctx: Context, kind: Kind, audience: Audience, naming: Naming) -> str:
    """A sentence to an author on who will see what they file or show here, which may wait for a moderator first."""
    unnamed, person = naming is Naming.NAMELESS, ctx.member.id if ctx.member else 0
    to = publication_of_new(session, ctx, kind, audience, person, nameless=unnamed)
    return who_sees_held(ctx.speech, naming) if to is Publication.HELD else who_sees(ctx, audience, naming)


def hold_again(session: Session, ctx: Context, item: Feedback) -> None:
    """Hold an item whose author has just changed its words or shown it to everyone, where the settings say so.

    An item that is no longer for everyone is not held, as the team sees it anyway; one taken from view stays so.
    """
    if item.publication is Publication.REMOVED:
        return
    if item.audience is not Audience.EVERYONE:
        item.publication = Publication.SHOWN
    # A nameless author's row must not be written in the transaction that changes the item.
    elif _is_held(session, ctx, item.kind, 0 if item.nameless else ctx.person(session), nameless=item.nameless):
        item.publication = Publication.HELD
    session.add(item)


def _is_held(session: Session, ctx: Context, kind: Kind, person: int, *, nameless: bool) -> bool:
    held = _setting(ctx, kind)
    if held is Held.NOBODY:
        return False
    # Whether a nameless item is held must not depend on its author: it would help to guess who that is.
    if nameless:
        return True
    if ctx.inbound.actor.role >= Role.MODERATOR:
        return False
    return held is Held.EVERYONE or _is_new(session, ctx, person)


def _setting(ctx: Context, kind: Kind) -> Held:
    """Whose items of a kind are held here, by the setting of the place, of the server it is in, or else of the kind."""
    hold, chat = ctx.own.hold, ctx.inbound.chat
    for place in (f"{chat.platform}:{chat.id}", f"{chat.platform}:{chat.within}"):
        if place in hold.places:
            return hold.places[place]
    return {Kind.SUGGESTION: hold.suggestions, Kind.PROBLEM: hold.problems, Kind.PRAISE: hold.praise}[kind]


def _is_new(session: Session, ctx: Context, person: int) -> bool:
    """Whether a person is in their first days with the bot, or has few items in view."""
    hold, member = ctx.own.hold, by_id(session, Member, person)
    if member is None or ctx.now.date() - member.first_seen < timedelta(days=hold.new_days):
        return True
    return publications.shown_count(session, ctx.community.id, person, hold.new_items) < hold.new_items
