"""The command /details, opened by a digest's button: its areas, and how its counts are judged."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from math import floor

from sqlmodel import Session

from bot.commands.registry import ShortText, Token
from bot.context import Context
from bot.features.digest.data import PATIENCE, DigestData, Window
from bot.features.digest.gather import gather
from bot.features.digest.topics import TOPICS
from bot.features.digest.words.counts import rows, too_early
from bot.features.digest.words.detail import DETAILS
from bot.features.digest.words.talk import by_area
from bot.features.digest.words.wording import counted, heading, span, tallied, usually
from bot.feedback.desk import solicitation
from bot.feedback.items import areas_of
from bot.locales.speech import Speech
from bot.ports.reply import Block, Bullets, Button, Buttons, Line, Paragraph, Reply, Row, Strong, Title
from bot.signals.limits import FEWEST_PERIODS
from bot.signals.tally import Tally
from bot.themes.overview import present
from bot.themes.theme import Theme
from storage.models import Community
from storage.vocabulary import Kind

ABOUT = " · "
"""Separates the areas in a button's argument."""


def button(data: DigestData, speech: Speech) -> Button:
    """The button of a digest that shows its details."""
    args = {"until": str(int(data.until.timestamp())), "days": str(data.days)}
    return Button(
        speech.say("Details"), "details", {**args, **({"about": ABOUT.join(data.about)} if data.about else {})}
    )


def quotes(speech: Speech) -> Button:
    """The button that shows what people talk about, with quotes."""
    return Button(speech.say("Quotes"), "themes")


async def details(ctx: Context, until: Token, days: Token, about: ShortText | None = None) -> Reply:
    """See the areas of a digest, and how its counts are judged."""
    end = datetime.fromtimestamp(until, UTC).astimezone(ctx.zone)
    window = Window(end - timedelta(days=days), end)
    areas = tuple(about.split(ABOUT)) if about else ()
    order = areas_of(ctx.core, ctx.community).offered
    patience = ctx.own.answer_days or PATIENCE

    def read(session: Session) -> DigestData:
        own = session.get_one(Community, ctx.community.id)
        return gather(session, own, window, areas, order, patience)

    data = await ctx.read(read)
    found = await present(ctx.core, ctx.community, window.since, window.until, areas, ctx.speech)
    asking = await ctx.read(lambda session: _asking(session, ctx, found[:TOPICS]))
    title = Title(f"{heading(data, ctx.speech)} · {span(data, ctx.speech)}")
    below = (Buttons((quotes(ctx.speech),)),) if found else ()
    parts = (title, *by_area(data, ctx.speech, DETAILS[0]), *asking, *_judged(data, ctx.speech), *below)
    return Reply(parts, private=True)


def _asking(session: Session, ctx: Context, found: Sequence[Theme]) -> tuple[Block, ...]:
    """The themes about which somebody can be asked now, each with the button to do so."""
    rows = (
        Row((Strong(one.label),), solicitation.theme_button(ctx.speech, one.items, one.label))
        for one in found
        if solicitation.any_ready(session, ctx, one.items)
    )
    listed = tuple(rows)
    return (Title(ctx.speech.say("Ready to talk"), 2), *listed) if listed else ()


def _judged(data: DigestData, speech: Speech) -> Iterator[Block]:
    """The usual number of people of each kind, and how it is computed."""
    yield Title(speech.say("How it is counted"), 2)
    yield Bullets(tuple(_row(data, speech, kind, found) for kind, found in rows(data)))
    if data.periods_known < FEWEST_PERIODS:
        yield too_early(data, speech)
    else:
        yield Paragraph(
            speech.say(
                "Usual is the mean of the square roots of the last {n} periods ± 3 standard deviations, and at least "
                "mean ± 3 × √mean (an individuals chart of roots, a c-chart); periods that were unusual themselves are "
                "left out.",
                n=data.periods_known,
            )
        )
    yield Paragraph(
        speech.say("Everyone who wrote to the team counts once; words without a name count apart.")
        if data.questions is None
        else speech.say(
            "Everyone who wrote to the team or asked the bot counts once; words without a name count apart."
        )
    )


def _row(data: DigestData, speech: Speech, kind: Kind | None, found: Tally) -> Line:
    number = f"{counted(speech, kind, found.now.messages)} · {tallied(data, speech, found)}"
    if found.usual is None:
        return number
    usual = usually(speech, found)
    most = floor(found.usual.high)
    return f"{number} · {speech.count('usually {range} person', 'usually {range} people', most, range=usual)}"
