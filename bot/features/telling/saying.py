"""The commands for public posts "You said, we did": drafted from new outcomes, edited and posted by a moderator."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session

from bot.commands.registry import LongText, Number, Token
from bot.context import Context
from bot.feedback import items
from bot.feedback.audience import suppression
from bot.feedback.display.outdated import Outdated
from bot.locales.speech import Speech
from bot.ports.reply import Block, Bullets, Button, Buttons, Line, Paragraph, Quote, Reply, Select, Strong, Weight, say
from storage.items.public import outcomes
from storage.models import Feedback, Place, Prompt
from storage.people import communities
from storage.traffic import outbox, prompts, traces
from storage.vocabulary import Kind, Status

SINCE = timedelta(days=90)
"""The largest age of a decision in a draft."""
MOST = 12
"""The largest number of outcomes in one draft; the next one has the others."""
Outcomes = Sequence[tuple[Feedback, str]]


async def said(ctx: Context) -> Reply:
    """Draft what the community is told became of its feedback."""

    def job(session: Session) -> Reply:
        draft = prompts.draft(session, ctx.holder, ctx.chat_mark, "said", {"out": ""}, ctx.now, ctx.community.id)
        return _show(session, ctx, draft)

    return await ctx.settle(job)


async def leave_out(ctx: Context, draft: Token, number: Number) -> Reply:
    """Leave one outcome out of the draft, for the next one."""

    def job(session: Session) -> Reply:
        kept = items.draft(session, ctx, draft, ("said",))
        kept.args = {**kept.args, "out": f"{kept.args['out']} {number}".strip()}
        session.add(kept)
        return _show(session, ctx, kept)

    return await ctx.settle(job)


async def say_otherwise(ctx: Context, draft: Token, text: LongText | None = None) -> Reply:
    """Replace the words of the draft by your own."""
    if text is None:
        kept = {"draft": str(draft)}
        return await replace(ctx, given=kept).ask(ctx.speech.say("What should the community read?"), "text")

    def job(session: Session) -> Reply:
        kept = items.draft(session, ctx, draft, ("said",))
        kept.args = {**kept.args, "text": text}
        session.add(kept)
        return _show(session, ctx, kept)

    return await ctx.settle(job)


async def say_it(ctx: Context, draft: Token, where: Token | None = None) -> Reply:
    """Post the draft where the community lives."""

    def job(session: Session) -> Reply:
        kept, places = items.draft(session, ctx, draft, ("said",)), _places(session, ctx, where)
        found = {item.id: reason for item, reason in _chosen(session, ctx, kept)}
        lasting = [(item, found[item.id]) for item in outcomes.say(session, list(found))]
        if not lasting or not places:
            raise Outdated(ctx.speech.say("Nothing of this is left to be said."))
        blocks = _public(ctx.core.speech(ctx.community), lasting, kept.args.get("text", ""))
        for place in places:
            payload = ctx.core.codec.dump(Reply(blocks, private=False))
            row = outbox.owe(session, f"said:{kept.id}:{place.id}", payload, ctx.now, place_id=place.id)
            if row is not None:
                traces.on_items(session, row.id, [item.id for item, _ in lasting])
        prompts.drop(session, kept)
        return say(ctx.speech.count("It is posted in {n} place.", "It is posted in {n} places.", len(places)))

    return await ctx.settle(job)


async def quoting(ctx: Context, number: Number, on: Token) -> Reply:
    """Allow the team to quote your praise in public, or not any more."""
    # on: 1 to allow it, 0 to take that back.

    def job(session: Session) -> Reply:
        mine = items.hold_own(session, ctx, number)
        mine.quotable = bool(on)
        session.add(mine)
        words = (
            ctx.speech.say("Thank you. The team may quote #{number} in public, without your name.", number=number)
            if on
            else ctx.speech.say("#{number} is not quoted in public.", number=number)
        )
        label = ctx.speech.say("Not any more") if on else ctx.speech.say("May be quoted")
        button = Button(label, "quoting", {"number": str(number), "on": str(int(not on))})
        return replace(Reply((Paragraph(words), Buttons((button,)))), hush=items.reveals_author(ctx, mine))

    return await ctx.settle(job)


def _chosen(session: Session, ctx: Context, draft: Prompt) -> Outcomes:
    """The outcomes of a draft with their reasons, without those left out or not to be quoted."""
    out = {int(number) for number in draft.args["out"].split()}
    found = outcomes.unsaid(session, ctx.community.id, ctx.now - SINCE)
    return [(item, why) for item, why in found if item.number not in out and _may_stand(item, why)][:MOST]


def _may_stand(item: Feedback, why: str) -> bool:
    """Whether an outcome may be told: a refusal needs a reason, and a nameless item enough supporters."""
    if item.status is Status.NOT_PLANNED and not why:
        return False
    return suppression.quotable(item, item.support + 1)


def _of_members(session: Session, ctx: Context) -> list[Place]:
    """The community's places, without those of the team and those of readers of digests."""
    digests = [one.staff for one in ctx.core.settings.digests_of(ctx.community.key) if one.staff]
    readers = {(one.platform, one.place) for one in digests}
    every = communities.places_of(session, ctx.community.id)
    own = [one for one in every if not one.staff and one.left_at is None]
    return [one for one in own if (one.platform, one.external_id) not in readers]


def _places(session: Session, ctx: Context, where: int | None) -> list[Place]:
    """The places to post to: the chosen one, or else those for ideas."""
    own = _of_members(session, ctx)
    if where is not None:
        return [one for one in own if one.id == where]
    return [one for one in own if one.ideas_since is not None]


def _show(session: Session, ctx: Context, draft: Prompt) -> Reply:
    found = _chosen(session, ctx, draft)
    if not found:
        return say(ctx.speech.say("No outcome waits to be told in public."))
    numbers = [item.number for item, _ in found]
    args = {"draft": str(draft.id)}
    out = tuple(
        Button(ctx.speech.say("Leave out #{number}", number=one), "leave_out", {**args, "number": str(one)})
        for one in numbers
    )
    blocks = _public(ctx.core.speech(ctx.community), found, draft.args.get("text", ""))
    words = Button(ctx.speech.say("Other words"), "say_otherwise", args)
    posting = _posting(session, ctx, args)
    intro = Paragraph(ctx.speech.say("This is how it would be posted:"))
    choice = Select(ctx.speech.say("Leave out"), out)
    return Reply((intro, *blocks, choice, *_placeless(ctx, posting), Buttons((*posting, words))), edits=True)


def _placeless(ctx: Context, posting: Collection[Button]) -> tuple[Paragraph, ...]:
    """The sentence that there is no place to post to yet; empty where there is one."""
    if posting:
        return ()
    return (
        Paragraph(
            ctx.speech.say("No place of the members is known yet: one is, once somebody writes to the bot there.")
        ),
    )


def _posting(session: Session, ctx: Context, args: dict[str, str]) -> tuple[Button, ...]:
    """The button that posts the draft; without a place for ideas, one for each possible place."""
    if _places(session, ctx, None):
        return (Button(ctx.speech.say("Post"), "say_it", args, weight=Weight.GOOD),)
    own = _of_members(session, ctx)
    return tuple(
        Button(
            ctx.speech.say("Post in {place}", place=f"{one.platform} {one.external_id}"),
            "say_it",
            {**args, "where": str(one.id)},
            weight=Weight.GOOD,
        )
        for one in own[:5]
    )


def _public(speech: Speech, found: Outcomes, text: str) -> tuple[Block, ...]:
    """The public post: what was done, what will not be done, and praise that may be quoted."""
    if text:
        return (Paragraph(text),)
    praise = [item for item, _ in found if item.kind is Kind.PRAISE]
    decided = [(item, why) for item, why in found if item.kind is not Kind.PRAISE]
    refused = [(item, why) for item, why in decided if item.status is Status.NOT_PLANNED]
    done = [one for one in decided if one not in refused]
    return (
        *_part(speech, speech.say("You said, we did."), done),
        *_part(speech, speech.say("You said, we won't."), refused),
        *(_thanks(speech, praise) if praise else ()),
    )


def _thanks(speech: Speech, praise: Sequence[Feedback]) -> Iterator[Block]:
    yield Paragraph((Strong(speech.say("You said, thank you.")),))
    yield from (Quote(items.title(item, 200), f"#{item.number}") for item in praise)


def _part(speech: Speech, heading: str, found: Collection[tuple[Feedback, str]]) -> tuple[Block, ...]:
    if not found:
        return ()
    return Paragraph((Strong(heading),)), Bullets(tuple(_line(speech, item, why) for item, why in found))


def _line(speech: Speech, item: Feedback, why: str) -> Line:
    number = Strong(f"#{item.number}")
    if why:
        reason = speech.translate(why)
        return speech.line("{number} {title}: {reason}", number=number, title=items.title(item), reason=reason)
    status = speech.word(item.status)
    return speech.line("{number} {title}: {reason}", number=number, title=items.title(item), reason=status)
