"""Examines a community's knowledge: entries that spoil the search, and how reliable its confidence is."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlmodel import Session

from bot.core import Core
from bot.knowledge import validity
from bot.knowledge.library import threshold_of
from bot.knowledge.policy import OFFER_THRESHOLD, UNASKED_THRESHOLD
from bot.language import FEWEST_PHRASINGS
from bot.language.search.candidate import Candidate
from bot.language.text.excerpt import excerpt
from bot.operations import findings
from storage.answers import knowledge
from storage.models import Answer, Community
from storage.values import frozen

if TYPE_CHECKING:
    from bot.language.search.calibration.validation import Reliability

SHADOW_THRESHOLD = 0.4
"""The confidence in another answer from which a phrasing is reported as shared by both."""


@frozen
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


@frozen
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


@frozen
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
        asking: by id of an answer, its first question.
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
    asking: Mapping[str, str]

    def record(self) -> Mapping[str, object]:
        """The report as JSON values, with the thresholds."""
        values = {key: value for key, value in asdict(self).items() if key != "asking"}
        return {**values, "thresholds": _thresholds(self.threshold)}

    def text(self) -> str:
        """The report as text."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        tongues = ", ".join(f"{number} {language}" for language, number in self.languages.items())
        spoken = f" ({tongues})" if tongues else ""
        yield f"{self.answers} answers{spoken}, {self.questions} questions"
        yield from self._ids("without words", "Nothing but signs is given: write them anew", self.empty)
        yield from self._ids(
            "that none of its own questions finds|that none of their own questions finds",
            "Another answer is found instead: word their questions more plainly",
            self.lost,
        )
        asked = [excerpt(one.question, findings.MOST_CHARACTERS) for one in self.shadows]
        shared = [
            f"“{words}” of {one.id} may get {one.other} ({one.confidence:.2f})"
            for words, one in zip(asked, self.shadows, strict=True)
        ]
        yield from findings.write(
            "question that two answers share",
            "questions that two answers share",
            "Word one of the two more closely, or join the answers",
            shared,
        )
        yield from self._ids(
            f"with fewer than {FEWEST_PHRASINGS} questions",
            "With more ways of asking they are found more surely",
            self.few,
        )
        yield ""
        yield from self._reliability_lines()

    def _ids(self, fault: str, mend: str, ids: Sequence[str]) -> Iterator[str]:
        """Answers with a fault, in words for one and, after a bar, for several where those differ."""
        one, _, several = fault.partition("|")
        return findings.write(f"answer {one}", f"answers {several or one}", mend, findings.name(ids, self.asking))

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
        over = validity.read(session, community.id, core.clock.now()).expired
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
        asking=first_questions(names, asked),
    )


def first_questions(names: Mapping[int, str], asked: Sequence[tuple[int, str]]) -> dict[str, str]:
    """By the id of an answer, its first question."""
    found: dict[str, str] = {}
    for own, text in asked:
        found.setdefault(names[own], text)
    return found


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
