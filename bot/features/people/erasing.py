"""The command by which a moderator erases a person at their request."""

import re
from functools import partial

import structlog
from sqlmodel import Session

from bot.commands.registry import PersonName, Token
from bot.context import Context
from bot.errors import UserError
from bot.ports.reply import Button, Buttons, Paragraph, Reply, Weight, say
from bot.privacy import erasures
from storage.engine.loading import by_id
from storage.models import Member
from storage.people import communities, members
from storage.privacy import departures

_MENTION = re.compile(r"<@!?(\d+)>\Z")
NOBODY = 0
"""The id that stands for an unknown person, for whom the replies are the same."""


async def erase(ctx: Context, person: PersonName | None = None, who: Token | None = None) -> Reply:
    """Erase everything about a person who asked for it."""
    if who is not None:
        return await _erase(ctx, who)
    account, name = _named(ctx, person)
    if account == ctx.inbound.actor.id:
        raise UserError(ctx.speech.say("For what is kept about you there is /forgetme."))
    found = await ctx.read(partial(members.find, platform=ctx.inbound.actor.platform, external_id=account))
    return _ask_whether_sure(ctx, name, found.id if found else NOBODY)


def _named(ctx: Context, person: str | None) -> tuple[str, str]:
    """The account that is meant, and the name to call it by.

    Raises:
        UserError: none is named, or it is a bot's.
    """
    about = ctx.inbound.about
    if person is not None:
        mention = _MENTION.match(person.strip())
        account = mention[1] if mention else person.strip()
        return account, account
    if about is None or about.bot:
        raise UserError(
            ctx.speech.say("Whose data? Answer a message of theirs with this command, or add the account's number.")
        )
    return about.by.id, about.by.name


def _ask_whether_sure(ctx: Context, name: str, member_id: int) -> Reply:
    words = ctx.speech.say(
        "This erases everything about {name}, as /forgetme does: words, name and account, with or without a name on "
        "them; what has none leaves one by one, within {n} days. Only at their own request. It cannot be undone, and "
        "it is logged that you did it.",
        name=name,
        n=departures.SPAN.days,
    )
    yes = Button(ctx.speech.say("Erase, as they asked"), "erase", {"who": str(member_id)}, weight=Weight.DANGEROUS)
    return Reply((Paragraph(words), Buttons((yes, Button(ctx.speech.say("Cancel"), "cancel", {"sure": "0"})))))


async def _erase(ctx: Context, member_id: int) -> Reply:
    listed = await erasures.marks(ctx.core, member_id)

    def job(session: Session) -> Reply:
        _refuse_elsewhere(session, ctx, member_id)
        by, known = ctx.person(session), by_id(session, Member, member_id) is not None
        named = len(erasures.erase(session, ctx.core, member_id)) if known else 0
        # Logged: who did it, how much and when, but not whose data it was.
        structlog.get_logger().info("erased", by=by, items=named, day=ctx.now.date().isoformat())
        return _done(ctx, named)

    reply = await ctx.settle(job)
    await erasures.note(ctx.core, listed)
    return reply


def _refuse_elsewhere(session: Session, ctx: Context, member_id: int) -> None:
    """Refuse to erase a person of another community, where the moderator does not decide.

    Raises:
        UserError: the person used the bot in another community.
    """
    theirs = communities.of_member(session, ctx.core.store.keys, member_id, ctx.now)
    if any(one.id != ctx.community.id for one in theirs):
        raise UserError(
            ctx.speech.say(
                "This person also uses the bot in another community, where you do not decide. "
                "They can have everything erased themselves: /forgetme."
            )
        )


def _done(ctx: Context, named: int) -> Reply:
    """The confirmation to the moderator, with the number of named items only."""
    done = ctx.speech.count(
        "Done. {n} item with a name was blanked. Nobody is told: nothing is left to write to them by.",
        "Done. {n} items with a name were blanked. Nobody is told: nothing is left to write to them by.",
        named,
    )
    # It does not say whether the account is known, which would reveal people who only wrote without a name.
    check = ctx.speech.say("If there should have been more, is the account's number right?")
    return say(done) if named else say(done, check)
