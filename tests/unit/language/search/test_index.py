"""The lexical index: finds what was asked before, and knows nothing of the rest."""

import time
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.policy import OFFER_THRESHOLD, UNASKED_THRESHOLD, decide
from bot.language.search.calibration.confidence import DEFAULT_MODEL
from bot.language.search.index import LexicalIndex
from storage.vocabulary import Decision
from tests import meaning

PHRASINGS = [
    (1, "How do I change the pick-up point of my order?"),
    (1, "Comment changer de point relais ?"),
    (2, "When are you open on Saturdays?"),
    (2, "Quels sont les horaires du samedi ?"),
    (3, "How can I become a volunteer?"),
    (3, "Comment devenir bénévole ?"),
    (4, "Can I give frozen food?"),
]
LANGUAGES = ("en", "fr")
INDEX = LexicalIndex(PHRASINGS, LANGUAGES)
UNBOUNDED = [
    unit * (50_000 // len(unit))
    for unit in (
        "a",
        "a ",
        "é",
        "?",
        "\u200b",
        "a\u200b",
        "\ud800",
        "a\ud800 ",
        "e\u0301",
        "hello ",
        "from a to b ",
        "ﷺ",
        "\0",
    )
]
BOUND = 3
"""Seconds of work for one question; the bundled encoder takes a tenth of that for 600 characters."""


def test_a_phrasing_finds_its_own_answer_and_no_doubt_is_left() -> None:
    for answer, phrasing in PHRASINGS:
        best = INDEX.search(phrasing)[0]
        assert best.answer_id == answer, phrasing
        assert best.score > UNASKED_THRESHOLD, phrasing


def test_other_words_for_the_same_thing_find_it_too() -> None:
    cases: list[tuple[str, int]] = [
        ("changing my pickup point", 1),
        ("OUVERT LE SAMEDI ?", 2),
        ("devenir benevole", 3),
        ("is frozen food ok to give", 4),
    ]
    assert [(question, INDEX.search(question)[0].answer_id) for question, _ in cases] == cases


def test_courtesies_around_a_question_change_nothing() -> None:
    for question, frame in product(
        ("changing my pickup point", "OUVERT LE SAMEDI ?", "frozen", "capital of Peru"),
        ("Hello, {} please", "Can you tell me: {}", "Bonjour, {} s'il vous plaît"),
    ):
        assert INDEX.search(frame.format(question)) == INDEX.search(question), (question, frame)


def test_a_stem_counts_as_the_word() -> None:
    words = LexicalIndex([(1, "Delivering parcels"), (2, "Paying bills")], LANGUAGES)
    assert words.search("delivery of a parcel")[0].answer_id == 1


def test_what_nobody_wrote_about_is_not_answered() -> None:
    cases: list[str] = ["What is the capital of Peru?", "xyzzy", "Wie spät ist es?", "🤷", "", "???"]
    for question in cases:
        candidates = INDEX.search(question)
        assert all(candidate.score < OFFER_THRESHOLD for candidate in candidates), question
        assert decide(candidates) is Decision.SILENT, question


@given(st.text(st.characters()) | st.lists(st.sampled_from(" ".join(t for _, t in PHRASINGS).split())).map(" ".join))
def test_scores_are_between_nothing_and_one_the_best_first_each_answer_once(question: str) -> None:
    found = INDEX.search(question, most=3)
    scores = [candidate.score for candidate in found]
    assert len(found) <= 3
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 + 1e-9 for score in scores)
    assert len({candidate.answer_id for candidate in found}) == len(found)


def test_no_knowledge_finds_nothing() -> None:
    assert LexicalIndex([], LANGUAGES).search("When are you open?") == []


def test_knowledge_without_a_single_word_is_no_fault() -> None:
    cases: list[str] = ["???", "🤷", "", " "]
    assert [
        phrasing
        for phrasing in cases
        if [one.answer_id for one in LexicalIndex([(1, phrasing)], LANGUAGES).search("When?")] not in ([], [1])
    ] == []


def test_a_language_without_a_stemmer_is_served_by_its_plain_words() -> None:
    german = LexicalIndex([(1, "Wann ist geöffnet?"), (2, "Wo ist der Eingang?")], ("de",))
    assert german.search("wann geoffnet")[0].answer_id == 1


def test_many_questions_together_find_what_each_finds_alone() -> None:
    asked = [text for _, text in PHRASINGS] + ["", "xyzzy", "changing my pickup point", "Saturdays?"]
    together, alone = INDEX.search_many(asked * 100), [INDEX.search(question) for question in asked] * 100
    for one, other in zip(together, alone, strict=True):
        assert [found.answer_id for found in one] == [found.answer_id for found in other]
        assert [found.score for found in one] == pytest.approx([found.score for found in other])


def test_of_two_answers_with_one_phrasing_neither_is_sure() -> None:
    torn = LexicalIndex([(1, "When are you open?"), (2, "When are you open?"), (3, "Where is it?")], LANGUAGES)
    assert decide(torn.search("When are you open?")) is Decision.OFFER


def test_a_question_with_words_nobody_wrote_is_less_sure_than_without_them() -> None:
    assert INDEX.search("frozen food")[0].score > INDEX.search("frozen sunshine mountain food")[0].score + 0.1


THINGS = ["parcel", "invoice", "bicycle", "garden", "library", "piano", "volcano", "teacher", "umbrella", "window"]
WAYS = [
    "where is the {}",
    "I lost my {}",
    "how much for a {}",
    "{} please",
    "can somebody repair the {}",
    "my {} broke",
]
RICH = [(number, way.format(thing)) for number, thing in enumerate(THINGS) for way in WAYS]
RICH += [(number, f"the {thing} again, {thing} or not") for number, thing in enumerate(THINGS) for _ in range(4)]


def test_knowledge_with_many_phrasings_learns_from_them_how_sure_to_be() -> None:
    rich = LexicalIndex(RICH, LANGUAGES)
    assert rich.confidence_model != DEFAULT_MODEL
    assert rich.reliability
    assert rich.reliability.precision(0.7) > 0.95
    assert rich.reliability.coverage(0.7) > 0.9
    assert rich.reliability.false(0.7) < 0.05
    assert rich.search("has anybody seen a volcano")[0].answer_id == THINGS.index("volcano")


def test_knowledge_with_few_phrasings_takes_the_confidence_it_is_given() -> None:
    assert INDEX.confidence_model == DEFAULT_MODEL
    assert INDEX.reliability is None


def test_huge_and_broken_questions_are_searched_in_bounded_time() -> None:
    indexes = (INDEX, meaning.index(PHRASINGS))
    for question in UNBOUNDED:
        start = time.process_time()
        for index in indexes:
            assert all(0 <= one.score <= 1 for one in index.search(question)), question[:9]
        assert time.process_time() - start < BOUND, question[:9]


def test_a_base_of_huge_and_broken_texts_is_searched_in_bounded_time() -> None:
    texts = [*PHRASINGS, *enumerate(UNBOUNDED, start=10)]
    meaning.encoder()
    start = time.process_time()
    found = meaning.index(texts, dict(enumerate(UNBOUNDED, start=10))).search("How can I become a volunteer?")
    assert found[0].answer_id == 3
    assert LexicalIndex(texts, LANGUAGES).search("How can I become a volunteer?")[0].answer_id == 3
    assert time.process_time() - start < BOUND * len(UNBOUNDED)
