"""Redraws the questions of one message together when a button under one of them is pressed."""

from collections.abc import Iterator, Mapping, Sequence

from sqlmodel import Session

from bot.context import Context
from bot.features.questions import presentation
from bot.knowledge.policy import SearchResult
from bot.ports.reply import Block, Quote, Reply
from storage.answers import questions
from storage.models import Question
from storage.values import frozen
from storage.vocabulary import Decision


@frozen
class Group:
    """The questions of one message.

    Attributes:
        asked: their ids, in order.
        results: the search results of those that were not answered, by id.
    """

    asked: Sequence[int]
    results: Mapping[int, SearchResult]

    def prefix(self, question_id: int) -> str:
        """The prefix of a question's answer and buttons; empty where it was asked alone."""
        return prefix(self.asked.index(question_id) + 1) if len(self.asked) > 1 else ""

    def show(self, session: Session, ctx: Context, pressed: Question, reply: Reply) -> Reply:
        """The reply to a button, together with the other questions of the message as they are now."""
        if len(self.asked) < 2:
            return reply
        return Reply(tuple(self._blocks(session, ctx, pressed, reply)))

    def _blocks(self, session: Session, ctx: Context, pressed: Question, reply: Reply) -> Iterator[Block]:
        told: set[int | None] = set()
        for own in self.asked:
            question = pressed if own == pressed.id else questions.get(session, own)
            if question is None or (own != pressed.id and question.answer_id and question.answer_id in told):
                continue
            told.add(question.answer_id)
            if question.answer_id is None or question.useful is False or question.decision is not Decision.ANSWER:
                yield Quote(question.text)
            if own == pressed.id:
                yield from reply.blocks
            else:
                found = self.results.get(own)
                yield from presentation.show_status(session, ctx, question, found, self.prefix(own)).blocks


async def group_of(ctx: Context, question_id: int, several: int | None) -> Group:
    """The group of a question.

    Args:
        several: whether the button belongs to several questions shown together; otherwise the group is empty.
    """
    asked = await ctx.read(lambda session: _asked(session, question_id)) if several else ()
    results = {
        one.id: await ctx.core.library.find(ctx.community.id, one.text)
        for one in asked
        if len(asked) > 1 and one.id != question_id and one.decision is not Decision.ANSWER
    }
    return Group([one.id for one in asked], results)


def prefix(number: int) -> str:
    """The prefix of the buttons of a question by its place, as some platforms show all buttons below all answers."""
    return f"{number}. "


def _asked(session: Session, question_id: int) -> Sequence[Question]:
    one = questions.get(session, question_id)
    if one is None or not one.source:
        return [] if one is None else [one]
    return questions.every_of_message(session, one.source) or [one]
