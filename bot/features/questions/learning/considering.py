"""Shows moderators the answers proposed by members and sources, and tells each member the decision on theirs."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from bot.commands.registry import LongText, ShortText, Token
from bot.context import Context
from bot.errors import UserError
from bot.features.questions.learning.adding import add, kept_reply
from bot.features.questions.waiting.asked import tell_asked
from bot.knowledge.library import made_id
from bot.language.text.excerpt import excerpt
from bot.ports.reply import Block, Button, Buttons, Paragraph, Quote, Reply, Strong, Title, Weight, say
from storage.answers import knowledge, proposals, questions
from storage.answers.knowledge import Entry
from storage.models import Proposal
from storage.people import members, referrals
from storage.traffic import outbox

MOST = 3
"""The largest number of proposed answers shown at once."""
MOST_QUOTED = 600
"""The largest number of characters of one in the list; the form has all of it."""


async def considered(ctx: Context) -> tuple[Block, ...]:
    """The proposed answers, each with buttons; empty when there are none."""

    def job(session: Session) -> tuple[Block, ...]:
        waiting = proposals.waiting(session, ctx.community.id, MOST)
        more = proposals.total(session, ctx.community.id) - len(waiting) if waiting else 0
        return tuple(_blocks(session, ctx, waiting, more))

    return await ctx.read(job)


def _blocks(session: Session, ctx: Context, waiting: Sequence[Proposal], more: int) -> Iterator[Block]:
    if waiting:
        yield Title(ctx.speech.say("Proposed answers"), 2)
    for one in waiting:
        asked = _asked(session, one)
        yield Paragraph((Strong(excerpt(asked or ctx.speech.say("The question was taken back."), 200)),))
        yield Quote(excerpt(one.text, MOST_QUOTED))
        if one.origin:
            yield Paragraph(ctx.speech.say("Found in: {source}", source=one.origin))
        if asked and one.question_id is not None:
            yield Paragraph(ctx.speech.say("This question waits: whoever asked it is told once the answer is kept."))
        if knowledge.ways_of(session, ctx.community.id, made_id(asked)):
            yield Paragraph(ctx.speech.say("There is an answer to this question already, which it would replace."))
        args = {"proposal": str(one.id)}
        # By the question's id, erasing the question finds this message.
        shown = {"question": str(one.question_id)} if asked and one.question_id is not None else {}
        keep = Button(ctx.speech.say("Keep the answer"), "approve", {**args, **shown}, weight=Weight.PRIMARY)
        yield Buttons((keep, Button(ctx.speech.say("Not this"), "decline", args)))
    if more:
        yield Paragraph(ctx.speech.count("… and {n} more", "… and {n} more", more))


async def approve(
    ctx: Context,
    proposal: Token,
    heading: ShortText | None = None,
    text: LongText | None = None,
    unchanged: Token | None = None,
    question: Token | None = None,
) -> Reply:
    """Keep a proposed answer, under a question without personal details."""
    if heading is None and text is None and not unchanged:
        return await _ask_for_wording(ctx, proposal)
    return await ctx.settle(lambda session: _keep(session, ctx, proposal, heading, text))


async def _ask_for_wording(ctx: Context, proposal_id: int) -> Reply:
    found, asked = await ctx.read(lambda session: _find(session, ctx, proposal_id))
    as_it_is = Button(ctx.speech.say("As it is"), "approve", {"proposal": str(proposal_id), "unchanged": "1"})
    return await ctx.ask(
        ctx.speech.say("How should the question read, without anything personal?"),
        "heading",
        "text",
        ready=(as_it_is,),
        filled={"heading": asked, "text": found.text},
        chosen=(asked, found.text),
    )


def _keep(session: Session, ctx: Context, proposal_id: int, heading: str | None, text: str | None) -> Reply:
    """Add a proposed answer to the knowledge, with the moderator's words if any were given."""
    found, asked = _take(session, ctx, proposal_id)
    wording, said = (heading or asked).strip(), (text or found.text).strip()
    own = _owner(session, found) if (wording, said) == (asked, found.text) else None
    language = ctx.core.detector.detect(said, found.language)
    entry = Entry(made_id(wording), (wording,), said, language)
    number = add(session, ctx, entry, own)
    _credit(session, ctx, found, entry)
    told = tell_asked(session, ctx, found.question_id, entry.external_id)
    _tell(session, ctx, found, kept=True)
    return kept_reply(ctx, number, told)


def _credit(session: Session, ctx: Context, kept: Proposal, entry: Entry) -> None:
    """Store whose answer a waiting question got, so that they are told if it helped."""
    answer_id = knowledge.id_of(session, ctx.community.id, entry.external_id)
    if kept.question_id is not None and kept.member_id is not None and answer_id is not None:
        referrals.credit(session, kept.question_id, kept.member_id, answer_id, ctx.now)


async def decline(ctx: Context, proposal: Token) -> Reply:
    """Do not keep a proposed answer."""

    def job(session: Session) -> Reply:
        found, _ = _take(session, ctx, proposal)
        if found.member_id is None:
            return say(ctx.speech.say("Not kept. It is not proposed again."))
        _tell(session, ctx, found, kept=False)
        return say(ctx.speech.say("Not kept. Whoever proposed it is told."))

    return await ctx.settle(job)


def _find(session: Session, ctx: Context, proposal_id: int) -> tuple[Proposal, str]:
    """A proposed answer of this community, and its question, which is empty if it was withdrawn.

    Raises:
        UserError: the answer was decided on, taken back or erased.
    """
    found = proposals.get(session, proposal_id)
    if found is None or found.community_id != ctx.community.id:
        raise _gone(ctx)
    return found, _asked(session, found)


def _take(session: Session, ctx: Context, proposal_id: int) -> tuple[Proposal, str]:
    _, asked = _find(session, ctx, proposal_id)
    taken = proposals.take(session, proposal_id)
    if taken is None:
        raise _gone(ctx)
    return taken, asked


def _gone(ctx: Context) -> UserError:
    return UserError(ctx.speech.say("This proposed answer does not wait any more: see /unanswered."))


def _asked(session: Session, proposed: Proposal) -> str:
    """The words of the question that an answer is proposed to, which are read from the question if it waits."""
    asked = questions.get(session, proposed.question_id) if proposed.question_id is not None else None
    return asked.text if asked else proposed.question


def _owner(session: Session, proposed: Proposal) -> int | None:
    """The author of the question's words, if it is kept as it was proposed."""
    asked = questions.get(session, proposed.question_id) if proposed.question_id is not None else None
    return asked.asker_id if asked else proposed.member_id


def _tell(session: Session, ctx: Context, decided: Proposal, *, kept: bool) -> None:
    """Tell the member who proposed it, without the name of who decided."""
    if decided.member_id is None:
        return
    chosen = members.languages_of(session, [decided.member_id]).get(decided.member_id, ())
    speech = ctx.core.speech(ctx.community, *chosen, decided.language)
    outcome = (
        speech.say("The team has kept the answer you proposed: whoever asks gets it from now on. Thank you.")
        if kept
        else speech.say("The team has read the answer you proposed, and does not give it. Thank you all the same.")
    )
    # Another person's question is not quoted to them.
    said = decided.question or decided.text
    news = ctx.core.codec.dump(Reply((Paragraph(outcome), Quote(excerpt(said, 200)))))
    outbox.owe(session, f"proposal:{decided.id}", news, ctx.now, recipient_id=decided.member_id)
