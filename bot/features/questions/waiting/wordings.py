"""The waiting questions, grouped with those in other words and languages that mean the same."""

from collections.abc import Collection, Mapping, Sequence

from sqlmodel import Session

from bot.clock import start_of_day
from bot.context import Context
from storage.answers import questions
from storage.answers.questions import Waiting
from storage.models import Question
from storage.values import frozen

COMPARED = 500
"""The largest number of questions, the most asked, that are compared."""


@frozen
class Asked:
    """A waiting question.

    Attributes:
        first: the wording of most people; of several such, the one most similar to the others.
        others: its other wordings.
        people: how many people asked it in any wording.
        left: how many of them want it to stay a question, after being asked whether to send it as feedback.
    """

    first: Waiting
    others: tuple[Waiting, ...]
    people: int
    left: int = 0


@frozen
class Paraphrases:
    """Waiting questions similar to one, in other words, the most similar first.

    Attributes:
        same: those that mean the same.
        near: those that very likely do.
        perhaps: those that may.
    """

    same: tuple[Waiting, ...]
    near: tuple[Waiting, ...]
    perhaps: tuple[Waiting, ...]


async def waiting(ctx: Context) -> list[Asked]:
    """The waiting questions grouped by meaning, those of most people first."""
    found = await ctx.read(lambda session: _waiting(session, ctx))
    texts, people = [(one.text, one.language) for one in found], [one.people for one in found]
    groups = [[found[at] for at in some] for some in await ctx.core.library.group(texts, people)]

    def job(session: Session) -> list[Asked]:
        left = questions.left(session, ctx.community.id)
        return [Asked(some[0], tuple(some[1:]), _people(session, ctx, some), _left(left, some)) for some in groups]

    return sorted(await ctx.read(job), key=lambda one: -one.people)


async def find_paraphrases(ctx: Context, asked: Question) -> Paraphrases:
    """The waiting questions similar to this one, in other words."""
    found = await ctx.read(lambda session: _waiting(session, ctx))
    others = [one for one in found if one.text != asked.text]
    texts = [(asked.text, asked.language), *((one.text, one.language) for one in others)]
    related = await ctx.core.library.find_related(texts, [0, *(one.people for one in others)])
    same, near, perhaps = (tuple(others[at - 1] for at in some) for some in related)
    return Paraphrases(same, near, perhaps)


def _waiting(session: Session, ctx: Context) -> list[Waiting]:
    # From the beginning of the day: nameless questions are dated so, which may be before the community was created.
    since = start_of_day(ctx.community.created_at, ctx.zone)
    return questions.unanswered(session, ctx.community.id, since, ctx.now, most=COMPARED)


def _people(session: Session, ctx: Context, group: Sequence[Waiting]) -> int:
    if len(group) == 1:
        return group[0].people
    return questions.askers_of(session, ctx.community.id, [one.newest for one in group])


def _left(left: Mapping[int, Collection[int]], group: Sequence[Waiting]) -> int:
    return len({person for one in group for person in left.get(one.newest, ())})
