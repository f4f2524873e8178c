"""The welcome message: what the bot is for, and buttons for the three main commands."""

from bot.context import Context
from bot.ports.reply import Button, Buttons, Paragraph, Reply, Weight


def welcome(ctx: Context) -> Reply:
    """The welcome message for this community."""
    speech = ctx.speech
    words = speech.say(
        "This bot carries your voice to {team}, answers from what they wrote, and tells you what became of it. "
        "/help shows everything; /privacy what is kept.",
        team=_team(ctx),
    )
    first = (
        Button(speech.say("Ask"), "ask", weight=Weight.PRIMARY),
        Button(speech.say("Suggest"), "suggest"),
        Button(speech.say("Problem"), "problem"),
    )
    return Reply((Paragraph(words), Buttons(first)))


def _team(ctx: Context) -> str:
    """The name of the team that reads feedback; a general one where no community is known."""
    if not ctx.here:
        return ctx.speech.say("the team")
    return ctx.own.team or ctx.speech.say("the team of {community}", community=ctx.community.name)
