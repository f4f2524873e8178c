"""The line that says as of when a message is so, by which it stays true where nothing edits it any more.

Messages are edited where they stand once an item has changed, but not all for ever: lists are not stored, in a group
only the newest follows, and where something nameless stands is never stored, as that would lead to its author. To edit
them all would cost others their answers, or the author their namelessness; a fact about an instant costs a line.
"""

from bot.context import Context
from bot.ports.reply import Paragraph
from storage.items.feedback import AnyItem


def as_of(ctx: Context) -> Paragraph:
    """As of when what the answer to this call shows is true."""
    return Paragraph(ctx.speech.line("As of {moment}.", moment=ctx.speech.instant(ctx.now, ctx.zone)))


def as_of_nameless(ctx: Context, item: AnyItem) -> tuple[Paragraph, ...]:
    """The same below what shows an author their nameless item; nothing below a named one, which is edited for ever."""
    return (as_of(ctx),) if item.nameless else ()
