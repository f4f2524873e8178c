"""The command by which a moderator chooses similar items to decide on together."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.commands.choices import CHOSEN
from bot.commands.registry import Number, ShortText
from bot.context import Context
from bot.features.moderation.outcomes.bulk import OFFERED
from bot.features.moderation.outcomes.several import MOST
from bot.features.moderation.outcomes.verdicts import BECOMES
from bot.features.moderation.queue.finding import find
from bot.feedback import items
from bot.feedback.audience.visibility import may_see
from bot.feedback.display.suggestions import suggestions
from bot.locales.speech import Speech
from bot.ports.reply import Bullets, Button, Buttons, Line, Paragraph, Reply, Select, Strong
from storage.models import Feedback
from storage.vocabulary import Audience


async def alike(ctx: Context, number: Number, chosen: ShortText | None = None) -> Reply:
    """Choose which similar feedback gets the same decision."""
    # chosen: the numbers chosen so far; None for all similar ones, as at first.
    item = await ctx.read(lambda session: find(session, ctx, number))
    near = await suggestions(ctx, item)

    def look(session: Session) -> Reply:
        found = [one for own in near if (one := session.get(Feedback, own)) is not None and _fits(ctx, item, one)]
        if not found:
            words = ctx.speech.say("Nothing open says nearly the same as #{number}.", number=number)
            return Reply((Paragraph(words), Buttons((_back(ctx, number),))))
        picked = {int(one) for one in chosen.split() if one.isdigit()} if chosen else {one.number for one in found}
        return _choose(ctx, find(session, ctx, number), found[: MOST - 1], picked)

    return await ctx.read(look)


def alike_button(speech: Speech, item: Feedback) -> Button:
    """The button that opens the choice of items to decide on together with this one."""
    return Button(speech.say("Together with similar ones"), "alike", {"number": str(item.number)})


def _fits(ctx: Context, item: Feedback, one: Feedback) -> bool:
    return may_see(ctx, one) and one.audience is not Audience.TRUSTED and items.is_open(one) and one.kind is item.kind


def _choose(ctx: Context, item: Feedback, found: Sequence[Feedback], picked: set[int]) -> Reply:
    theirs = [one.number for one in found if one.number in picked]
    lines = tuple(_line(ctx, one, picked) for one in found)
    options = tuple(_toggle(ctx, item, one, theirs) for one in found)
    asked = ctx.speech.say("Which ones get the same decision as #{number}?", number=item.number)
    numbers = " ".join(str(one) for one in (item.number, *theirs))
    there = dict.fromkeys(BECOMES[item.kind][one] for one in OFFERED)
    verdicts = [next(one for one in OFFERED if BECOMES[item.kind][one] is status) for status in there]
    buttons = tuple(
        Button(ctx.speech.word(BECOMES[item.kind][one]).capitalize(), "decide", {"numbers": f"{numbers} {one.value}"})
        for one in (verdicts if theirs else ())
    )
    choosing = Select(ctx.speech.say("Choose, or leave out"), options)
    return Reply((Paragraph(asked), Bullets(lines), choosing, Buttons((*buttons, _back(ctx, item.number)))))


def _line(ctx: Context, one: Feedback, picked: set[int]) -> Line:
    tick = f" {CHOSEN}" if one.number in picked else ""
    title, word = items.title(one), items.status_word(ctx.speech, one)
    return (Strong(f"#{one.number}"), f" {title} · {word}{tick}")


def _toggle(ctx: Context, item: Feedback, one: Feedback, theirs: Sequence[int]) -> Button:
    """The option that chooses an item, or leaves it out again."""
    on = one.number not in theirs
    left = [*theirs, one.number] if on else [number for number in theirs if number != one.number]
    tick = "" if on else f"{CHOSEN} "
    # "0" for none, as an empty argument would mean all.
    chosen = " ".join(str(number) for number in left) or "0"
    return Button(
        f"{tick}#{one.number} {items.title(one, 40)}", "alike", {"number": str(item.number), "chosen": chosen}
    )


def _back(ctx: Context, number: int) -> Button:
    return Button(ctx.speech.say("Back"), "queue", {"number": str(number)})
