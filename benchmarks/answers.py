"""Measures accuracy and calibration of the search on public data: `python -m benchmarks.answers FOLDER`.

The folder has `clinc150_train_val.json` (CLINC150: `train`, `val`, `oos_val`) and `cnil_faq_squad.json`, a French FAQ
in the SQuAD layout with one question per answer. For CLINC150 the knowledge is a few phrasings of each intent's
`train`, and the questions are `val` and `oos_val`. For the FAQ the questions are its own with words left out and
others put before them; a fifth of the answers is left out of the knowledge, and their questions are out of scope.
"""

import json
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.knowledge.policy import ANSWER_THRESHOLD, OFFER_THRESHOLD
from bot.knowledge.sources import Draft, read
from bot.language.index import LexicalIndex

LANGUAGES = ("en", "fr")
BANDS = ((0.25, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.97), (0.97, 1.01))
"""The ranges of confidence whose calibration is shown."""
OPENINGS = ("Bonjour,", "Je voudrais savoir :", "Est-ce que", "Pouvez-vous m'aider ?")
KEPT_SHARES = (0.8, 0.6, 0.4)
"""The shares of a question's words that are kept."""
NO_ANSWER = -1


@dataclass(frozen=True, slots=True)
class Trial:
    """Knowledge, and questions with the id of the answer each should find, or `NO_ANSWER`."""

    name: str
    phrasings: Sequence[tuple[int, str]]
    questions: Sequence[tuple[str, int]]


def clinc(folder: Path, shots: int) -> Trial:
    """CLINC150 with so many phrasings per answer."""
    data = json.loads((folder / "clinc150_train_val.json").read_text(encoding="utf-8"))
    by_intent: dict[str, list[str]] = defaultdict(list)
    for text, intent in data["train"]:
        by_intent[intent].append(text)
    number = {intent: at for at, intent in enumerate(sorted(by_intent))}
    chance = random.Random(0)  # noqa: S311 - the same draw each time is meant
    phrasings = [(number[intent], text) for intent in number for text in chance.sample(by_intent[intent], shots)]
    asked = [(text, number.get(intent, NO_ANSWER)) for part in ("val", "oos_val") for text, intent in data[part]]
    return Trial(f"CLINC150, {shots} phrasings", phrasings, asked)


def faq(folder: Path) -> Trial:
    """The French FAQ, with questions from which words are left out and before which others are put."""
    drafts = [found for found in read(folder / "cnil_faq_squad.json") if isinstance(found, Draft)]
    chance = random.Random(0)  # noqa: S311 - the same draw each time is meant
    missing = set(chance.sample(range(len(drafts)), len(drafts) // 5))
    phrasings = [(at, draft.phrasings[0]) for at, draft in enumerate(drafts) if at not in missing]
    asked = [
        (_paraphrase(draft.phrasings[0], kept, chance), NO_ANSWER if at in missing else at)
        for at, draft in enumerate(drafts)
        for kept in KEPT_SHARES
    ]
    return Trial("French FAQ, 1 phrasing", phrasings, asked)


def measure(trial: Trial) -> Iterator[str]:
    """The figures of a trial, as the cells of its column in the table."""
    start = time.perf_counter()
    index = LexicalIndex(trial.phrasings, LANGUAGES)
    built = time.perf_counter() - start
    start = time.perf_counter()
    found = index.search_many([question for question, _ in trial.questions])
    each = (time.perf_counter() - start) / len(trial.questions) * 1000
    wanted = np.array([answer for _, answer in trial.questions])
    known = wanted != NO_ANSWER
    ids = [[one.answer_id for one in best[:3]] for best in found]
    first = np.array([best[:1] == [answer] for best, answer in zip(ids, wanted, strict=True)])
    among = np.array([answer in best for best, answer in zip(ids, wanted, strict=True)])
    sure = np.array([best[0].score if best else 0.0 for best in found])
    given, offered = sure >= ANSWER_THRESHOLD, (sure >= OFFER_THRESHOLD) & (sure < ANSWER_THRESHOLD)
    yield f"{first[known].mean():.1%} / {among[known].mean():.1%}"
    yield f"{given[known].mean():.1%} at {first[given].mean():.1%} right"
    yield f"{given[~known].mean():.1%} / {offered[~known].mean():.1%}"
    for low, high in BANDS:
        band = (sure >= low) & (sure < high)
        yield f"{sure[band].mean():.2f}: {first[band].mean():.2f} ({band.sum()})" if band.any() else "-"
    yield f"{built:.1f} s"
    yield f"{each:.2f} ms"


def main() -> None:
    """Run all trials and print their figures as a Markdown table."""
    folder = Path(sys.argv[1])
    trials = [clinc(folder, 3), clinc(folder, 10), faq(folder)]
    rows = ["top 1 / top 3", "answered", "out of scope: answered / offered"]
    rows += [f"said {low}-{min(high, 1)}: was right (n)" for low, high in BANDS] + ["building", "a question"]
    results = [list(measure(trial)) for trial in trials]
    sys.stdout.write(f"| | {' | '.join(trial.name for trial in trials)} |\n|---|{'---|' * len(trials)}\n")
    for row, *cells in zip(rows, *results, strict=True):
        sys.stdout.write(f"| {row} | {' | '.join(cells)} |\n")


def _paraphrase(question: str, kept: float, chance: random.Random) -> str:
    words = question.split()
    left = [word for word in words if chance.random() < kept] or words[:2]
    return " ".join((chance.choice(OPENINGS), *left))


if __name__ == "__main__":
    main()
