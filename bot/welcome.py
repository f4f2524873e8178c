"""What the bot is for, and the three ways to begin."""

from bot.context import Context
from bot.reply import Button, Buttons, Paragraph, Reply


def welcome(ctx: Context) -> Reply:
    """What the bot does here, with its three buttons."""
    speech = ctx.speech
    words = speech.say(
        "This bot carries your voice to {team}, answers from what they wrote, and tells you what became of it. "
        "/help shows everything; /privacy what is kept.",
        team=ctx.own.team or speech.say("the team of {community}", community=ctx.community.name),
    )
    first = (
        Button(speech.say("Ask"), "ask"),
        Button(speech.say("Suggest"), "suggest"),
        Button(speech.say("Problem"), "problem"),
    )
    return Reply((Paragraph(words), Buttons(first)))
