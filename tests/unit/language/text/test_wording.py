"""Changed words: one of polarity, number or name makes another question of it."""

from bot.language.text.comparison.wording import Change, compare
from bot.language.text.words import read


def change(question: str, phrasing: str) -> Change:
    return compare(read(question), read(phrasing)).change


def test_these_are_other_questions() -> None:
    cases: list[tuple[str, str]] = [
        ("When does the pool close?", "When does the pool open?"),
        ("À quelle heure ferme la piscine ?", "À quelle heure ouvre la piscine ?"),
        ("Can I cancel before paying?", "Can I cancel after paying?"),
        ("How do I unlock my locker?", "How do I lock my locker?"),
        ("Comment désactiver les notifications ?", "Comment activer les notifications ?"),
        ("Peut-on venir sans chien ?", "Peut-on venir avec un chien ?"),
        ("What happens if I do not return a book?", "What happens if I return a book?"),
        ("What is the price for 3 people?", "What is the price for 2 people?"),
        ("Comment inscrire mon deuxième enfant ?", "Comment inscrire mon premier enfant ?"),
        ("Comment aller à Lyon Perrache ?", "Comment aller à Lyon Part-Dieu ?"),
        ("How do I get to Oak Street North?", "How do I get to Oak Street?"),
        ("Where is Oak Street?", "Where is Oak Street North?"),
        ("How do I deflate the boat?", "How do I inflate the boat?"),
    ]
    for question, phrasing in cases:
        assert change(question, phrasing) is Change.DECISIVE, (question, phrasing)
        assert change(phrasing, question) is Change.DECISIVE, (question, phrasing)


def test_other_forms_of_the_same_words_change_nothing() -> None:
    cases: list[tuple[str, str]] = [
        ("when does the pool open", "When do the pools open?"),
        ("Opening the pool: when?", "When is the pool opened?"),
        ("Où déclarer un accidant ?", "Où déclarer un accident ?"),
        ("the hall, is the hall open", "Is the hall open?"),
    ]
    assert [(question, phrasing) for question, phrasing in cases if change(question, phrasing) is not Change.NONE] == []


def test_who_does_not_manage_something_asks_how_it_is_done() -> None:
    cases: list[tuple[str, str]] = [
        ("I can't find my invoice", "Where do I find my invoice?"),
        ("Je n'arrive pas à me connecter", "Comment se connecter ?"),
        ("My top-up didn't go through", "My top up hasn't gone through"),
    ]
    assert [(question, phrasing) for question, phrasing in cases if change(question, phrasing) is Change.DECISIVE] == []


def test_one_swapped_word_is_told_from_one_more_and_from_other_words() -> None:
    cases: list[tuple[str, str, Change]] = [
        ("Who may clean the hall?", "Who may book the hall?", Change.SWAPPED),
        ("Who may book the small hall?", "Who may book the hall?", Change.NARROWED),
        ("How much is a year of membership for pensioners?", "What does it cost to join?", Change.OTHER),
    ]
    assert [
        (question, phrasing, expected)
        for question, phrasing, expected in cases
        if change(question, phrasing) is not expected
    ] == []
