"""Answers a question that was edited: compares its old and new words, and stores and answers what changed."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from bot.commands.arguments import split, words_of
from bot.commands.registry import LongText
from bot.context import Context
from bot.errors import UserError
from bot.features.questions import about_team, presentation, record, together
from bot.features.questions.following import Found
from bot.feedback import drafts
from bot.feedback.audience.visibility import already_seen
from bot.knowledge.policy import OFFERED, SearchResult
from bot.language.text.courtesy import courtesy
from bot.language.text.normalise import has_words, question_key
from bot.ports.reply import Block, Paragraph, Quote, Reply, say
from bot.privacy.redaction import redact_archive
from storage.answers import questions
from storage.models import Question
from storage.values import frozen
from storage.vocabulary import Decision, Naming


@frozen
class Edit:
    """What an edit does to one question.

    Attributes:
        old: the question as it is stored; None for one that the message did not ask before.
        new: the new question with its search result; None when the message no longer asks it.
        told: whether the person has the same reply already.
    """

    old: Question | None
    new: Found | None
    told: bool = False


async def reask(ctx: Context, question: LongText) -> Reply | None:
    """Answer the new words of a question that was edited; nothing when there is nothing else to tell."""
    words = words_of(question, ctx.core.registry, ("ask",))
    asked = await ctx.read(lambda session: _of_message(session, ctx))
    if not asked or (split(question) and not words):
        return None
    if courtesy(words) or not has_words(words):
        return await _apply(ctx, [Edit(one, None) for one in asked], withdrawn=True)
    wish = ctx.core.recogniser.wish(words)
    words = wish.rest if wish.rest.strip() else words
    whole = await ctx.core.library.find(ctx.community.id, words)
    if not (ctx.inbound.addressed or whole.answers_unasked):
        return None
    if whole.decision is not Decision.ANSWER and about_team.newly_concerns(ctx, words, [one.text for one in asked]):
        return say(drafts.not_changed(ctx))
    found = await together.split_questions(ctx, words, whole) or (Found(words, whole),)
    if wish.nameless and not all(one.holder for one in asked):
        return await _make_nameless(ctx, asked, found)
    edits = [await _compare(ctx, edit) for edit in _pair(asked, found)]
    return await _apply(ctx, edits, withdrawn=False) if edits else None


async def _make_nameless(ctx: Context, asked: Sequence[Question], found: Sequence[Found]) -> Reply:
    """Replace named questions by nameless ones, unless others have read them beside the name."""
    if ctx.inbound.chat.overlooked:
        edits = [await _compare(ctx, edit) for edit in _pair(asked, found)]
        reply = await _apply(ctx, edits, withdrawn=False) if edits else None
        return Reply((Paragraph(already_seen(ctx.speech)), *(reply.blocks if reply else ())))
    await ctx.meet()
    edits = [*(Edit(one, None) for one in asked), *(Edit(None, one) for one in found)]
    return await ctx.settle(lambda session: Reply(tuple(_blocks(session, ctx, edits, Naming.NAMELESS))))


def _pair(asked: Sequence[Question], found: Sequence[Found]) -> list[Edit]:
    """Pair the old and new questions that differ, in the order of the message; unpaired ones are removed or added."""
    before, after = {one.plain for one in asked}, {question_key(one.text) for one in found}
    old = [one for one in asked if one.plain not in after]
    new = [one for one in found if question_key(one.text) not in before]
    both = [Edit(one, other) for one, other in zip(old, new, strict=False)]
    gone, added = [Edit(one, None) for one in old[len(new) :]], [Edit(None, one) for one in new[len(old) :]]
    return [*both, *gone, *added]


async def _compare(ctx: Context, edit: Edit) -> Edit:
    if edit.old is None or edit.new is None:
        return edit
    before = await ctx.core.library.find(ctx.community.id, edit.old.text)
    return Edit(edit.old, edit.new, told=_already_told(edit.old, before, edit.new.result))


async def _apply(ctx: Context, edits: Sequence[Edit], *, withdrawn: bool) -> Reply | None:
    """Store the changed questions, and reply with what is new; None when there is nothing to say.

    Args:
        withdrawn: whether the message asks nothing any more, which is confirmed in private only.
    """
    silent = not any(edit.new and not edit.told for edit in edits)

    def job(session: Session) -> Reply:
        naming = Naming.NAMELESS if any(edit.old and edit.old.holder for edit in edits) else Naming.NAMED
        blocks = tuple(_blocks(session, ctx, edits, naming))
        return Reply(blocks) if blocks else say(ctx.speech.say("Your question is withdrawn."))

    if not silent or (withdrawn and ctx.private):
        return await ctx.settle(job)
    await ctx.core.store.write(job)
    return None


def _blocks(session: Session, ctx: Context, edits: Sequence[Edit], naming: Naming) -> Iterator[Block]:
    for edit in edits:
        if edit.new is None:
            _withdraw(session, ctx, edit)
            continue
        if edit.old is None:
            kept = record.keep(session, ctx, edit.new.text, edit.new.result, naming)
        else:
            kept = _reword(session, ctx, edit.old.id, edit.new)
        if edit.told:
            continue
        if len(edits) > 1 and kept.answer_id is None:
            yield Quote(edit.new.text)
        yield from presentation.reply(session, ctx, kept, edit.new.result).blocks


def _of_message(session: Session, ctx: Context) -> list[Question]:
    """The stored questions that this person asked in the edited message, in order."""
    if ctx.member is None:
        return []
    own, marks = ctx.member.id, ctx.marks(ctx.member.id)
    asked = questions.every_of_message(session, ctx.source)
    return [one for one in asked if one.asker_id == own or one.holder in marks]


def _withdraw(session: Session, ctx: Context, edit: Edit) -> None:
    asked = questions.hold(session, edit.old.id) if edit.old else None
    if asked is not None:
        redact_archive(session, ctx.core.codec, (), [(asked.id, asked.text)])
        questions.withdraw(session, asked)


def _already_told(asked: Question, before: SearchResult, after: SearchResult) -> bool:
    """Whether the reply to the new words would be the same as to the old ones.

    Args:
        asked: the question as it is stored.
        before: the result for its old words.
        after: the result for its new words.
    """
    if asked.answer_id is not None:
        return asked.answer_id in shown_answers(after)
    return asked.decision is after.decision and shown_answers(before) == shown_answers(after)


def shown_answers(result: SearchResult) -> tuple[int, ...]:
    """The ids of the answers that are shown for a result: the one given, those offered, or none."""
    most = {Decision.ANSWER: 1, Decision.OFFER: OFFERED, Decision.SILENT: 0}[result.decision]
    return tuple(one.answer_id for one in result.displayed[:most])


def _reword(session: Session, ctx: Context, question_id: int, found: Found) -> Question:
    """Store a question's new words, with the new decision unless its answer still fits.

    The old words are removed from archived digests first, as a later erasure could not find them there any more.
    """
    asked = questions.hold(session, question_id)
    if asked is None or not asked.text:
        raise UserError(ctx.speech.say("This question is no longer there. Ask again to search afresh."))
    redact_archive(session, ctx.core.codec, (), [(asked.id, asked.text)])
    if asked.answer_id not in shown_answers(found.result):
        asked.decision, asked.score, asked.useful = found.result.decision, found.result.score, None
        asked.answer_id = record.given_answer(found.result)
    language = ctx.core.detector.detect(found.text, ctx.speech.language)
    return questions.reword(session, asked, found.text, question_key(found.text), language)
