"""The command that shows all decisions on an item, for which its screen has no room."""

from sqlmodel import Session

from bot.commands.registry import Number
from bot.context import Context
from bot.features.moderation.outcomes.alike import alike_button
from bot.features.moderation.outcomes.verdicts import MORE, button
from bot.features.moderation.queue import opened
from bot.features.moderation.queue.finding import find
from bot.feedback import items
from bot.feedback.display.moment import as_of
from bot.ports.reply import Block, Button, Buttons, Paragraph, Reply, Title
from storage.items import feedback
from storage.models import Feedback

VIEW = "decisions"


async def decisions(ctx: Context, number: Number) -> Reply:
    """See all decisions that can be made on feedback."""

    def look(session: Session) -> Reply:
        item = find(session, ctx, number)
        opened.keep(ctx, item, _draw, VIEW)
        return _draw(session, ctx, item)

    return await ctx.read(look)


def _draw(session: Session, ctx: Context, item: Feedback, *before: Block) -> Reply:
    say_, given, seen = ctx.speech.say, {"number": str(item.number)}, feedback.last_decision(session, item)
    title = Title(f"{ctx.speech.word(item.kind).capitalize()} #{item.number}")
    stands = Paragraph(say_("Status: {status}.", status=items.status_word(ctx.speech, item)))
    further = Buttons(tuple(button(ctx, item, verdict, seen) for verdict in MORE[item.kind]))
    ways = (
        Button(say_("Done, with a link"), "add_words", {**given, "verdict": "done", "seen": str(seen)}),
        Button(say_("Needs more: ask the author"), "askauthor", given),
        Button(say_("Join to another"), "jointo", given),
        alike_button(ctx.speech, item),
        Button(say_("Back"), "queue", given),
    )
    shown = (further,) if further.buttons else ()
    words = items.words(ctx.speech, item, whole=True)
    return Reply((*before, title, words, stands, as_of(ctx), *shown, Buttons(ways)))


DRAWS = {VIEW: opened.redraw_with(_draw)}
"""The functions that redraw views, by the name of the view."""
