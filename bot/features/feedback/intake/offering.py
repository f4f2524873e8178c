"""Offers to send a file that came without words and without a command."""

from bot.context import Context
from bot.ports.reply import Button, Buttons, Paragraph, Reply


async def offer(ctx: Context) -> Reply:
    """Ask what a file is for: the press of a button sends it."""
    speech = ctx.speech
    words = speech.say("What is this file? A press sends it to the team; until then it is not kept.")
    kinds = (
        Button(speech.say("A suggestion"), "suggest"),
        Button(speech.say("A problem"), "problem"),
        Button(speech.say("Praise"), "praise"),
    )
    return Reply((Paragraph(words), Buttons(kinds)), quotes=True)
