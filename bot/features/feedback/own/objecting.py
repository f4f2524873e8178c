"""The command by which the author of a joined item objects to the join, once."""

from sqlmodel import Session

from bot.commands.registry import Number
from bot.context import Context
from bot.features.feedback.own.appealing import refuse_in_public
from bot.feedback import items
from bot.feedback.desk import posting
from bot.feedback.display.joined import separate_button
from bot.feedback.display.outdated import Outdated
from bot.ports.reply import Button, Buttons, Paragraph, Reply, Strong
from storage.items import feedback
from storage.items.support import groups, joins
from storage.models import Feedback, History
from storage.people import communities
from storage.vocabulary import Action


async def objection(ctx: Context, number: Number) -> Reply:
    """Tell the team that your feedback is not the same as what it was joined to."""

    def job(session: Session) -> Reply:
        mine = items.hold_own(session, ctx, number)
        if items.reveals_author(ctx, mine):
            return refuse_in_public(ctx, mine)
        joined = _find_join(session, ctx, mine)
        when = ctx.time_of(nameless=mine.nameless)
        entry = feedback.record(session, mine, Action.OBJECTED, mine.author_id, after=str(joined.id), at=when)
        _tell_staff(session, ctx, mine, entry)
        said = ctx.speech.say("The team is told that #{number} is something else.", number=number)
        return items.changed(mine, Paragraph(said))

    return await ctx.settle(job)


def _find_join(session: Session, ctx: Context, item: Feedback) -> History:
    """The history entry of an item's join.

    Raises:
        Outdated: it is not joined, or its author has objected already.
    """
    number, joined = item.number, joins.last_join(session, item)
    if item.joined_to is None or joined is None:
        raise Outdated(ctx.speech.say("#{number} is not joined to another.", number=number))
    history = feedback.history(session, item.id)
    if any(entry.action is Action.OBJECTED and entry.after == str(joined.id) for entry in history):
        raise Outdated(ctx.speech.say("The team was told already that #{number} is something else.", number=number))
    return joined


def _tell_staff(session: Session, ctx: Context, item: Feedback, entry: History) -> None:
    """Queue the objection for the staff place, if there is one."""
    place = communities.staff_place(session, ctx.community.id)
    if place is None:
        return
    shown = _objection(session, ctx, item)
    posting.post_message(session, ctx, item, f"objection:{entry.id}", shown, place.id)


def _objection(session: Session, ctx: Context, item: Feedback) -> Reply:
    speech, to = ctx.core.speech(ctx.community), groups.target(session, item)
    own, other = Strong(f"#{item.number}"), Strong(f"#{to.number}")
    line = speech.line("{own} is not the same as {number}, says its author.", own=own, number=other)
    looks = tuple(Button(f"#{one.number}", "status", {"number": str(one.number)}) for one in (item, to))
    return Reply((Paragraph(line), Buttons((separate_button(speech, item), *looks))), private=False)
