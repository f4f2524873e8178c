"""Shows moderators the answers that members propose, and tells each member once what became of theirs."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from bot.commands.registry import LongText, ShortText, Token
from bot.context import Context
from bot.errors import UserError
from bot.features.questions.learning.adding import add, kept_reply
from bot.knowledge.library import made_id
from bot.language.text.excerpt import excerpt
from bot.ports.reply import Block, Button, Buttons, Paragraph, Quote, Reply, Strong, Title, Weight, say
from storage.answers import knowledge, proposals
from storage.answers.knowledge import Entry
from storage.models import Proposal
from storage.people import members
from storage.traffic import outbox

MOST = 3
"""Proposed answers shown at once; the others move up."""
MOST_QUOTED = 600
"""Characters of one that are shown in the list; the form has all of it."""


async def considered(ctx: Context) -> tuple[Block, ...]:
    """The answers that members propose, the oldest first, each with buttons; none when there are none."""

    def job(session: Session) -> tuple[Block, ...]:
        waiting = proposals.waiting(session, ctx.community.id, MOST)
        more = proposals.total(session, ctx.community.id) - len(waiting) if waiting else 0
        return tuple(_blocks(session, ctx, waiting, more))

    return await ctx.read(job)


def _blocks(session: Session, ctx: Context, waiting: Sequence[Proposal], more: int) -> Iterator[Block]:
    if waiting:
        yield Title(ctx.speech.say("Answers that members propose"), 2)
    for one in waiting:
        yield Paragraph((Strong(excerpt(one.question, 200)),))
        yield Quote(excerpt(one.text, MOST_QUOTED))
        if knowledge.ways_of(session, ctx.community.id, made_id(one.question)):
            yield Paragraph(ctx.speech.say("There is an answer to this question already, which it would replace."))
        args = {"proposal": str(one.id)}
        keep = Button(ctx.speech.say("Keep the answer"), "approve", args, weight=Weight.PRIMARY)
        yield Buttons((keep, Button(ctx.speech.say("Not this"), "decline", args)))
    if more:
        yield Paragraph(ctx.speech.count("… and {n} more", "… and {n} more", more))


async def approve(
    ctx: Context,
    proposal: Token,
    heading: ShortText | None = None,
    text: LongText | None = None,
    unchanged: Token | None = None,
) -> Reply:
    """Keep an answer that a member proposes, under a question without personal details."""
    if heading is None and text is None and not unchanged:
        found = await ctx.read(lambda session: _find(session, ctx, proposal))
        as_it_is = Button(ctx.speech.say("As it is"), "approve", {"proposal": str(proposal), "unchanged": "1"})
        return await ctx.ask(
            ctx.speech.say("How should the question read, without anything personal?"),
            "heading",
            "text",
            ready=(as_it_is,),
            filled={"heading": found.question, "text": found.text},
            chosen=(found.question, found.text),
        )

    def job(session: Session) -> Reply:
        found = _take(session, ctx, proposal)
        wording, said = (heading or found.question).strip(), (text or found.text).strip()
        own = found.member_id if (wording, said) == (found.question, found.text) else None
        language = ctx.core.detector.detect(said, found.language)
        number = add(session, ctx, Entry(made_id(wording), (wording,), said, language), own)
        _tell(session, ctx, found, kept=True)
        return kept_reply(ctx, number)

    return await ctx.settle(job)


async def decline(ctx: Context, proposal: Token) -> Reply:
    """Do not keep an answer that a member proposes."""

    def job(session: Session) -> Reply:
        _tell(session, ctx, _take(session, ctx, proposal), kept=False)
        return say(ctx.speech.say("Not kept. Whoever proposed it is told."))

    return await ctx.settle(job)


def _find(session: Session, ctx: Context, proposal_id: int) -> Proposal:
    """A proposed answer of this community.

    Raises:
        UserError: it was decided on, taken back or erased.
    """
    found = proposals.get(session, proposal_id)
    if found is None or found.community_id != ctx.community.id:
        raise UserError(ctx.speech.say("This proposed answer does not wait any more: see /unanswered."))
    return found


def _take(session: Session, ctx: Context, proposal_id: int) -> Proposal:
    _find(session, ctx, proposal_id)
    found = proposals.take(session, proposal_id)
    if found is None:
        raise UserError(ctx.speech.say("This proposed answer does not wait any more: see /unanswered."))
    return found


def _tell(session: Session, ctx: Context, decided: Proposal, *, kept: bool) -> None:
    """Tell the member, once, in their language; nobody is told who decided."""
    chosen = members.languages_of(session, [decided.member_id]).get(decided.member_id, ())
    speech = ctx.core.speech(ctx.community, *chosen, decided.language)
    outcome = (
        speech.say("The team has kept the answer you proposed: whoever asks gets it from now on. Thank you.")
        if kept
        else speech.say("The team has read the answer you proposed, and does not give it. Thank you all the same.")
    )
    news = ctx.core.codec.dump(Reply((Paragraph(outcome), Quote(excerpt(decided.question, 200)))))
    outbox.owe(session, f"proposal:{decided.id}", news, ctx.now, recipient_id=decided.member_id)
