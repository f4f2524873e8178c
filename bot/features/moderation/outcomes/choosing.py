"""Shows the decisions that the screen of an item has no room for."""

from sqlmodel import Session

from bot.commands.registry import Number
from bot.context import Context
from bot.features.moderation.outcomes.alike import alike_button
from bot.features.moderation.outcomes.verdicts import MORE, button
from bot.features.moderation.queue.finding import find
from bot.feedback import items
from bot.ports.reply import Button, Buttons, Paragraph, Reply, Title
from storage.items import feedback


async def decisions(ctx: Context, number: Number) -> Reply:
    """See all decisions that can be made on feedback."""

    def look(session: Session) -> Reply:
        item, say_ = find(session, ctx, number), ctx.speech.say
        given, seen = {"number": str(number)}, feedback.last_decision(session, item)
        title = Title(f"{ctx.speech.word(item.kind).capitalize()} #{number}")
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
        return Reply((title, items.words(ctx.speech, item, whole=True), stands, *shown, Buttons(ways)))

    return await ctx.read(look)
