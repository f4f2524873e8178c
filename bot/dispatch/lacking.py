"""Asks for what a command needs and was not given."""

from collections.abc import Mapping
from typing import Any

from bot.commands.registry import Parameter, Shape
from bot.context import Context
from bot.feedback.desk.holding import foretell
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
    return await ctx.ask(words, *fields, choosing=values, chosen=await _chosen_so_far(ctx, values))


async def _chosen_so_far(ctx: Context, values: Mapping[str, object]) -> tuple[str, ...]:
    """What a form would show, in words: who will see the item, and the area; shown before the text is typed."""
    shown = []
    if ctx.command.name in KIND_OF and "text" not in values:
        chosen = {**ctx.command.usual, **values}
        audience, naming = Audience(str(chosen["audience"])), Naming(str(chosen["name"]))
        shown.append(await foretell(ctx, KIND_OF[ctx.command.name], audience, naming))
    area = values.get("area")
    return (*shown, *([ctx.speech.say("Area: {area}.", area=ctx.speech.area(str(area)))] if area else []))
