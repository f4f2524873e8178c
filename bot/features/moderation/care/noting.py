"""The commands that add and list the team's notes on an item, which members are never shown."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session

from bot.commands.registry import LongText, Number
from bot.context import Context
from bot.errors import UserError
from bot.features.moderation.care.facts import notes
from bot.features.moderation.queue.finding import actor, find, hold, hush
from bot.features.moderation.queue.triage import show_item
from bot.ports.reply import Block, Bullets, Button, Buttons, Paragraph, Reply, Title
from storage.items import feedback
from storage.items.desk import ownership
from storage.models import Feedback, History
from storage.people import members
from storage.vocabulary import Action

MOST_CHARACTERS = 1_000
LISTED = 10


async def note(ctx: Context, number: Number, text: LongText | None = None) -> Reply:
    """Note something on feedback for the team alone."""
    if text is None:
        await ctx.read(lambda session: find(session, ctx, number))
        asked = ctx.speech.say("What is to be noted on #{number}? Only the team reads it.", number=number)
        return await ctx.ask(asked, "text")
    if len(text) > MOST_CHARACTERS:
        raise UserError(ctx.speech.say("At most {n} characters for a note.", n=MOST_CHARACTERS))

    def job(session: Session) -> Reply:
        item = hold(session, ctx, number)
        by = actor(session, ctx, item)
        ownership.note(session, item, text.strip(), by, ctx.time_of(nameless=by is None))
        done = Paragraph(ctx.speech.say("Noted on #{number}, for the team only.", number=number))
        return hush(ctx, show_item(session, ctx, item, done))

    return await ctx.settle(job)


async def noted(ctx: Context, number: Number) -> Reply:
    """See the notes on feedback, and who took care of it until when."""

    def look(session: Session) -> Reply:
        item, say_ = find(session, ctx, number), ctx.speech.say
        changes = _changes(session, ctx, item)
        blocks: tuple[Block, ...] = (*notes(session, ctx, item, LISTED), *((Bullets(changes),) if changes else ()))
        nothing = (Paragraph(say_("Nothing was noted.")),)
        given = {"number": str(number)}
        ways = Buttons((Button(say_("Note"), "note", given), Button(say_("Back"), "queue", given)))
        return Reply((Title(say_("Noted on #{number}", number=number)), *(blocks or nothing), ways))

    return await ctx.read(look)


def _changes(session: Session, ctx: Context, item: Feedback) -> tuple[str, ...]:
    """A line for each change of the owner and of the due date, the newest last."""
    found = [one for one in feedback.history(session, item.id) if one.action in (Action.OWNED, Action.DUE)][-LISTED:]
    names = members.names(session, {one.actor_id for one in found if one.actor_id})
    return tuple(_change(ctx, one, names) for one in found)


def _change(ctx: Context, entry: History, names: Mapping[int, str]) -> str:
    say_, day = ctx.speech.say, ctx.speech.day(entry.at.astimezone(ctx.zone).date())
    name = names.get(entry.actor_id or 0)
    by = f" · {name}" if name else ""
    if entry.action is Action.DUE:
        today = ctx.now.astimezone(ctx.zone).date()
        until = ctx.speech.dated(date.fromisoformat(entry.after), today) if entry.after else say_("no date")
        return say_("{day}: due {until}", day=day, until=until) + by
    if entry.after is None:
        return say_("{day}: given back", day=day) + by
    who = say_("a person") if entry.after == ownership.PERSON else entry.after
    return say_("{day}: taken care of by {who}", day=day, who=who) + by
