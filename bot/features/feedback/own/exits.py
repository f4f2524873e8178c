"""What can be done with the entries of one's own list: to leave, withdraw, unquote or mute one."""

from collections.abc import Callable, Collection, Sequence

from bot.context import Context
from bot.feedback import items
from bot.feedback.telling.news import mute_button
from bot.ports.reply import Button, Buttons, Select
from storage.models import Feedback


def ways_out(
    ctx: Context,
    shown: Sequence[Feedback],
    muted: Collection[int],
    ways: tuple[Callable[[Context, Feedback], Button | None], ...],
) -> tuple[Select, ...]:
    """Lists of what can be done with the entries: to leave or withdraw one, and to mute one or undo that."""
    out = tuple(button for way in ways for one in shown if (button := way(ctx, one)) is not None)
    muting = tuple(mute_button(ctx.speech, one.number, muted=one.id in muted) for one in shown)
    lists = ((ctx.speech.say("A way out"), out), (ctx.speech.say("News"), muting))
    return tuple(Select(words, options, heading=False) for words, options in lists if options)


def muting_unnamed(ctx: Context) -> Buttons:
    """The button to mute what one wrote without a name: the same for everybody, it asks for the number."""
    return Buttons((Button(ctx.speech.say("News of one without your name"), "mute"),))


def withdrawing(ctx: Context, item: Feedback) -> Button | None:
    """The button to withdraw what is open; None for what is not."""
    if not items.is_open(item):
        return None
    label = ctx.speech.say("Withdraw #{number}", number=item.number)
    return Button(label, "withdraw", {"number": str(item.number)})


def unquoting(ctx: Context, item: Feedback) -> Button | None:
    """The button to allow no quotes any more; None where none were."""
    if not item.quotable or not item.text:
        return None
    label = ctx.speech.say("Do not quote #{number}", number=item.number)
    return Button(label, "quoting", {"number": str(item.number), "on": "0"})


def leaving(ctx: Context, item: Feedback) -> Button | None:
    """The button to support and follow no more."""
    return Button(ctx.speech.say("Leave #{number}", number=item.number), "leave", {"number": str(item.number)})
