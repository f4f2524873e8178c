"""Shows answers, offers of answers, and the reply when none is known."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlmodel import Session

from bot.commands.buttons import with_tokens
from bot.commands.choices import CHOSEN
from bot.context import Context
from bot.errors import UserError
from bot.features.questions.addressing import offer_as_remark
from bot.features.questions.labels import labels
from bot.features.questions.provenance import answer_blocks
from bot.features.questions.sharing import share_buttons
from bot.knowledge.policy import OFFERED, SearchResult
from bot.language.search.candidate import Candidate
from bot.language.text.excerpt import excerpt
from bot.locales.speech import Speech
from bot.locales.words import Useful
from bot.ports.reply import Block, Button, Buttons, Paragraph, Reply, State, Strong, Weight
from storage.answers import knowledge, questions
from storage.conditions import ASIDE
from storage.models import Question
from storage.vocabulary import Decision


def reply(session: Session, ctx: Context, question: Question, result: SearchResult, prefix: str = "") -> Reply:
    """The reply to a question: the answer, the answers it may mean, or that it was passed on.

    Args:
        prefix: the prefix of the answer and its buttons, where several questions were asked at once.
    """
    if result.decision is Decision.ANSWER:
        return show(session, ctx, question, prefix)
    if result.decision is Decision.OFFER:
        return _offer(session, ctx, question, result, prefix)
    return pass_on(session, ctx, question, result.near, result.former, prefix)


def show_status(session: Session, ctx: Context, question: Question, found: SearchResult | None, prefix: str) -> Reply:
    """Show a question that was answered, offered or passed on before, as it is now.

    Args:
        found: its present search result, if it was not answered.
    """
    if question.decision is Decision.ANSWER and question.useful is not False:
        told = thank if question.useful else show
        return told(session, ctx, question, prefix)
    if found and question.decision is Decision.OFFER:
        return _offer(session, ctx, question, found, prefix)
    near = found.near if found and question.useful is None else ()
    return Reply((Paragraph(_passed_on(ctx, question)), *_meanwhile(session, ctx, question, near, prefix)))


def show(session: Session, ctx: Context, question: Question, prefix: str = "") -> Reply:
    """Show the answer that a question was given.

    Raises:
        UserError: the answer was deleted.
    """
    found = knowledge.get(session, question.answer_id) if question.answer_id is not None else None
    if found is None:
        raise UserError(ctx.speech.say("This answer is no longer there. Ask again to search afresh."))
    answer, asked = found
    said = answer_blocks(session, ctx.speech, answer, question.language, ctx.now, ctx.zone)
    return Reply((Paragraph((Strong(prefix + asked),)), *said, verdicts(ctx.speech, question, prefix)))


def thank(session: Session, ctx: Context, question: Question, prefix: str = "") -> Reply:
    """The answer again with thanks for saying that it helped, and the chosen button marked."""
    thanks = Paragraph(ctx.speech.say("Good to know, thank you."))
    found = knowledge.get(session, question.answer_id) if question.answer_id is not None else None
    if found is None:
        return Reply((thanks,))
    yes, no = verdicts(ctx.speech, question, prefix).buttons
    chosen = replace(yes, label=f"{CHOSEN} {yes.label}", state=State.CHOSEN)
    closed = Buttons((chosen, replace(no, state=State.CLOSED)))
    said = answer_blocks(session, ctx.speech, found[0], question.language, ctx.now, ctx.zone)
    return Reply((Paragraph((Strong(prefix + found[1]),)), *said, thanks, closed))


def verdicts(speech: Speech, question: Question, prefix: str = "") -> Buttons:
    """The buttons by which the person says whether an answer helped."""
    kept = {"question": str(question.id), **_several(prefix)}
    helped, not_helped = {**kept, "verdict": Useful.YES.value}, {**kept, "verdict": Useful.NO.value}
    yes = Button(prefix + speech.say("This helped"), "useful", helped, weight=Weight.GOOD)
    return Buttons((yes, Button(prefix + speech.say("This did not help"), "useful", not_helped)))


def ask_which(speech: Speech, count: int) -> str:
    """The sentence above the answers offered."""
    if count == 1:
        return speech.say("Do you mean this?")
    return speech.say("I am not sure which of these is meant:")


def pass_on(
    session: Session,
    ctx: Context,
    question: Question,
    near: Sequence[Candidate] = (),
    former: Sequence[Candidate] = (),
    prefix: str = "",
) -> Reply:
    """Pass a question on to the team, and say so.

    Args:
        near: the nearest answers, which are offered meanwhile.
        former: the nearest expired answers.
        prefix: as for `reply`.
    """
    if question.decision in (Decision.OFFER, *ASIDE):
        question.decision = Decision.SILENT
    person = ctx.person(session)
    others = questions.others(session, ctx.community.id, question.plain, person, ctx.marks(person))
    words = [_passed_on(ctx, question)]
    if others:
        words.append(ctx.speech.count("{n} other is waiting too.", "{n} others are waiting too.", others))
    shown = (*_former(session, ctx, former), *_meanwhile(session, ctx, question, near, prefix))
    word = offer_as_remark(session, ctx, question)
    return Reply((Paragraph(" ".join(words)), *shown, *word, *_invite(session, ctx, question)))


def _former(session: Session, ctx: Context, former: Sequence[Candidate]) -> Iterator[Block]:
    """The expired answers, each with its last day; reading one leaves the question waiting."""
    found = labels(session, (one.answer_id for one in former))
    if not found:
        return
    yield Paragraph(ctx.speech.say("This is known no longer to hold, and may have changed:"))
    today = ctx.now.astimezone(ctx.zone).date()
    yield Buttons(tuple(_read(session, ctx, own, label, today) for own, label in found.items()))


def _read(session: Session, ctx: Context, answer_id: int, label: str, today: date) -> Button:
    known = knowledge.get(session, answer_id)
    until = known[0].valid_until if known else None
    day = ctx.speech.dated(until, today) if until else ""
    words = ctx.speech.say("{question} (held until {day})", question=excerpt(label, 50), day=day)
    return Button(words, "read", {"answer": str(answer_id)})


def _invite(session: Session, ctx: Context, question: Question) -> Iterator[Block]:
    """Where others read along, the button to propose an answer, which anybody may press; otherwise that to share it."""
    if ctx.private or not ctx.inbound.chat.overlooked:
        yield from share_buttons(session, ctx, question)
        return
    button = Button(ctx.speech.say("I know the answer"), "know", {"question": str(question.id)})
    yield from with_tokens(
        session, ctx.core.store.keys, Reply((Buttons((button,)),)), None, ctx.now, ctx.community.id
    ).blocks


def _offer(session: Session, ctx: Context, question: Question, result: SearchResult, prefix: str) -> Reply:
    buttons = tuple(_choices(session, question, result.displayed[:OFFERED], prefix))
    kept = {"question": str(question.id), **_several(prefix)}
    none = Button(prefix + ctx.speech.say("None of these"), "none_of_these", kept)
    offered = (Paragraph(ask_which(ctx.speech, len(buttons))), Buttons((*buttons, none)))
    return Reply((*offered, *_former(session, ctx, result.former)))


def _several(prefix: str) -> dict[str, str]:
    """The argument of the buttons of several questions, which are then redrawn together."""
    return {"several": "1"} if prefix else {}


def _meanwhile(
    session: Session, ctx: Context, question: Question, near: Sequence[Candidate], prefix: str = ""
) -> Iterator[Block]:
    buttons = tuple(_choices(session, question, near, prefix))
    if buttons:
        one, several = ctx.speech.say("Is this it meanwhile?"), ctx.speech.say("Is one of these it meanwhile?")
        yield Paragraph(one if len(buttons) == 1 else several)
        yield Buttons(buttons)


def _choices(session: Session, question: Question, candidates: Sequence[Candidate], prefix: str) -> Iterator[Button]:
    for own, label in labels(session, (one.answer_id for one in candidates)).items():
        yield Button(label, "pick", {"question": str(question.id), "answer": str(own), **_several(prefix)})


def _passed_on(ctx: Context, question: Question) -> str:
    if question.holder is not None:
        return ctx.speech.say(
            "I don't know, and I'd rather not guess. I've passed it on without your name; the answer will come here."
        )
    if ctx.private:
        return ctx.speech.say("I don't know, and I'd rather not guess. I've passed it on; the answer will come here.")
    return ctx.speech.say("I don't know, and I'd rather not guess. I've passed it on; the answer will come to you.")
