"""Examines a community's answers against each other, what was asked, and their sources."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlmodel import Session

from bot.core import Core
from bot.knowledge import validity
from bot.knowledge.sources.places import stamp
from bot.language.text.excerpt import excerpt
from bot.operations import findings
from bot.operations.knowledge import first_questions
from storage.answers import knowledge, questions, sources, usage
from storage.answers.usage import Usage
from storage.models import Answer, Community, KnowledgeSource
from storage.values import frozen

if TYPE_CHECKING:
    from bot.operations.likeness import Pair

SPAN = timedelta(days=90)
"""How far back the use of answers is counted."""
OLD = timedelta(days=180)
"""How long ago a page was read when its answers count as stale."""
OFTEN, OFTEN_SHARE = 3, 0.3
"""From how many refusals, and from which share of the times it was given, an answer is often refused."""


@frozen
class Scrutiny:
    """What was found.

    Attributes:
        asked: the number of questions in the span.
        answered: those that got an answer, and did not find it useless.
        duplicates: pairs of answers with nearly the same text.
        contradictions: pairs of answers with nearly the same question and another text.
        opposites: pairs whose questions are a decisive word apart; their answers should differ.
        unused: ids of answers that nobody got in the span; empty when nothing was asked.
        refused: by id, how often an answer did not help, or was not meant.
        waiting: the questions without an answer, the most asked first, each with its number of people.
        expired: ids of answers whose last day is over, which are only offered.
        unread: by place, why a source is stale.
        asking: by id of an answer, its first question.
    """

    asked: int
    answered: int
    duplicates: "Sequence[Pair]"
    contradictions: "Sequence[Pair]"
    opposites: "Sequence[Pair]"
    unused: Sequence[str]
    refused: Mapping[str, int]
    waiting: Sequence[tuple[str, int]]
    expired: Sequence[str]
    unread: Mapping[str, str]
    asking: Mapping[str, str]

    def record(self) -> Mapping[str, object]:
        """The findings as JSON values."""
        return {key: value for key, value in asdict(self).items() if key != "asking"}

    def text(self) -> str:
        """The findings as text."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        if self.asked:
            share = self.answered / self.asked
            yield f"\nAsked in the last {SPAN.days} days: {self.asked} questions, {share:.0%} of them answered"
        yield from self._pairs()
        yield from self._uses()
        yield from findings.write(
            "answer whose last day is over",
            "answers whose last day is over",
            "They are only offered: give them a new last day, or remove them",
            self._named(self.expired),
        )
        yield from findings.write(
            "source that is stale",
            "sources that are stale",
            "portevoix knowledge sync reads them again, knowledge remove --source forgets one",
            [f"{place}: {why}" for place, why in self.unread.items()],
        )

    def _uses(self) -> Iterator[str]:
        """The findings about how questions were answered."""
        yield from findings.write(
            "answer that nobody got",
            "answers that nobody got",
            "Nobody needs them, or their questions are not how people ask",
            findings.name(self.unused, self.asking),
        )
        yield from findings.write(
            "answer often refused",
            "answers often refused",
            "Look whether they still hold, and whether their questions are asked for something else",
            [
                f"{name}: {times} times"
                for name, times in zip(self._named(self.refused), self.refused.values(), strict=True)
            ],
        )
        yield from findings.write(
            "question without an answer",
            "questions without an answer",
            "/unanswered in chat lists them to be answered",
            [f"“{excerpt(text, findings.MOST_CHARACTERS)}” ({people} asked)" for text, people in self.waiting],
        )

    def _named(self, ids: Iterable[str]) -> list[str]:
        return findings.name(tuple(ids), self.asking)

    def _pairs(self) -> Iterator[str]:
        """The findings about pairs of answers."""
        yield from findings.write(
            "pair of answers with the same text",
            "pairs of answers with the same text",
            "Keep one of the two, with the questions of both",
            [str(one) for one in self.duplicates],
        )
        yield from findings.write(
            "pair of answers that contradict each other",
            "pairs of answers that contradict each other",
            "Their questions say nearly the same: put one right, or remove it",
            [str(one) for one in self.contradictions],
        )
        yield from findings.write(
            "pair of questions that one word turns round",
            "pairs of questions that one word turns round",
            "Look whether each has the answer that is meant for it",
            [str(one) for one in self.opposites],
        )


@frozen
class _Held:
    """What the examination reads from the store."""

    answers: Sequence[Answer]
    expired: Mapping[int, str]
    phrasings: Sequence[tuple[int, str]]
    usage: Usage
    refused: Mapping[int, int]
    waiting: Sequence[tuple[str, int]]
    sources: Sequence[KnowledgeSource]


def _read(session: Session, community: Community, now: datetime) -> _Held:
    waiting = questions.unanswered(session, community.id, now - SPAN, now, findings.MOST_SHOWN)
    over = validity.read(session, community.id, now).expired
    covered = [answer for answer in knowledge.answers(session, community.id) if answer.text]
    return _Held(
        [answer for answer in covered if answer.id not in over],
        {answer.id: answer.external_id for answer in covered if answer.id in over},
        knowledge.phrasings(session, community.id),
        usage.since(session, community.id, now - SPAN),
        usage.refused(session, community.id),
        [(one.text, one.people) for one in waiting],
        sources.every(session, community.id),
    )


async def scrutinise(core: Core, community: Community) -> Scrutiny:
    """Compare a community's answers with each other, with what was asked, and with their sources."""
    from bot.operations.likeness import compare  # noqa: PLC0415 - it brings the stemmers

    now = core.clock.now()

    held = await core.store.read(lambda session: _read(session, community, now))
    names = {answer.id: answer.external_id for answer in held.answers}
    every = {**names, **held.expired}
    index = await core.library.index(community.id)
    asked = [(own, text) for own, text in held.phrasings if own in names]
    found = await asyncio.to_thread(index.search_many, [text for _, text in asked], 5)
    likeness = await asyncio.to_thread(compare, {one.id: one for one in held.answers}, asked, found)
    return Scrutiny(
        asked=held.usage.asked,
        answered=held.usage.answered,
        duplicates=likeness.duplicates,
        contradictions=likeness.contradictions,
        opposites=likeness.opposites,
        unused=[name for own, name in names.items() if own not in held.usage.given] if held.usage.asked else [],
        refused=_refused(held, names),
        waiting=held.waiting,
        expired=list(held.expired.values()),
        unread={one.place: why for one in held.sources if (why := _stale(one, now - one.read_at))},
        asking=first_questions(every, [(own, text) for own, text in held.phrasings if own in every]),
    )


def _refused(held: _Held, names: Mapping[int, str]) -> dict[str, int]:
    found = {}
    for own, name in names.items():
        times = max(held.usage.useless.get(own, 0), held.refused.get(own, 0))
        if times >= OFTEN and times >= OFTEN_SHARE * held.usage.given.get(own, 0):
            found[name] = times
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def _stale(source: KnowledgeSource, age: timedelta) -> str:
    """Why a source is stale; empty when it is not."""
    if source.place.startswith(("http://", "https://")):
        return f"read {age.days} days ago" if age > OLD else ""
    present = stamp(Path(source.place))
    if not present:
        return "it is not there any more"
    return "it has changed since it was read" if present != source.version else ""
