"""The line “As of …” that says when a message was true, for messages that are not edited for ever.

When an item changes, the messages that show it are edited, with exceptions: messages with lists are not stored, in a
group only the newest message is followed, and messages with an author's nameless item are never stored, as they would
lead to the author.
"""

from bot.context import Context
from bot.ports.reply import Paragraph
from storage.items.feedback import AnyItem


def as_of(ctx: Context) -> Paragraph:
    """The line that says that an answer is true as of this call."""
    return Paragraph(ctx.speech.line("As of {moment}.", moment=ctx.speech.instant(ctx.now, ctx.zone)))


def as_of_nameless(ctx: Context, item: AnyItem) -> tuple[Paragraph, ...]:
    """The same for a message that shows an author a nameless item; empty for a named one, whose messages are edited."""
    return (as_of(ctx),) if item.nameless else ()
