"""Measures how often the right answer, or a wrong one, is found and given."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from sklearn.metrics import roc_auc_score

from benchmarks.language.bases import NO_ANSWER, Base, pairs
from bot.knowledge.library import threshold_of
from bot.knowledge.policy import OFFER_THRESHOLD, UNASKED_THRESHOLD, assess
from bot.language.encoding.encoder import Encoder
from bot.language.encoding.packing import pack
from bot.language.search.index import LexicalIndex
from bot.language.search.material import Material, Refusal, gather
from bot.language.search.semantic import SemanticIndex

LANGUAGES = ("en", "fr")
FRAMES = (
    "Hello, {} please",
    "Can you tell me: {}",
    "Good morning! {} Thanks in advance",
    "Bonjour, {} s'il vous plaît",
    "Pouvez-vous me dire : {}",
    "Bonjour, petite question : {} Merci !",
)
FRAMED = 300
"""The number of questions asked with each frame (such as a greeting) around them."""


def build(
    phrasings: Sequence[tuple[int, str]],
    bodies: Mapping[int, str],
    encoder: Encoder | None,
    refusals: Sequence[Refusal] = (),
) -> LexicalIndex | SemanticIndex:
    """An index by an encoder, or without one a lexical index."""
    if encoder is None:
        return LexicalIndex(phrasings, LANGUAGES)
    entries = gather(phrasings, bodies)
    rows = {entry.answer_id: pack(encoder.encode(entry.spoken())) for entry in entries}
    return SemanticIndex(Material(entries, rows, refusals), encoder, LANGUAGES)


def measure(base: Base, encoder: Encoder | None) -> Iterator[tuple[str, float]]:
    """The figures of a base, as shares."""
    index = build(base.phrasings, base.bodies, encoder)
    found = index.search_many([question for question, _ in base.questions])
    wanted = np.array([answer for _, answer in base.questions])
    known = wanted != NO_ANSWER
    ids = [[one.answer_id for one in best[:3]] for best in found]
    first = np.array([best[:1] == [answer] for best, answer in zip(ids, wanted, strict=True)])
    among = np.array([answer in best for best, answer in zip(ids, wanted, strict=True)])
    sure = np.array([best[0].score if best else 0.0 for best in found])
    given = sure >= threshold_of(index)
    yield "first", first[known].mean()
    yield "among three", among[known].mean()
    yield "answered", given[known].mean()
    yield "of those right", first[given & known].mean()
    if not known.all():
        yield "AUROC", roc_auc_score(known, sure)
        yield "false", given[~known].mean()
    if base.far:
        far = [bool(best) and best[0].score >= threshold_of(index) for best in index.search_many(base.far)]
        yield "far false", float(np.mean(far))
    yield (
        "changed by a frame",
        _framed(index, [question for question, _ in base.questions[:: max(1, len(sure) // FRAMED)]]),
    )


def _framed(index: LexicalIndex | SemanticIndex, questions: Sequence[str]) -> float:
    def decide(asked: Sequence[str]) -> list[object]:
        results = [assess(found, threshold_of(index)) for found in index.search_many(asked)]
        return [(one.decision, one.displayed[:1] and one.candidates[0].answer_id) for one in results]

    plain = decide(questions)
    framed = [decide([frame.format(question) for question in questions]) for frame in FRAMES]
    changed = [one != other for asked in framed for one, other in zip(plain, asked, strict=True)]
    return float(np.mean(changed))


def one_word_away(encoder: Encoder | None) -> Iterator[tuple[str, float]]:
    """How often questions that differ in one word from a known one are answered, unasked too, or offered an answer."""
    known = pairs("opposites.txt")
    index = build([(at, first) for at, (first, _) in enumerate(known)], {}, encoder)
    sure = np.array([best[0].score if best else 0 for best in index.search_many([second for _, second in known])])
    yield "opposites answered", (sure >= threshold_of(index)).mean()
    yield "opposites unasked", (sure >= UNASKED_THRESHOLD).mean()
    yield "opposites offered", ((sure >= OFFER_THRESHOLD) & (sure < threshold_of(index))).mean()


def across(encoder: Encoder | None) -> Iterator[tuple[str, float]]:
    """How often questions in the other language find the right answer, and how often they are given a wrong one."""
    known = pairs("bilingual.txt")
    for name, own, other in (("French questions", 0, 1), ("English questions", 1, 0)):
        index = build([(at, pair[own]) for at, pair in enumerate(known)], {}, encoder)
        found = index.search_many([pair[other] for pair in known])
        right = np.array([bool(best) and best[0].answer_id == at for at, best in enumerate(found)])
        sure = np.array([best[0].score if best else 0 for best in found])
        yield f"{name}: right first", right.mean()
        yield f"{name}: answered wrongly", ((sure >= threshold_of(index)) & ~right).mean()
