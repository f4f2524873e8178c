"""Answers a button of a question that was answered, cancelled or replaced before it was pressed."""

from sqlmodel import Session

from bot.commands.registry import ShortText
from bot.context import Context
from bot.feedback import items
from bot.feedback.audience.visibility import who_sees_item
from bot.feedback.recent import latest
from bot.locales.words import KIND_OF
from bot.ports.reply import Block, Paragraph, Reply
from storage.models import Feedback


async def overtaken(ctx: Context, about: ShortText) -> Reply:
    """Show what was filed meanwhile, with the buttons that change it, in place of the question."""
    # about: the name of the command whose question it was.
    found = await ctx.read(lambda session: _filed(session, ctx, about))
    if not found:
        return Reply((Paragraph(_closed(ctx, about)),), edits=True)
    said = ctx.speech.say("This question is no longer open. What stands is:")
    shown = [block for item in found for block in _show(ctx, item)]
    return Reply((Paragraph(said), *shown), edits=True)


def _filed(session: Session, ctx: Context, about: str) -> list[Feedback]:
    return [item for item in latest(session, ctx) if item.kind is KIND_OF.get(about)]


def _closed(ctx: Context, about: str) -> str:
    command = ctx.core.registry.find(about)
    if command is None:
        return ctx.speech.say("This question is no longer open. /help shows what you can do here.")
    return ctx.speech.say(
        "This question is no longer open. /{command} asks it anew.", command=command.name_in(ctx.speech.language)
    )


def _show(ctx: Context, item: Feedback) -> tuple[Block, ...]:
    line = Paragraph(f"#{item.number}: {who_sees_item(ctx, item)}")
    return (line, items.words(ctx.speech, item), *items.own_buttons(ctx, item))
