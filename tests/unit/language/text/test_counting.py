"""The terms of many texts at once are those of each text counted by itself."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bot.language.text.counting import count


@given(st.lists(st.lists(st.sampled_from(["pool", "hall", "a", "opening"])).map(" ".join)))
def test_every_text_has_its_own_terms_as_often_as_counted_alone(texts: list[str]) -> None:
    found = count(texts, str.split, lambda word: [word, *word])
    entries = zip(found.owners.tolist(), found.columns.tolist(), found.times.tolist(), strict=True)
    told: list[Counter[str]] = [Counter() for _ in texts]
    for owner, column, times in entries:
        told[owner][found.terms[column]] = times
    assert told == [Counter(term for word in text.split() for term in [word, *word]) for text in texts]


def test_texts_without_a_word_have_no_terms() -> None:
    assert not len(count(["", " "], str.split, lambda word: [word]).times)
