"""What in a community's knowledge keeps questions from their answers, and how far its confidence can be trusted."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlmodel import Session

from bot.core import Core
from bot.knowledge.library import CERTAIN, LIKELY, SURE
from bot.language import FEWEST_PHRASINGS
from bot.language.candidate import Candidate
from bot.language.excerpt import excerpt
from storage import knowledge
from storage.models import Answer, Community

if TYPE_CHECKING:
    from bot.language.rehearsal import Reliability

SHADOWED = 0.4
"""From this confidence a phrasing of one answer also asks for another."""
MOST_SHOWN = 20
MOST_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Shadow:
    """A question of one answer that another answer could be given to; `confidence` is the other's."""

    id: str
    other: str
    question: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Held:
    """What held-out questions showed at a threshold, as shares from 0 to 1.

    Attributes:
        precision: of the answers found best with this confidence, those that were right.
        coverage: of the questions with an answer, those that reached this confidence.
        false: of the questions without an answer, those that reached it all the same.
    """

    threshold: float
    precision: float
    coverage: float
    false: float


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was found.

    Attributes:
        languages: how many answers in each.
        lost: ids of answers that none of their own questions finds.
        shadows: questions that two answers share.
        few: ids of answers with too few questions to learn from.
        empty: ids of answers without words.
        held_out: by decision, what a rehearsal on held-out questions showed; empty with too few questions.
    """

    answers: int
    questions: int
    languages: Mapping[str, int]
    lost: tuple[str, ...]
    shadows: tuple[Shadow, ...]
    few: tuple[str, ...]
    empty: tuple[str, ...]
    held_out: Mapping[str, Held]

    def record(self) -> Mapping[str, object]:
        """The same as JSON values."""
        return {**asdict(self), "thresholds": _thresholds()}

    def text(self) -> str:
        """The same for a person to read."""
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
        yield from self._trust()

    def _trust(self) -> Iterator[str]:
        marks = _thresholds()
        yield "Confidence needed: " + ", ".join(f"{name} {least:.2f}" for name, least in marks.items())
        if not self.held_out:
            yield f"Too few questions to rehearse: from {FEWEST_PHRASINGS} an answer on, the bot learns how sure to be."
        for name, held in self.held_out.items():
            yield (
                f"Rehearsed on its own questions, {name}: {held.precision:.0%} right, reached by {held.coverage:.0%} "
                f"of the questions and {held.false:.0%} of those without an answer"
            )


async def examine(core: Core, community: Community) -> Checkup:
    """Look at all of a community's knowledge."""

    def job(session: Session) -> tuple[list[Answer], list[tuple[int, str]]]:
        return knowledge.answers(session, community.id), knowledge.phrasings(session, community.id)

    answers, asked = await core.store.read(job)
    index = await core.library.index(community.id)
    found = await asyncio.to_thread(index.search_many, [text for _, text in asked], 2)
    names = {answer.id: answer.external_id for answer in answers}
    times = Counter(answer_id for answer_id, _ in asked)
    finding = {own for (own, _), best in zip(asked, found, strict=True) if best and best[0].answer_id == own}
    return Checkup(
        answers=len(answers),
        questions=len(asked),
        languages=dict(Counter(answer.language for answer in answers).most_common()),
        lost=tuple(name for own, name in names.items() if own not in finding),
        shadows=tuple(_shadows(names, asked, found)),
        few=tuple(name for own, name in names.items() if times[own] < FEWEST_PHRASINGS),
        empty=tuple(answer.external_id for answer in answers if not answer.text.strip()),
        held_out=_held_out(index.reliability),
    )


def _held_out(shown: "Reliability | None") -> Mapping[str, Held]:
    if shown is None:
        return {}
    measures = (shown.precision, shown.coverage, shown.false)
    return {
        name: Held(least, *(round(measure(least), 4) for measure in measures)) for name, least in _thresholds().items()
    }


def _shadows(
    names: Mapping[int, str], asked: Sequence[tuple[int, str]], found: Sequence[Sequence[Candidate]]
) -> Iterator[Shadow]:
    for (own, text), best in zip(asked, found, strict=True):
        for candidate in best:
            if candidate.answer_id != own and candidate.score >= SHADOWED:
                yield Shadow(names[own], names[candidate.answer_id], text, round(candidate.score, 4))


def _thresholds() -> Mapping[str, float]:
    return {"offer": LIKELY, "answer": SURE, "answer unasked": CERTAIN}


def _named(heading: str, ids: Sequence[str]) -> Iterator[str]:
    """A heading and the first ids after it; nothing when there are none."""
    if ids:
        more = f" … and {len(ids) - MOST_SHOWN} more" if len(ids) > MOST_SHOWN else ""
        yield f"\n{len(ids)} {heading}:\n  {', '.join(ids[:MOST_SHOWN])}{more}"


def _shown(heading: str, lines: Sequence[str]) -> Iterator[str]:
    """A heading and the first lines under it; nothing when there are none."""
    if lines:
        yield f"\n{len(lines)} {heading}:"
        yield from (f"  {line}" for line in lines[:MOST_SHOWN])
        if len(lines) > MOST_SHOWN:
            yield f"  … and {len(lines) - MOST_SHOWN} more"
