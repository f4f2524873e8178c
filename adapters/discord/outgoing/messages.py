"""The messages of a reply, and edits of existing messages into them."""

from collections.abc import Iterator
from dataclasses import replace

import discord

from adapters.discord.names import opener_id
from adapters.discord.outgoing.drawing.layout import as_components, lay_out, needs_components
from adapters.discord.outgoing.drawing.markdown import Commands
from adapters.discord.outgoing.drawing.numbering import number
from adapters.discord.outgoing.drawing.payload import edit_arguments
from adapters.discord.outgoing.drawing.render import POINTER, ROWS, Key, Keys, Outgoing, render
from adapters.discord.outgoing.refusals import INVALID_FORM, is_about_message
from bot.ports.reply import Reply, Weight


def parts(reply: Reply, commands: Commands, fill: str = "") -> list[Outgoing]:
    """The messages of a reply, split so that none has more buttons than Discord takes.

    Args:
        commands: the ids of the slash commands by name.
        fill: the label of the button that opens a form for its question; when empty there is no such button.
    """
    rendered = lay_out(reply, commands) if needs_components(reply) else render(reply, commands=commands)
    return [number(part) for outgoing in rendered for part in _with_question_button(outgoing, fill)]


async def edit(standing: discord.Message | discord.PartialMessage, message: Outgoing) -> bool:
    """Edit a message; False when Discord refuses, as when it was deleted.

    Raises:
        discord.HTTPException: the error is not about this message.
    """
    try:
        await standing.edit(**edit_arguments(matching(standing, message)))
    except discord.HTTPException as error:
        if not is_about_message(error):
            raise
        # The existing message may be one of components, which cannot become text again.
        is_text = isinstance(standing, discord.PartialMessage) and not message.components
        return is_text and error.code == INVALID_FORM and await edit(standing, as_components(message))
    return True


def matching(standing: discord.Message | discord.PartialMessage, message: Outgoing) -> Outgoing:
    """The message in the form (text or components) of the one it replaces, if that is known."""
    is_laid_out = isinstance(standing, discord.Message) and standing.flags.components_v2
    return as_components(message) if is_laid_out else message


def _with_question_button(outgoing: Outgoing, fill: str) -> Iterator[Outgoing]:
    """A message with the button for its question, and a second one for the rows that do not fit."""
    ask = outgoing.question
    asks = ((Key(fill, opener_id(ask.command, ask.prompt, ask.fields), Weight.PRIMARY),),) if ask and fill else ()
    if outgoing.components:
        yield replace(outgoing, components=(*outgoing.components, *map(Keys, asks)))
        return
    rows = (*asks, *outgoing.rows)
    yield replace(outgoing, rows=rows[:ROWS]) if asks or rows[ROWS:] else outgoing
    if rows[ROWS:]:
        yield Outgoing(POINTER, rows=rows[ROWS:])
