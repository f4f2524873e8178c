"""The commands that rename, merge and mute a theme, with effect on later weeks, too."""

from sqlmodel import Session

from bot.commands.registry import ShortText, Token
from bot.context import Context
from bot.errors import UserError
from bot.features.themes.listing import back, find, week
from bot.language.text.excerpt import excerpt
from bot.ports.reply import Button, Buttons, Paragraph, Reply
from bot.recognition.contacts import mask
from storage.items.signals import themes
from storage.models import Theme

LONGEST = 60
"""The largest number of characters of a name."""
OFFERED = 8
"""The largest number of themes offered to merge one with."""


async def nametheme(ctx: Context, theme: Token, title: ShortText | None = None) -> Reply:
    """Give a theme another name, which stays."""
    if title is None:
        one = find(ctx, await week(ctx), theme)
        return await ctx.ask(ctx.speech.say("What should “{theme}” be called?", theme=one.label), "title")

    def job(session: Session) -> Reply:
        found = _hold(session, ctx, theme)
        found.name = excerpt(" ".join(mask(title).split()), LONGEST)
        session.add(found)
        return _done(ctx, ctx.speech.say("It is called “{theme}” from now on, in later weeks too.", theme=found.name))

    return await ctx.settle(job)


async def mergetheme(ctx: Context, theme: Token, into: Token | None = None) -> Reply:
    """Let a theme count as another, or on its own again."""
    if into is None:
        return await _choose(ctx, theme)

    def job(session: Session) -> Reply:
        found = _hold(session, ctx, theme)
        if not into:
            found.merged_into = None
            session.add(found)
            return _done(ctx, ctx.speech.say("They are two themes again."))
        if into == theme:
            raise UserError(ctx.speech.say("A theme cannot be merged with itself."))
        _hold(session, ctx, into)
        themes.merge(session, theme, into)
        undo = Button(ctx.speech.say("Separate them"), "mergetheme", {"theme": str(theme), "into": "0"})
        return _done(ctx, ctx.speech.say("Both count as one theme from now on, in later weeks too."), undo)

    return await ctx.settle(job)


async def mutetheme(ctx: Context, theme: Token, on: Token) -> Reply:
    """Leave a theme out of digests, or show it again."""

    def job(session: Session) -> Reply:
        found = _hold(session, ctx, theme)
        found.muted = bool(on)
        session.add(found)
        if not on:
            return _done(ctx, ctx.speech.say("It is shown again."))
        undo = Button(ctx.speech.say("Unmute"), "mutetheme", {"theme": str(theme), "on": "0"})
        return _done(
            ctx, ctx.speech.say("It stays out of digests until it is unmuted. Its messages still count."), undo
        )

    return await ctx.settle(job)


async def _choose(ctx: Context, theme: int) -> Reply:
    found = await week(ctx)
    one = find(ctx, found, theme)
    others = [other for other in found.themes if other.id != theme and not other.muted][:OFFERED]
    if not others:
        return _done(ctx, ctx.speech.say("There is no other theme this week to merge it with."))
    asked = ctx.speech.say("Which theme is the same as “{theme}”?", theme=one.label)
    args = {"theme": str(theme)}
    buttons = (Button(excerpt(other.label, 60), "mergetheme", {**args, "into": str(other.id)}) for other in others)
    return Reply((Paragraph(asked), Buttons((*buttons, back(ctx)))))


def _hold(session: Session, ctx: Context, theme: int) -> Theme:
    found = themes.one(session, ctx.community.id, theme)
    if found is None:
        raise UserError(ctx.speech.say("There is no such theme any more."))
    return found


def _done(ctx: Context, words: str, *more: Button) -> Reply:
    return Reply((Paragraph(words), Buttons((*more, back(ctx)))))
