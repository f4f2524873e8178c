"""Lets members propose answers; nobody is given one before the team has kept it."""

from sqlmodel import Session

from bot.commands.registry import LongText, ShortText, Token
from bot.context import Context
from bot.errors import UserError
from bot.feedback import blocks
from bot.language.text.normalise import has_words
from bot.ports.reply import Button, Buttons, Paragraph, Quote, Reply, say
from bot.privacy.traces import words_mark
from storage.answers import proposals
from storage.answers.proposals import NewProposal
from storage.vocabulary import Audience

MOST_WAITING = 10
"""Answers of one person that may wait for the team at once."""


async def propose(ctx: Context, heading: ShortText, text: LongText | None = None) -> Reply:
    """Propose an answer to the team."""
    asked, said = _parted(heading) if text is None else (heading.strip(), text.strip())
    if not has_words(asked):
        raise UserError(ctx.speech.say("A question is found by its words: a few are needed."))
    if ctx.core.recogniser.wish(said or asked).nameless:
        raise UserError(
            ctx.speech.say("The outcome comes to whoever proposes, so this cannot be without a name. Nothing was kept.")
        )
    if not said:
        words = ctx.speech.say("What is the answer to “{question}”? The team reads it first.", question=asked)
        return await ctx.ask(words, "text")
    return await ctx.settle(lambda session: _propose(session, ctx, asked, said))


def _propose(session: Session, ctx: Context, asked: str, said: str) -> Reply:
    if refusal := blocks.refusal(session, ctx, Audience.TEAM):
        return refusal
    person = ctx.person(session)
    if proposals.total_of(session, person) >= MOST_WAITING:
        raise UserError(ctx.speech.say("{n} answers of yours wait for the team, which is the most.", n=MOST_WAITING))
    made = NewProposal(
        community_id=ctx.community.id,
        member_id=person,
        mark=words_mark(ctx.core.store.keys, ctx.inbound.actor),
        question=asked,
        text=said,
        language=ctx.core.detector.detect(said, ctx.speech.language),
        proposed_at=ctx.now,
    )
    own = proposals.add(session, made)
    words = ctx.speech.say(
        "Passed on. The team reads it first: until it keeps it, nobody gets this answer. The outcome comes here."
    )
    back = Button(ctx.speech.say("Take it back"), "retract", {"number": str(own)})
    return Reply((Paragraph(words), Quote(f"{asked}\n{said}"), Buttons((back,))))


async def retract(ctx: Context, number: Token) -> Reply:
    """Take back an answer one proposed."""

    def job(session: Session) -> Reply:
        found = proposals.get(session, number)
        if found is None or ctx.member is None or found.member_id != ctx.member.id:
            raise UserError(ctx.speech.say("The team has decided on this answer, or it was taken back."))
        proposals.take(session, number)
        return say(ctx.speech.say("Taken back: nothing of it is kept."))

    return await ctx.settle(job)


def _parted(words: str) -> tuple[str, str]:
    """A question, and the answer that follows it in the same words: on a line of its own, or after a question mark."""
    first, _, rest = words.strip().partition("\n")
    if not rest.strip() and "?" in first:
        first, _, rest = first.partition("?")
        first = f"{first.rstrip()} ?" if first.endswith((" ", "\u00a0", "\u202f")) else f"{first}?"
    return first.strip(), rest.strip()
