"""The index of meanings: right in other words, quiet when it is another question."""

import numpy as np

from bot.knowledge.policy import ANSWER_THRESHOLD, NEAR_THRESHOLD, OFFER_THRESHOLD, UNASKED_THRESHOLD
from bot.language.encoding.packing import load, pack
from bot.language.search.material import Refusal
from tests import meaning

TOWN = {
    1: ("When does the pool open?", "The pool opens at nine, on Sundays at ten."),
    2: ("Where can I park?", "Behind the hall, free of charge for two hours."),
    3: ("How do I join the walking group?", "Ask Mara at the desk on the ground floor."),
    4: ("Comment devenir bénévole ?", "Il suffit d'écrire à l'accueil, qui propose un rendez-vous."),
    5: ("What happens if I return a book?", "It is checked and goes back to its shelf."),
    6: ("What happens if I do not return a book?", "After a month it has to be paid for."),
    7: ("Do I have to pay for children?", "Under twelve they come in for nothing."),
}
PHRASINGS = [(own, question) for own, (question, _) in TOWN.items()]
BODIES = {own: body for own, (_, body) in TOWN.items()}
OPPOSED = [
    ("How do I turn off text messages?", "How do I turn on text messages?"),
    ("When does the pool open?", "When does the pool close?"),
    ("When does the pool open?", "When does the sauna open?"),
    ("How do I join the walking group?", "How do I leave the walking group?"),
    ("Can I cancel after paying?", "Can I cancel before paying?"),
    ("How do I lock my locker?", "How do I unlock my locker?"),
    ("Who may book the hall?", "Who may clean the hall?"),
    ("Where do I pick up my parcel?", "Where do I drop off my parcel?"),
    ("How do I add a second child?", "How do I remove a second child?"),
    ("Is smoking allowed indoors?", "Is smoking allowed outdoors?"),
    ("What is the minimum age?", "What is the maximum age?"),
    ("Quel est l'âge minimum ?", "Quel est l'âge maximum ?"),
    ("Comment rejoindre le groupe de marche ?", "Comment quitter le groupe de marche ?"),
    ("Puis-je annuler après le paiement ?", "Puis-je annuler avant le paiement ?"),
]


def test_other_words_and_the_other_language_find_it() -> None:
    cases: list[tuple[str, int]] = [
        ("at what time can I go swimming in the pool", 1),
        ("is there somewhere to leave my car", 2),
        ("A quelle heure ouvre la piscine ?", 1),
        ("how can I become a volunteer", 4),
        ("do kids have to pay", 7),
    ]
    for question, answer in cases:
        best = meaning.index(PHRASINGS, BODIES).search(question)[0]
        assert best.answer_id == answer, question
        assert best.score >= OFFER_THRESHOLD, question


def test_one_word_away_it_is_offered_and_not_answered() -> None:
    for heading, question in OPPOSED:
        best = meaning.index([*PHRASINGS, (8, heading)] if heading not in dict(TOWN.values()) else PHRASINGS, BODIES)
        found = best.search(question)[0]
        assert OFFER_THRESHOLD <= found.score < ANSWER_THRESHOLD, (heading, question)


def test_an_exact_heading_is_answered_also_beside_a_near_twin() -> None:
    for answer, phrasing in PHRASINGS:
        for asked in (phrasing, f"hello, {phrasing.upper()} please"):
            best = meaning.index(PHRASINGS, BODIES).search(asked)[0]
            assert (best.answer_id, best.score >= UNASKED_THRESHOLD) == (answer, True), phrasing


def test_what_nobody_wrote_about_is_not_offered() -> None:
    cases: list[str] = ["What is the capital of Peru?", "xyzzy", "🤷", "", "???", "\ud800", "x" * 50_000, "\u200b"]
    assert [
        question
        for question in cases
        if not all(one.score < OFFER_THRESHOLD for one in meaning.index(PHRASINGS, BODIES).search(question))
    ] == []


def test_what_was_refused_for_a_question_is_not_its_answer_any_more_in_like_words_either() -> None:
    asked, like = "is there somewhere to leave my car", "is there somewhere I can leave my car"
    told = meaning.index(PHRASINGS, BODIES, [Refusal(asked, 2)])
    assert {one.answer_id: one.score for one in told.search(asked)}[2] < ANSWER_THRESHOLD
    assert {one.answer_id: one.score for one in told.search(like)}[2] < ANSWER_THRESHOLD
    assert told.search("Where can I park?")[0].score >= UNASKED_THRESHOLD


def test_a_question_known_not_to_be_covered_is_passed_on_until_a_newer_answer_is_there() -> None:
    asked = "Where can I park my boat?"
    assert meaning.index(PHRASINGS, BODIES).search(asked)[0].score >= OFFER_THRESHOLD
    told = meaning.index(PHRASINGS, BODIES, [Refusal(asked, None, newest=7)])
    assert all(one.score < OFFER_THRESHOLD for one in told.search(asked))
    newer = meaning.index([*PHRASINGS, (8, "Where do boats park?")], BODIES, [Refusal(asked, None, newest=7)])
    assert newer.search(asked)[0].answer_id == 8
    assert newer.search(asked)[0].score >= OFFER_THRESHOLD > NEAR_THRESHOLD


def test_packed_vectors_keep_their_cosines() -> None:
    rows = meaning.encoder().encode([text for _, text in PHRASINGS])
    again = load(pack(rows).dump(), meaning.encoder().dimension)
    assert np.abs(again.unpack() @ rows.T - rows @ rows.T).max() < 0.002


LONELY = [
    ("How much does a day pass cost?", "Seven euros.", "is the hall open on sundays?", "what is the price of a ticket"),
    ("How much does a day pass cost?", "Seven euros.", "where do I park?", "how much is a pass for a day"),
    ("Quel est le prix d'une entrée ?", "Sept euros.", "où se garer ?", "combien coûte l'entrée"),
]


def test_a_lone_answer_is_found_and_not_offered_for_want_of_another() -> None:
    for heading, body, far, near in LONELY:
        alone = meaning.index([(1, heading)], {1: body})
        assert alone.search(far)[0].score < OFFER_THRESHOLD, heading
        assert alone.search(near)[0].score >= ANSWER_THRESHOLD, heading
