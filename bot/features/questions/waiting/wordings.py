"""The questions that wait, with those in other words and languages that mean the same."""

from collections.abc import Collection, Mapping, Sequence

from sqlmodel import Session

from bot.clock import start_of_day
from bot.context import Context
from storage.answers import questions
from storage.answers.questions import Waiting
from storage.models import Question
from storage.values import frozen

COMPARED = 500
"""The most asked questions among which those that mean the same are looked for."""


@frozen
class Asked:
    """A question that waits.

    Attributes:
        first: the wording most people used, of several the one most like the others.
        others: other wordings of it, each as it waits.
        people: how many people asked it in any wording.
        left: how many of them were asked whether to send it as feedback, and want it to stay a question.
    """

    first: Waiting
    others: tuple[Waiting, ...]
    people: int
    left: int = 0


@frozen
class Cousins:
    """Questions that wait in other words than one, the nearest first.

    Attributes:
        same: those that mean the same.
        near: those that nearly do.
        perhaps: others that may.
    """

    same: tuple[Waiting, ...]
    near: tuple[Waiting, ...]
    perhaps: tuple[Waiting, ...]


async def waiting(ctx: Context) -> list[Asked]:
    """The questions that wait, grouped by meaning, those of most people first."""
    found = await ctx.read(lambda session: _waiting(session, ctx))
    texts, people = [(one.text, one.language) for one in found], [one.people for one in found]
    groups = [[found[at] for at in some] for some in await ctx.core.library.group(texts, people)]

    def job(session: Session) -> list[Asked]:
        left = questions.left(session, ctx.community.id)
        return [Asked(some[0], tuple(some[1:]), _people(session, ctx, some), _left(left, some)) for some in groups]

    return sorted(await ctx.read(job), key=lambda one: -one.people)


async def alike(ctx: Context, asked: Question) -> Cousins:
    """The waiting questions in other words that mean the same as this one, nearly do, or may."""
    found = await ctx.read(lambda session: _waiting(session, ctx))
    others = [one for one in found if one.text != asked.text]
    texts = [(asked.text, asked.language), *((one.text, one.language) for one in others)]
    related = await ctx.core.library.find_related(texts, [0, *(one.people for one in others)])
    same, near, perhaps = (tuple(others[at - 1] for at in some) for some in related)
    return Cousins(same, near, perhaps)


def _waiting(session: Session, ctx: Context) -> list[Waiting]:
    # Of a nameless question the day alone is stored, which begins before a community that was created on it.
    since = start_of_day(ctx.community.created_at, ctx.zone)
    return questions.unanswered(session, ctx.community.id, since, ctx.now, most=COMPARED)


def _people(session: Session, ctx: Context, group: Sequence[Waiting]) -> int:
    if len(group) == 1:
        return group[0].people
    return questions.askers_of(session, ctx.community.id, [one.newest for one in group])


def _left(left: Mapping[int, Collection[int]], group: Sequence[Waiting]) -> int:
    return len({person for one in group for person in left.get(one.newest, ())})
