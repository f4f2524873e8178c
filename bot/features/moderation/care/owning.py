"""The commands that set who takes care of an item: a moderator, a team, or nobody."""

import re

from sqlmodel import Session

from bot.commands.registry import Number, ShortText, Token
from bot.context import Context
from bot.errors import UserError
from bot.features.moderation.care.facts import owner, take_button
from bot.features.moderation.care.ranks import is_staff
from bot.features.moderation.queue.finding import actor, find, hold
from bot.features.moderation.queue.triage import show_item
from bot.language.text.normalise import has_words
from bot.ports.reply import Button, Paragraph, Reply
from bot.ports.text import visible
from storage.items.desk import ownership
from storage.models import Feedback
from storage.people import members

MOST_CHARACTERS = 40
ME = frozenset({"me", "moi", "myself"})
NOBODY = frozenset({"nobody", "no one", "none", "personne", "aucun"})
_ACCOUNT = re.compile(r"<@!?(\d+)>|(\d{5,20})")


async def take(ctx: Context, number: Number, had: Token | None = None) -> Reply:
    """Take care of feedback yourself."""
    # had: the member id of the owner that was shown, 0 for nobody; None to take it from any owner.
    return await ctx.settle(lambda session: _take(session, ctx, number, had))


async def release(ctx: Context, number: Number) -> Reply:
    """Give feedback back that you take care of."""
    return await ctx.settle(lambda session: _assign(session, ctx, number, None, None))


async def assign(ctx: Context, number: Number, team: ShortText | None = None) -> Reply:
    """Say who takes care of feedback: a team, a person, or nobody."""
    if team is None or not has_words(team):
        item = await ctx.read(lambda session: find(session, ctx, number))
        nobody = Button(ctx.speech.say("Nobody"), "release", {"number": str(number)})
        asked = ctx.speech.say("Who takes care of #{number}? A team's name, or a mention.", number=number)
        return await ctx.ask(asked, "team", ready=(take_button(ctx, item), nobody))
    name = " ".join(team.split())
    if mentioned := _ACCOUNT.fullmatch(name):
        await _check_staff(ctx, number, mentioned[1] or mentioned[2])

    def job(session: Session) -> Reply:
        if name.casefold() in ME:
            return _assign(session, ctx, number, ctx.person(session), None)
        if name.casefold() in NOBODY:
            return _assign(session, ctx, number, None, None)
        account = _ACCOUNT.fullmatch(name)
        if account:
            return _assign(session, ctx, number, _person(session, ctx, account[1] or account[2]), None)
        return _assign(session, ctx, number, None, _team(ctx, name))

    return await ctx.settle(job)


def _take(session: Session, ctx: Context, number: int, seen: int | None) -> Reply:
    item = hold(session, ctx, number)
    if seen is not None and item.owner_id not in (None, seen, ctx.person(session)):
        words = ctx.speech.say("Meanwhile {name} takes care of #{number}.", name=owner(session, item), number=number)
        return show_item(session, ctx, item, Paragraph(words))
    return _assign(session, ctx, number, ctx.person(session), None)


def _assign(session: Session, ctx: Context, number: int, owner_id: int | None, team: str | None) -> Reply:
    item = hold(session, ctx, number)
    by = actor(session, ctx, item)
    changed = ownership.assign(session, item, owner_id, team, by, ctx.time_of(nameless=by is None))
    return show_item(session, ctx, item, Paragraph(_done(session, ctx, item, changed=changed)))


def _done(session: Session, ctx: Context, item: Feedback, *, changed: bool) -> str:
    say_, number, name = ctx.speech.say, item.number, owner(session, item)
    if not name:
        return say_("Nobody takes care of #{number} now.", number=number)
    if changed:
        return say_("{name} takes care of #{number} now.", name=name, number=number)
    return say_("{name} takes care of #{number} already.", name=name, number=number)


def _person(session: Session, ctx: Context, account: str) -> int:
    """The member id of an account of this platform.

    Raises:
        UserError: the bot has not met them.
    """
    found = members.find(session, ctx.inbound.actor.platform, account)
    if found is None:
        raise UserError(ctx.speech.say("The bot has not met this person yet: one word to it is enough."))
    return found.id


async def _check_staff(ctx: Context, number: int, account: str) -> None:
    """Check that an account of this platform moderates this community.

    Raises:
        UserError: it does not, or the bot has not met that person.
    """
    await ctx.read(lambda session: _person(session, ctx, account))
    if not await is_staff(ctx, account):
        words = ctx.speech.say(
            "#{number} can be taken care of by a moderator of {community}, or by a team, whose name is enough.",
            number=number,
            community=ctx.community.name,
        )
        raise UserError(words)


def _team(ctx: Context, name: str) -> str:
    """Check a team's name.

    Raises:
        UserError: it is too long, or has no visible character.
    """
    if not visible(name) or len(name) > MOST_CHARACTERS:
        raise UserError(ctx.speech.say("A team's name has 1 to {n} characters.", n=MOST_CHARACTERS))
    return name
