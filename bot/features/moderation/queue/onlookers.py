"""Shows which other moderators are looking at an item."""

from bot.context import Context
from bot.onlookers import Look
from bot.ports.reply import Paragraph
from storage.models import Feedback

NAMED = 3
"""The largest number of them who are named."""


def note_look(ctx: Context, item: Feedback) -> tuple[Paragraph, ...]:
    """Note that this person looks at an item; returns the line that names others who do, empty for nobody."""
    names = ctx.core.onlookers.look(ctx.holder, Look(item.id, ctx.inbound.actor.name, ctx.now))
    if not names:
        return ()
    named = ", ".join(names[-NAMED:])
    words = ctx.speech.count(
        "{names} is looking at it, too.", "{names} are looking at it, too.", len(names), names=named
    )
    return (Paragraph(words),)
