"""The commands by which the team asks people ready to talk a question: about an area, an item, or a theme."""

from collections import Counter
from collections.abc import Collection, Iterable
from functools import partial

from sqlmodel import Session

from bot.commands.registry import AreaName, LongText, Number, ShortText
from bot.context import Context
from bot.errors import UserError
from bot.features.telling.inquiring import tell
from bot.feedback import items
from bot.feedback.desk.solicitation import MOST
from bot.feedback.display.outdated import Outdated
from bot.feedback.telling.notices import still_here
from bot.language.text.excerpt import excerpt
from bot.language.text.normalise import has_words
from bot.locales.speech import Speech
from bot.locales.words import OR
from bot.ports.reply import Block, Button, Buttons, Paragraph, Quote, Reply, Weight
from bot.recognition.contacts import mask
from storage.models import Feedback, Inquiry, Invitation, Readiness
from storage.people import readiness
from storage.values import frozen
from storage.vocabulary import Audience, Wish

MOST_WISHES = 8
"""The largest number of wishes in people's own words that are shown."""
MOST_WISH = 120
"""The largest number of characters of each."""


@frozen
class Scope:
    """The subject of a question: an item by its number, an area, a theme's items by their ids, or anything."""

    number: int | None = None
    area: str | None = None
    messages: tuple[int, ...] = ()


async def ask_ready(
    ctx: Context, number: Number | None = None, area: AreaName | None = None, text: LongText | None = None
) -> Reply:
    """Ask those who are ready to talk one question."""
    if number is not None and text is None:
        # After a number, what is typed is the question and not an area.
        area, text = None, area
    if area is not None:
        area, text = _split_area(ctx, area) if text is None else (items.known_area(ctx, area), text)
    return await _ask_about(ctx, Scope(number, area), text)


def _split_area(ctx: Context, said: str) -> tuple[str, str | None]:
    """Split typed words into the area they start with, and the question after it, if any.

    Raises:
        UserError: they start with no area of the community.
    """
    known = items.areas_of(ctx.core, ctx.community)
    words = said.split()
    for end in range(len(words), 0, -1):
        if (area := known.find(" ".join(words[:end]).rstrip(" :,.-–—"))) is not None:
            return area, " ".join(words[end:]).lstrip(" :,.-–—") or None
    raise UserError(
        ctx.speech.say(
            "What is it about? First a number, as in /askready 12, or one of: {choices}; then the question. /askready "
            "alone is for everyone who is ready.",
            choices=OR.join(ctx.speech.area(one) for one in known.offered),
        )
    )


async def ask_theme(ctx: Context, chosen: ShortText, text: LongText | None = None) -> Reply:
    """Ask those who are ready to talk about what a theme's messages say one question."""
    ids = [int(one) for one in chosen.split() if one.isdecimal()][:MOST]
    return await _ask_about(ctx, Scope(messages=tuple(ids)), text)


async def _ask_about(ctx: Context, scope: Scope, text: str | None) -> Reply:
    found = await ctx.read(lambda session: _ready(session, ctx, scope))
    if not found:
        raise UserError(
            ctx.speech.say("Nobody is ready to be asked about this now: each is asked once a month at most.")
        )
    if text is None or not has_words(text):
        words = ctx.speech.count(
            "{n} person is ready. What should they be asked?",
            "{n} people are ready. What should they be asked?",
            len(found),
        )
        return await ctx.ask(words, "text")
    return await ctx.settle(lambda session: _ask(session, ctx, scope, text))


def _ready(session: Session, ctx: Context, scope: Scope) -> dict[int, Readiness]:
    """The people who can be asked, by member id, with what they are ready for; without the moderator."""
    item, own = _item(session, ctx, scope.number), ctx.community.id
    if scope.messages:
        ready = readiness.askable_on(session, own, scope.messages, ctx.now)
    else:
        ready = readiness.askable(session, own, scope.area, item, ctx.now)
    me = ctx.member.id if ctx.member else None
    return {one: ready[one] for one in still_here(session, ctx, ready) if one != me}


def _item(session: Session, ctx: Context, number: int | None) -> Feedback | None:
    """The item with that number; None without a number.

    Raises:
        UserError: there is none that the team sees.
    """
    if number is None:
        return None
    item = items.find(session, ctx, number)
    if item.audience is Audience.TRUSTED:
        raise Outdated(ctx.speech.say("There is no #{number} that you can see here.", number=number))
    return item


def _ask(session: Session, ctx: Context, scope: Scope, text: str) -> Reply:
    item, ready = _item(session, ctx, scope.number), _ready(session, ctx, scope)
    if not ready:
        raise Outdated(
            ctx.speech.say("Nobody is ready to be asked about this now: each is asked once a month at most.")
        )
    said, about = [one.id for one in ready.values()], item.area if item else scope.area
    by = ctx.person(session)
    asked, made = readiness.ask(session, ctx.community.id, by, about, scope.number, text, ctx.now, said)
    for one in made:
        topic = _own_topic(session, ready[one.member_id]) if scope.messages else (scope.number, about)
        tell(session, ctx, one, f"inquiry:{one.id}", partial(_question, asked=asked, one=one, topic=topic))
    sent = ctx.speech.count("{n} person is asked.", "{n} people are asked.", len(made))
    unseen = ctx.speech.say("Answers come to the team's place, from “someone ready to talk”.")
    closing = Button(ctx.speech.say("Tell them what came of it"), "conclude", {"inquiry": str(asked.id)})
    return Reply((Paragraph(f"{sent} {unseen}"), *_returns(ctx, made, ready.values()), Buttons((closing,))))


def _own_topic(session: Session, said: Readiness) -> tuple[int | None, str | None]:
    """What a person said they are ready to talk about: an item's number or an area, or neither for anything."""
    if said.feedback_id is not None:
        return session.get_one(Feedback, said.feedback_id).number, None
    return None, said.area


def _returns(ctx: Context, made: Collection[Invitation], ready: Iterable[Readiness]) -> tuple[Block, ...]:
    """What those asked wish in return: totals, and their own words in alphabetical order."""
    wishes = Counter(one.wish for one in made if one.wish is not Wish.NOTHING)
    if not wishes:
        return ()
    listed = ", ".join(f"{ctx.speech.word(wish)} ({n})" for wish, n in sorted(wishes.items()))
    words = sorted({excerpt(mask(one.wish_words), MOST_WISH) for one in ready if one.wish_words})[:MOST_WISHES]
    total = Paragraph(ctx.speech.say("What they would like in return: {wishes}.", wishes=listed))
    return (total, *(Quote(one) for one in words))


def _question(speech: Speech, asked: Inquiry, one: Invitation, topic: tuple[int | None, str | None]) -> Reply:
    number, area = topic
    about = f"#{number}" if number else speech.area(area) if area else speech.say("anything")
    intro = speech.say("You are ready to talk about {topic}. The team asks:", topic=about)
    seen = (
        speech.say("The team sees your name with your answer.")
        if one.named
        else speech.say("The team does not see who you are.")
    )
    answer = Button(speech.say("Answer"), "answer_team", {"invitation": str(one.id)}, weight=Weight.PRIMARY)
    stop = Button(speech.say("Ready to talk"), "dialogue")
    return Reply((Paragraph(intro), Quote(asked.text), Paragraph(seen), Buttons((answer, stop))))
