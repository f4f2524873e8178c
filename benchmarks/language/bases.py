"""Knowledge and questions sampled from public data, with fixed seeds.

CLINC150 and BANKING77: some phrasings of each intent are the knowledge, others are asked. The French FAQ has one
question for each answer, asked with words left out and others added in front; a fifth of its answers is left out of
the knowledge. Answers it gives twice, for members and for professionals, count as one. A later French FAQ has several
questions for some answers: the first is the knowledge, the others are asked.
"""

import csv
import json
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from bot.knowledge.sources import Draft, read
from bot.language.text.normalise import normalise

NO_ANSWER = -1
ASKED = 30
"""The number of questions for each of BANKING77's intents."""
OPENINGS = ("Bonjour,", "Je voudrais savoir :", "Est-ce que", "Pouvez-vous m'aider ?")
BEGINNING, SAME = 200, 92
"""Two answers say the same if so many first characters are equal, or their questions' similarity, in hundredths, is at
least this."""
KEPT_SHARES = (0.8, 0.6, 0.4)
"""The shares of a question's words that paraphrases keep."""
FRENCH, WORDED = "cnil_faq_squad.json", "besoindaide_PIAF_V5.json"
"""The French FAQ, and a later one that has several questions of its authors for some answers: both are in
https://github.com/etalab-ia/piaf-ml, under `clients/cnil/knowledge_base`, the first as `squad.json`."""


@dataclass(frozen=True, slots=True)
class Base:
    """Knowledge, and questions with the id of the answer each should find, or `NO_ANSWER`.

    Attributes:
        far: texts from entirely different fields.
    """

    name: str
    phrasings: Sequence[tuple[int, str]]
    questions: Sequence[tuple[str, int]]
    bodies: Mapping[int, str] = field(default_factory=dict)
    far: Sequence[str] = ()


Phrased = Mapping[str, Sequence[str]]
"""Phrasings by intent."""


def clinc_intents(folder: Path) -> Phrased:
    """The training phrasings of CLINC150, by intent."""
    data = json.loads((folder / "clinc150_train_val.json").read_text(encoding="utf-8"))
    found: dict[str, list[str]] = defaultdict(list)
    for text, intent in data["train"]:
        found[intent].append(text)
    return found


def out_of_scope(folder: Path) -> list[str]:
    """The out-of-scope texts of CLINC150."""
    data = json.loads((folder / "clinc150_train_val.json").read_text(encoding="utf-8"))
    return [text for part in ("oos_train", "oos_val") for text, _ in data[part]]


def banking_intents(folder: Path) -> Phrased:
    """The phrasings of BANKING77, by intent."""
    found: dict[str, list[str]] = defaultdict(list)
    with (folder / "banking77_train.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found[row["category"]].append(row["text"])
    return found


def intents(folder: Path) -> Mapping[str, Phrased]:
    """The phrasings of CLINC150, of BANKING77, and of both together, by name."""
    one, other = clinc_intents(folder), banking_intents(folder)
    both = {**{f"CLINC150 {name}": texts for name, texts in one.items()}, **other}
    return {"CLINC150": one, "BANKING77": other, "both together": both}


def clinc(folder: Path, shots: int) -> Base:
    """CLINC150 with `shots` phrasings for each answer; its out-of-scope questions have no answer."""
    data = json.loads((folder / "clinc150_train_val.json").read_text(encoding="utf-8"))
    by_intent = clinc_intents(folder)
    number = {intent: at for at, intent in enumerate(sorted(by_intent))}
    chance = random.Random(0)  # noqa: S311 - the same draw each time is meant
    phrasings = [(number[intent], text) for intent in number for text in chance.sample(by_intent[intent], shots)]
    asked = [(text, number.get(intent, NO_ANSWER)) for part in ("val", "oos_val") for text, intent in data[part]]
    return Base(f"CLINC150, {shots} phrasings", phrasings, asked)


def banking(folder: Path, shots: int) -> Base:
    """BANKING77 with `shots` phrasings for each answer."""
    by_intent = banking_intents(folder)
    chance = random.Random(0)  # noqa: S311 - as above
    phrasings, asked = [], []
    for number, intent in enumerate(sorted(by_intent)):
        texts = chance.sample(by_intent[intent], len(by_intent[intent]))
        phrasings += [(number, text) for text in texts[:shots]]
        asked += [(text, number) for text in texts[shots : shots + ASKED]]
    return Base(f"BANKING77, {shots} phrasings", phrasings, asked)


def faq(folder: Path) -> Base:
    """The French FAQ."""
    drafts, stands_for = _french(folder / FRENCH)
    chance = random.Random(0)  # noqa: S311 - as above
    missing = {stands_for[at] for at in chance.sample(range(len(drafts)), len(drafts) // 5)}
    asked = [
        (paraphrase(draft.phrasings[0], kept, chance), stands_for[at])
        for at, draft in enumerate(drafts)
        for kept in KEPT_SHARES
    ]
    base = _french_base("French FAQ, 1 phrasing", drafts, set(stands_for) - missing, asked)
    return replace(base, far=out_of_scope(folder))


def reworded(folder: Path, file: str = "reworded.txt") -> Base:
    """The French FAQ asked in our own, entirely different words; a fifth of those answers is left out of the knowledge.

    Args:
        file: `reworded.txt`, on which the search was tuned, `reworded_again.txt`, which was used to choose between
            nearly equal variants, or `reworded_third.txt`, on which nothing was tuned.
    """
    drafts, stands_for = _french(folder / FRENCH)
    asked = [(text, stands_for[int(number)]) for number, text in pairs(file)]
    missing = {answer for _, answer in asked[::5]}
    return _french_base(f"French FAQ, {file}", drafts, set(stands_for) - missing, asked)


def worded(folder: Path) -> Base:
    """The later French FAQ: the first question of each answer is the knowledge, its authors' other wordings are asked.

    A fifth of the answers asked for is left out of the knowledge. Nothing is tuned on it.
    """
    drafts, stands_for = _french(folder / WORDED)
    asked = [(text, stands_for[at]) for at, draft in enumerate(drafts) for text in draft.phrasings[1:]]
    missing = set(sorted({answer for _, answer in asked})[::5])
    base = _french_base("French FAQ, worded by its authors", drafts, set(stands_for) - missing, asked)
    return replace(base, far=out_of_scope(folder))


def _french(file: Path) -> tuple[list[Draft], list[int]]:
    """The answers of a French FAQ, and for each the index of the first one that says the same."""
    drafts = [found for found in read(file) if isinstance(found, Draft)]
    begun = [draft.answer[:BEGINNING] for draft in drafts]
    plain = [normalise(draft.phrasings[0]) for draft in drafts]
    alike = cdist(plain, plain, scorer=fuzz.token_sort_ratio)
    each = range(len(drafts))
    return drafts, [next(at for at in each if begun[at] == begun[own] or alike[own, at] >= SAME) for own in each]


def _french_base(name: str, drafts: Sequence[Draft], known: set[int], asked: Sequence[tuple[str, int]]) -> Base:
    phrasings = [(at, drafts[at].phrasings[0]) for at in sorted(known)]
    questions = [(text, answer if answer in known else NO_ANSWER) for text, answer in asked]
    return Base(name, phrasings, questions, {at: draft.answer for at, draft in enumerate(drafts)})


def pairs(file: str) -> list[tuple[str, str]]:
    """Our own pairs of questions, read from a file with one pair on each line, separated by |."""
    lines = Path(__file__).with_name(file).read_text(encoding="utf-8").splitlines()
    return [(first, second) for first, second in (line.split("|") for line in lines)]


def paraphrase(question: str, kept: float, chance: random.Random) -> str:
    """A question with words added in front, of whose own words a random share is kept."""
    words = question.split()
    left = [word for word in words if chance.random() < kept] or words[:2]
    return " ".join((chance.choice(OPENINGS), *left))
