"""Asks for what a command needs and was not given."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.commands.registry import Parameter, Shape
from bot.context import Context
from bot.feedback.attachments.files import has_no_words, stand_in
from bot.feedback.desk.holding import read_who_would_see
from bot.language.text.normalise import says_something
from bot.locales.words import KIND_OF
from bot.ports.reply import Reply
from storage.vocabulary import Audience, Naming

TEXT = "text"
"""The parameter for words that are kept or passed on."""


def without_wordless(ctx: Context) -> Context:
    """The call without a text that says nothing, such as a dot, so that it is asked for; a file may replace it."""
    text = ctx.given.get(TEXT, "")
    if has_no_words(ctx):
        return replace(ctx, given={**ctx.given, TEXT: stand_in(ctx.speech)})
    takes = any(one.name == TEXT and one.shape is Shape.LONG for one in ctx.command.parameters)
    if not takes or not text or says_something(text):
        return ctx
    return replace(ctx, given={name: value for name, value in ctx.given.items() if name != TEXT})


async def ask_lacking(ctx: Context, values: Mapping[str, Any], lacking: Parameter, *, wordless: bool = False) -> Reply:
    """Ask for a parameter, and offer the other fields that were not given with it.

    Args:
        values: what was given.
        lacking: the first parameter that was not.
        wordless: whether what was typed for it says nothing.
    """
    command = ctx.command
    fields = [p.name for p in command.parameters if p.name not in values and p.shape is not Shape.HIDDEN]
    first = next(parameter for parameter in command.parameters if parameter.required)
    words = ctx.speech.say(command.asks if command.asks and lacking == first else lacking.label)
    if wordless:
        needed = ctx.speech.say("A few words are needed.")
        # The title of a form is short, and its fields say what is asked.
        words = needed if ctx.inbound.means.forms else f"{needed} {words}"
    fields.sort(key=lambda name: name != lacking.name)
    return await ctx.ask(words, *fields, choosing=values, chosen=await _chosen_so_far(ctx, values))


async def _chosen_so_far(ctx: Context, values: Mapping[str, object]) -> tuple[str, ...]:
    """What a form would show, in words: who will see the item, and the area; shown before the text is typed."""
    shown = []
    if ctx.command.name in KIND_OF and "text" not in values:
        chosen = {**ctx.command.usual, **values}
        audience, naming = Audience(str(chosen["audience"])), Naming(str(chosen["name"]))
        shown.append(await read_who_would_see(ctx, KIND_OF[ctx.command.name], audience, naming))
    area = values.get("area")
    return (*shown, *([ctx.speech.say("Area: {area}.", area=ctx.speech.area(str(area)))] if area else []))
