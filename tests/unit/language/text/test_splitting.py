"""Texts taken apart into terms."""

import tracemalloc

from bot.language.text.splitting import Splitter

WORDS = [f"{number:03}" + "abcdefghij" * 59 for number in range(6)]
"""Words that fill a text each."""


def test_words_of_which_nobody_says_another_are_not_kept() -> None:
    splitter = Splitter(("en", "fr"))
    _split(splitter, "benches in the park")
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for word in WORDS:
        _split(splitter, word)
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 30_000


def test_a_long_word_has_the_terms_of_any() -> None:
    long, short = "anticonstitutionnellement", "constitution"
    grams, stems = _split(Splitter(("en", "fr")), long)
    assert set(_split(Splitter(("en", "fr")), short)[0]) - set(grams) == {
        f" {short[:2]}",
        f" {short[:3]}",
        f" {short[:4]}",
        f"{short[-2:]} ",
        f"{short[-3:]} ",
        f"{short[-4:]} ",
    }
    assert len(stems) == 2


def _split(splitter: Splitter, text: str) -> tuple[list[str], list[str]]:
    grams, stems = splitter.split(text)
    return list(grams), list(stems)
