"""Examines a community's knowledge: entries that spoil the search, and how reliable its confidence is."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlmodel import Session

from bot.core import Core
from bot.knowledge import terms
from bot.knowledge.library import threshold_of
from bot.knowledge.policy import OFFER_THRESHOLD, UNASKED_THRESHOLD
from bot.language import FEWEST_PHRASINGS
from bot.language.search.candidate import Candidate
from bot.language.text.excerpt import excerpt
from storage.answers import knowledge
from storage.models import Answer, Community

if TYPE_CHECKING:
    from bot.language.search.calibration.validation import Reliability

SHADOW_THRESHOLD = 0.4
"""The confidence in another answer from which a phrasing is reported as shared by both."""
MOST_SHOWN = 20
"""The ids or lines listed under a heading."""
MOST_CHARACTERS = 80
"""Characters of a question in the report."""


@dataclass(frozen=True, slots=True)
class Shadow:
    """A phrasing of one answer for which another answer could be given.

    Attributes:
        id: the id of the answer it belongs to.
        other: the id of the other answer.
        confidence: the confidence in the other answer.
    """

    id: str
    other: str
    question: str
    confidence: float


@dataclass(frozen=True, slots=True)
class HeldOut:
    """The outcome of the cross-validation at a threshold, as shares from 0 to 1.

    Attributes:
        precision: of the best answers that reach the threshold, those that are right.
        coverage: of the questions with an answer, those whose best confidence reaches the threshold.
        false: of the questions without an answer, those whose best confidence reaches the threshold.
    """

    threshold: float
    precision: float
    coverage: float
    false: float


@dataclass(frozen=True, slots=True)
class KnowledgeReport:
    """The report on a community's knowledge.

    Attributes:
        answers: the number of answers.
        questions: the number of phrasings.
        languages: by language, the number of answers in it.
        lost: ids of answers that are not the best for any of their own phrasings.
        shadows: phrasings that also ask for another answer.
        few: ids of answers with fewer than `FEWEST_PHRASINGS` phrasings.
        empty: ids of answers without words.
        held_out: by decision, the outcome of the cross-validation; empty with too few phrasings.
        threshold: the confidence from which an answer is given.
    """

    answers: int
    questions: int
    languages: Mapping[str, int]
    lost: tuple[str, ...]
    shadows: tuple[Shadow, ...]
    few: tuple[str, ...]
    empty: tuple[str, ...]
    held_out: Mapping[str, HeldOut]
    threshold: float

    def record(self) -> Mapping[str, object]:
        """The report as JSON values, with the thresholds."""
        return {**asdict(self), "thresholds": _thresholds(self.threshold)}

    def text(self) -> str:
        """The report as text."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        tongues = ", ".join(f"{number} {language}" for language, number in self.languages.items())
        spoken = f" ({tongues})" if tongues else ""
        yield f"{self.answers} answers{spoken}, {self.questions} questions"
        yield from _named("answers without words", self.empty)
        yield from _named("answers that none of their own questions finds", self.lost)
        shared = [
            f"“{excerpt(one.question, MOST_CHARACTERS)}” of {one.id} may get {one.other} ({one.confidence:.2f})"
            for one in self.shadows
        ]
        yield from _shown("questions that two answers share", shared)
        yield from _named(f"answers with fewer than {FEWEST_PHRASINGS} questions", self.few)
        yield ""
        yield from self._reliability_lines()

    def _reliability_lines(self) -> Iterator[str]:
        marks = _thresholds(self.threshold)
        yield "Confidence needed: " + ", ".join(f"{name} {least:.2f}" for name, least in marks.items())
        if not self.held_out:
            yield f"Too few questions to rehearse: from {FEWEST_PHRASINGS} an answer on, the bot learns how sure to be."
        for name, held in self.held_out.items():
            yield (
                f"Rehearsed on its own questions, {name}: {held.precision:.0%} right, reached by {held.coverage:.0%} "
                f"of the questions and {held.false:.0%} of those without an answer"
            )


async def examine(core: Core, community: Community) -> KnowledgeReport:
    """Search for every phrasing of a community's knowledge, and report what is found."""

    def job(session: Session) -> tuple[list[Answer], list[tuple[int, str]]]:
        over = terms.read(session, community.id, core.clock.now()).over
        known = knowledge.answers(session, community.id)
        covered = [answer for answer in known if answer.text and answer.id not in over]
        ids = {answer.id for answer in covered}
        return covered, [(own, text) for own, text in knowledge.phrasings(session, community.id) if own in ids]

    answers, asked = await core.store.read(job)
    index = await core.library.index(community.id)
    found = await asyncio.to_thread(index.search_many, [text for _, text in asked], 2)
    names = {answer.id: answer.external_id for answer in answers}
    times = Counter(answer_id for answer_id, _ in asked)
    finding = {own for (own, _), best in zip(asked, found, strict=True) if best and best[0].answer_id == own}
    return KnowledgeReport(
        answers=len(answers),
        questions=len(asked),
        languages=dict(Counter(answer.language for answer in answers).most_common()),
        lost=tuple(name for own, name in names.items() if own not in finding),
        shadows=tuple(_shadows(names, asked, found)),
        few=tuple(name for own, name in names.items() if times[own] < FEWEST_PHRASINGS),
        empty=tuple(answer.external_id for answer in answers if not answer.text.strip()),
        held_out=_held_out(index.reliability, threshold_of(index)),
        threshold=threshold_of(index),
    )


def _held_out(shown: "Reliability | None", answer: float) -> Mapping[str, HeldOut]:
    if shown is None:
        return {}
    measures = (shown.precision, shown.coverage, shown.false)
    return {
        name: HeldOut(least, *(round(measure(least), 4) for measure in measures))
        for name, least in _thresholds(answer).items()
    }


def _shadows(
    names: Mapping[int, str], asked: Sequence[tuple[int, str]], found: Sequence[Sequence[Candidate]]
) -> Iterator[Shadow]:
    for (own, text), best in zip(asked, found, strict=True):
        for candidate in best:
            if candidate.answer_id != own and candidate.score >= SHADOW_THRESHOLD:
                yield Shadow(names[own], names[candidate.answer_id], text, round(candidate.score, 4))


def _thresholds(answer: float) -> Mapping[str, float]:
    return {"offer": OFFER_THRESHOLD, "answer": answer, "answer unasked": UNASKED_THRESHOLD}


def _named(heading: str, ids: Sequence[str]) -> Iterator[str]:
    """A heading with the number of ids, and the first of them in a line; nothing when there are none."""
    if ids:
        more = f" … and {len(ids) - MOST_SHOWN} more" if len(ids) > MOST_SHOWN else ""
        yield f"\n{len(ids)} {heading}:\n  {', '.join(ids[:MOST_SHOWN])}{more}"


def _shown(heading: str, lines: Sequence[str]) -> Iterator[str]:
    """A heading with the number of lines, and the first of them; nothing when there are none."""
    if lines:
        yield f"\n{len(lines)} {heading}:"
        yield from (f"  {line}" for line in lines[:MOST_SHOWN])
        if len(lines) > MOST_SHOWN:
            yield f"  … and {len(lines) - MOST_SHOWN} more"
