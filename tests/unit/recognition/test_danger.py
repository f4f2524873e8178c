"""Words of a person in danger, told from anger, idioms, games and films."""

import time
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.recognition.danger import Danger, DangerTables, danger
from bot.recognition.phrasebook.words import MOST_CHARACTERS
from tests.unit.recognition.tables import read_rows

HALVES = ["danger_tuning", "danger_held_out"]


@pytest.mark.parametrize("half", HALVES)
def test_help_is_shown_for_95_of_100_in_danger(half: str, danger_tables: DangerTables) -> None:
    shown = [danger(row["text"], danger_tables) is not None for row in read_rows(half) if row["label"] != "ordinary"]
    # Without the texts: whoever tunes the tables is not to read those held out.
    assert sum(shown) >= 0.95 * len(shown), f"help for {sum(shown)} of {len(shown)}"


@pytest.mark.parametrize("half", HALVES)
def test_help_is_shown_for_at_most_3_of_100_ordinary_complaints(half: str, danger_tables: DangerTables) -> None:
    shown = [danger(row["text"], danger_tables) is not None for row in read_rows(half) if row["label"] == "ordinary"]
    assert sum(shown) <= 0.03 * len(shown), f"help for {sum(shown)} of {len(shown)}"


def test_the_sets_are_as_large_as_they_should_be() -> None:
    rows = [row for half in HALVES for row in read_rows(half)]
    in_danger = sum(row["label"] != "ordinary" for row in rows)
    assert in_danger >= 130
    assert len(rows) - in_danger >= 270
    assert {row["label"] for row in rows} == {"ordinary", *Danger}


def test_no_sentence_is_in_both_halves() -> None:
    tuning, held_out = ({row["text"] for row in read_rows(half)} for half in HALVES)
    assert not tuning & held_out


def test_the_kind_of_danger_is_told(danger_tables: DangerTables) -> None:
    for label in list(Danger):
        rows = [row for row in read_rows("danger_tuning") if row["label"] == label]
        assert sum(danger(row["text"], danger_tables) is label for row in rows) >= 0.85 * len(rows), label


def test_what_a_text_says(danger_tables: DangerTables) -> None:
    cases: list[tuple[str, Danger | None]] = [
        ("J’ai envie de MOURIR", Danger.SUICIDE),
        ("i   want\tto dieeeee", Danger.SUICIDE),
        ("su1c1dal thoughts, i have suicidal thoughts", Danger.SUICIDE),
        ("jveux mourir", Danger.SUICIDE),
        ("kms", Danger.SUICIDE),
        ("he hits me", Danger.VIOLENCE),
        ("lol I'm dead. But honestly I want to kill myself", Danger.SUICIDE),
        ("mort de rire mais je veux mourir", Danger.SUICIDE),
        ("killing me", None),
        ("can you send me pictures of the room", None),
        ("stop sending me messages", None),
        ("he sent my daughter naked pictures", Danger.ABUSE),
        ("il m'envoie des messages sur le planning", None),
        ("il m'a montré son sexe", Danger.ABUSE),
        ("je veux mourir de rire", None),
        ("I want. To die for: the cake", None),
        ("I will kill you in the next match", None),
        ("", None),
        ("👋", None),
    ]
    assert [(text, kind) for text, kind in cases if danger(text, danger_tables) is not kind] == []


def test_a_word_of_play_answers_for_its_own_sentence_only(danger_tables: DangerTables) -> None:
    assert danger("I am going to kill him in this game", danger_tables) is None
    assert danger("I am going to kill him. He ruined the game", danger_tables) is Danger.VIOLENCE


def test_both_ends_of_a_long_text_are_read(danger_tables: DangerTables) -> None:
    for after, before in product((0, 10 * MOST_CHARACTERS), (0, 10 * MOST_CHARACTERS)):
        filler = "the parcel is late again. "
        text = filler * (before // len(filler)) + "I want to kill myself. " + filler * (after // len(filler))
        assert (danger(text, danger_tables) is None) == bool(before and after), (after, before)


def test_a_long_text_of_one_word_takes_no_long_time(danger_tables: DangerTables) -> None:
    cases: list[str] = ["i want to ", "he ", "kill me ", "my friend ", "je me ", "a", "é", "1a", "*", "k*", "."]
    for word in cases:
        start = time.process_time()
        danger(word * 100_000, danger_tables)
        assert time.process_time() - start < 1, word


@given(text=st.text())
def test_any_text_has_an_answer(danger_tables: DangerTables, text: str) -> None:
    assert danger(text, danger_tables) in {None, *Danger}
