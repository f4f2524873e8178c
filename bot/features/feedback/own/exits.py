"""The choices below a person's list: to leave, withdraw, unquote or mute an entry."""

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
    """The choices below a list of items.

    Args:
        shown: the items of the list.
        muted: the ids of those that are muted.
        ways: make the button to leave, withdraw or unquote an item; None where that is not possible.
    """
    out = tuple(button for way in ways for one in shown if (button := way(ctx, one)) is not None)
    muting = tuple(mute_button(ctx.speech, one.number, muted=one.id in muted) for one in shown)
    lists = ((ctx.speech.say("A way out"), out), (ctx.speech.say("News"), muting))
    return tuple(Select(words, options, heading=False) for words, options in lists if options)


def mute_nameless_button(ctx: Context) -> Buttons:
    """The button to mute a nameless item: it asks for the number, so that it does not lead to its author."""
    return Buttons((Button(ctx.speech.say("News of one without your name"), "mute"),))


def withdraw_button(ctx: Context, item: Feedback) -> Button | None:
    """The button to withdraw an item; None for a closed one."""
    if not items.is_open(item):
        return None
    label = ctx.speech.say("Withdraw #{number}", number=item.number)
    return Button(label, "withdraw", {"number": str(item.number)})


def unquote_button(ctx: Context, item: Feedback) -> Button | None:
    """The button to take back the permission to quote an item; None where there is none."""
    if not item.quotable or not item.text:
        return None
    label = ctx.speech.say("Do not quote #{number}", number=item.number)
    return Button(label, "quoting", {"number": str(item.number), "on": "0"})


def leave_button(ctx: Context, item: Feedback) -> Button | None:
    """The button to neither support nor follow an item any more."""
    return Button(ctx.speech.say("Leave #{number}", number=item.number), "leave", {"number": str(item.number)})
