"""What the answers' own words tell: how rare the rarest word is that an answer lacks."""

import pytest

from bot.language.search.passages import UNTOLD, Passages
from bot.language.text.normalise import normalise
from bot.language.text.terms import Terms

TITLES = ("When does the pool open?", "When does the library open?", "Where is the pool?")
BODIES = ("The pool opens at nine.", "At ten, after the cleaning.", "Behind the hall.")


@pytest.fixture
def passages() -> Passages:
    return Passages(TITLES, BODIES, Terms(list(map(normalise, TITLES)), ("en", "fr")).tokenise)


def test_an_answer_with_every_word_lacks_none(passages: Passages) -> None:
    assert passages.lack("when does the pool open", 0, TITLES[:1]) == 0
    assert passages.lack("the pool at nine", 0, TITLES[:1]) == 0


def test_the_rarer_a_word_is_that_it_lacks_the_more_it_lacks(passages: Passages) -> None:
    common = passages.lack("when does the pool open", 2, TITLES[2:])
    rare = passages.lack("where is the library", 2, TITLES[2:])
    unknown = passages.lack("where is the sauna", 2, TITLES[2:])
    assert 0 < common < rare < unknown == 1


def test_a_word_of_another_phrasing_is_not_lacked(passages: Passages) -> None:
    assert passages.lack("where is the sauna", 2, (TITLES[2], "Where is the sauna?")) == 0


def test_words_of_another_language_tell_nothing(passages: Passages) -> None:
    assert passages.lack("quelle heure ouvre piscine", 0, TITLES[:1]) == UNTOLD
