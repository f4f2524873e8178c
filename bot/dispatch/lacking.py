"""Asks for what a command needs and was not given."""

from collections.abc import Mapping
from typing import Any

from bot.commands.registry import Parameter, Shape
from bot.context import Context
from bot.feedback.audience.visibility import who_sees
from bot.locales.words import KIND_OF
from bot.ports.reply import Reply
from storage.vocabulary import Audience, Naming


async def ask_lacking(ctx: Context, values: Mapping[str, Any], lacking: Parameter) -> Reply:
    """Ask for a parameter, and offer the other fields that were not given with it.

    Args:
        values: what was given.
        lacking: the first parameter that was not.
    """
    command = ctx.command
    fields = [p.name for p in command.parameters if p.name not in values and p.shape is not Shape.HIDDEN]
    first = next(parameter for parameter in command.parameters if parameter.required)
    words = ctx.speech.say(command.asks if command.asks and lacking == first else lacking.label)
    fields.sort(key=lambda name: name != lacking.name)
    return await ctx.ask(words, *fields, choosing=values, chosen=_chosen_so_far(ctx, values))


def _chosen_so_far(ctx: Context, values: Mapping[str, object]) -> tuple[str, ...]:
    """What a form would show, in words: who will see the item, and the area; shown before the text is typed."""
    shown = []
    if ctx.command.name in KIND_OF and "text" not in values:
        chosen = {**ctx.command.usual, **values}
        shown.append(who_sees(ctx, Audience(str(chosen["audience"])), Naming(str(chosen["name"]))))
    area = values.get("area")
    return (*shown, *([ctx.speech.say("Area: {area}.", area=ctx.speech.area(str(area)))] if area else []))
