"""Sends an answer to those who asked the same question in other words."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlmodel import Session

from bot.context import Context
from bot.features.questions.presentation import verdicts
from bot.features.questions.waiting import telling
from bot.features.questions.waiting.telling import News
from bot.features.questions.waiting.wordings import Paraphrases
from bot.knowledge.formatting import formatted
from bot.language.text.excerpt import excerpt
from bot.locales.speech import Speech
from bot.ports.reply import Block, Bullets, Button, Buttons, Paragraph, Quote, Reply, Weight
from storage.answers import questions
from storage.models import Question


def news(text: str) -> News:
    """The message with the team's answer to those who asked the question."""

    def write(speech: Speech, asked: Question) -> Reply:
        head = Paragraph(speech.say("The team has answered this question of yours:"))
        return Reply((head, Quote(asked.text), *formatted(text)))

    return News("answered", write)


def paraphrase_news(text: str) -> News:
    """The message with the team's answer to those who asked in other words, who may say that it does not help."""

    def write(speech: Speech, asked: Question) -> Reply:
        head = Paragraph(speech.say("The team has answered what seems to be this question of yours:"))
        blocks = (head, Quote(asked.text), *formatted(text))
        # A nameless question has no buttons, as pressing one would reveal who asked.
        return Reply(blocks if asked.asker_id is None else (*blocks, verdicts(speech, asked)))

    return News("answered", write)


def tell_same(
    session: Session, ctx: Context, same: Sequence[Question], text: str, paraphrases: Paraphrases
) -> tuple[list[Question], int]:
    """Send the answer to those who asked the same in other words, and close their questions.

    Args:
        same: the questions that were answered, whose askers have the answer already.

    Returns:
        The questions, and how many people will be told.
    """
    found = same_in_other_words(session, ctx, paraphrases, hold=True)
    heard = telling.tell(session, ctx, found, replace(paraphrase_news(text), told=telling.askers(same)))
    questions.close(session, found)
    return found, heard


def same_in_other_words(
    session: Session, ctx: Context, paraphrases: Paraphrases, *, hold: bool = False
) -> list[Question]:
    """The waiting questions of all members that mean the same in other words.

    Args:
        hold: whether to lock them until the transaction ends, so that nobody else answers them.
    """
    asked = numbered(session, ctx, [one.newest for one in paraphrases.same])
    return [same for one in asked if one.text for same in questions.same_open(session, one, hold=hold)]


def worded(ctx: Context, also: Sequence[Question]) -> tuple[Block, ...]:
    """The list of the other wordings whose askers are told, too; empty for none."""
    texts = {one.plain: excerpt(one.text, 120) for one in also}
    if not texts:
        return ()
    return (Paragraph(ctx.speech.say("Also told, as it seems to mean the same:")), Bullets(tuple(texts.values())))


def offer_to_keep(ctx: Context, draft_id: int) -> tuple[Block, ...]:
    """The question whether the bot is to give the answer from now on, with the button."""
    offered = ctx.speech.say("Should the bot give this answer to whoever asks next?")
    keep = Button(ctx.speech.say("Keep the answer"), "learn", {"draft": str(draft_id)}, weight=Weight.PRIMARY)
    return Paragraph(offered), Buttons((keep,))


def numbered(session: Session, ctx: Context, ids: Iterable[int]) -> list[Question]:
    """The questions of this community with these ids."""
    found = (questions.get(session, own) for own in ids)
    return [one for one in found if one and one.community_id == ctx.community.id]
