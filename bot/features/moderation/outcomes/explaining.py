"""Asks a moderator for the words or the link of a decision, with the ready-made reasons as buttons."""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.commands.registry import Number, Token
from bot.context import Context
from bot.features.moderation import joining
from bot.features.moderation.authors import asking
from bot.features.moderation.outcomes import wording
from bot.features.moderation.outcomes.verdicts import NOTHING, status_of
from bot.features.moderation.queue.finding import find
from bot.feedback.desk.reasons import ready
from bot.locales.words import Verdict
from bot.ports.reply import Button, Reply
from storage.vocabulary import Status

_ONE = re.compile(r"\D*(\d{1,9})\b")


async def add_words(ctx: Context, number: Number, verdict: Verdict, seen: Token) -> Reply:
    """Add words or a link to a decision."""
    item = await ctx.read(lambda session: find(session, ctx, number))
    return await ask_reason(ctx, number, verdict, seen, status_of(ctx, item, verdict))


async def ask_reason(
    ctx: Context, number: int, verdict: Verdict, seen: int, status: Status, filters: Mapping[str, str] = NOTHING
) -> Reply:
    """Ask for the reason of a decision, with the ready-made ones as buttons.

    Args:
        seen: the id of the item's last decision when it was shown.
        status: the status it is to get.
        filters: the arguments that keep the queue's filters.
    """
    kept = {**filters, "number": str(number), "verdict": verdict.value, "seen": str(seen)}
    words = ctx.speech.say("Why? Everyone concerned will read it.")
    if status in (Status.DONE, Status.RESOLVED):
        words = ctx.speech.say("A link or words that everyone concerned will read:")
    return await _as_queue(ctx, kept).ask(words, "reason", ready=await offered(ctx, number, "queue", kept, status))


async def ask_link(
    ctx: Context, number: int, verdict: Verdict, seen: int, reason: str, filters: Mapping[str, str] = NOTHING
) -> Reply:
    """Ask for the link to fill into a reason; arguments as for `ask_reason`."""
    kept = {**filters, "number": str(number), "verdict": verdict.value, "seen": str(seen), "reason": reason}
    return await _as_queue(ctx, kept).ask(ctx.speech.say("Which link, such as https://example.org/page?"), "link")


async def offered(
    ctx: Context, number: int, command: str, kept: Mapping[str, str], status: Status
) -> tuple[Button, ...]:
    """The ready-made reasons for a status as buttons that complete a command."""
    found = await ctx.read(lambda session: ready(session, ctx.community.id, status, ctx.speech.language))
    return tuple(Button(wording.label(ctx, number, one), command, {**kept, "reason": one}) for one in found)


async def decide_elsewhere(ctx: Context, number: int, verdict: Verdict, words: str | None) -> Reply:
    """Run the command that asks an item's author, or the one that joins it to another."""
    if verdict is Verdict.NEEDS_MORE:
        return await asking.ask_author(_as(ctx, "askauthor", {"number": str(number)}), number, words)
    to = _ONE.match(words or "")
    return await joining.jointo(_as(ctx, "jointo", {"number": str(number)}), number, int(to[1]) if to else None)


def _as_queue(ctx: Context, kept: Mapping[str, str]) -> Context:
    return _as(ctx, "queue", kept)


def _as(ctx: Context, name: str, given: Mapping[str, str]) -> Context:
    return replace(ctx, command=ctx.core.registry.command(name), given=given)
