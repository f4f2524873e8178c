"""The command /themes: what people talk about this week, and the screen of one theme with its quotes."""

from collections.abc import Iterator
from datetime import timedelta

from bot.commands.registry import Token
from bot.context import Context
from bot.errors import UserError
from bot.feedback.desk import solicitation
from bot.language.text.excerpt import excerpt
from bot.ports.reply import Block, Button, Buttons, Line, Paragraph, Quote, Reply, Row, Strong, Title, say
from bot.recognition.contacts import mask
from bot.themes import words
from bot.themes.memory import store_themes
from bot.themes.overview import Overview, show
from bot.themes.theme import Theme

SHOWN = 10
"""The largest number of themes in the list."""
GLANCE = 90
"""The largest number of characters of a quote in the list."""
QUOTED = 200
"""The largest number of characters of a quote on a theme's screen."""
WEEK = timedelta(days=7)


async def themes(ctx: Context, theme: Token | None = None) -> Reply:
    """See what people talk about this week; rename, merge or mute a theme."""
    found = await week(ctx)
    if theme is None:
        return _list(ctx, found)
    one = find(ctx, found, theme)
    ready = await ctx.read(lambda session: solicitation.any_ready(session, ctx, one.items))
    return _screen(ctx, one, (solicitation.theme_button(ctx.speech, one.items),) if ready else ())


async def week(ctx: Context) -> Overview:
    """The themes of the last seven days, which are stored first, so that buttons can refer to them."""
    until = ctx.now + timedelta(seconds=1)
    # In local time, so that the week begins at the hour at which it ends, even if the clocks changed.
    since = (until.astimezone(ctx.zone) - WEEK).astimezone(until.tzinfo)
    found = await store_themes(ctx.core, ctx.community, since, until)
    names = ctx.core.moderators.names(ctx.community.id)
    return await ctx.read(lambda session: show(session, found, ctx.speech, names))


def find(ctx: Context, found: Overview, theme: int) -> Theme:
    """The theme with this id.

    Raises:
        UserError: it is none of this week's themes.
    """
    for one in found.themes:
        if theme in (one.id, *one.also):
            return one
    raise UserError(ctx.speech.say("Nobody has talked about that for a week. /themes shows what is talked about now."))


def back(ctx: Context) -> Button:
    """The button that leads to the list."""
    return Button(ctx.speech.say("All themes"), "themes")


def _list(ctx: Context, found: Overview) -> Reply:
    heard = [one for one in found.themes if not one.muted]
    if not found.themes:
        return say(ctx.speech.say("No theme this week: nothing was said by several people."))
    title = Title(ctx.speech.say("What people talk about"))
    return Reply((title, *_entries(ctx, heard), *_muted(ctx, found), *_sampled(ctx, found)))


def _entries(ctx: Context, heard: list[Theme]) -> Iterator[Block]:
    for place, one in enumerate(heard[:SHOWN], 1):
        # With the number, since on some platforms the buttons of all rows stand together below them.
        label = ctx.speech.say("{n}. Read", n=place)
        yield Row(_line(ctx, one), Button(label, "themes", {"theme": str(one.id)}), place)
        # The most typical quote, as the digest's button that leads here is called "Quotes".
        yield from (Quote(excerpt(mask(item.text), GLANCE), f"#{item.number}") for item in one.quotes[:1])
    if more := len(heard[SHOWN:]):
        yield Paragraph(ctx.speech.count("And {n} more theme.", "And {n} more themes.", more))


def _muted(ctx: Context, found: Overview) -> Iterator[Block]:
    muted = [one for one in found.themes if one.muted][:SHOWN]
    for one in muted:
        label = ctx.speech.say("Unmute: {theme}", theme=excerpt(one.label, 50))
        words_ = ctx.speech.say("Muted: {theme}", theme=one.label)
        yield Row(words_, Button(label, "mutetheme", {"theme": str(one.id), "on": "0"}))


def _sampled(ctx: Context, found: Overview) -> Iterator[Block]:
    if said := words.drawn(ctx.speech, found.read, found.total):
        yield Paragraph(said)


def _line(ctx: Context, one: Theme) -> Line:
    parts = [words.voices(ctx.speech, one), words.trend(ctx.speech, one), words.before(ctx.speech, one)]
    return (Strong(one.label), " · ", " · ".join(part for part in parts if part))


def _screen(ctx: Context, one: Theme, asking: tuple[Button, ...]) -> Reply:
    quotes = tuple(Quote(excerpt(mask(item.text), QUOTED), f"#{item.number}") for item in one.quotes)
    left = words.unquoted(ctx.speech, one)
    unquoted = (Paragraph(left),) if left else ()
    return Reply((Paragraph(_line(ctx, one)), *quotes, *unquoted, _actions(ctx, one, asking)))


def _actions(ctx: Context, one: Theme, asking: tuple[Button, ...]) -> Buttons:
    own, speech = {"theme": str(one.id)}, ctx.speech
    muting = Button(speech.say("Unmute"), "mutetheme", {**own, "on": "0"})
    if not one.muted:
        muting = Button(speech.say("Mute"), "mutetheme", {**own, "on": "1"})
    renaming, merging = (
        Button(speech.say("Rename"), "nametheme", own),
        Button(speech.say("Merge"), "mergetheme", own),
    )
    return Buttons((*asking, renaming, merging, muting, back(ctx)))
