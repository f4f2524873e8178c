"""Danger told by the meaning of a text: on sentences held out, of which no table and no threshold knows."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.errors import OperatorError
from bot.language.arrays import Array
from bot.language.encoding.encoder import Encoder
from bot.recognition.danger import DangerTables, danger
from bot.recognition.meaning.learned import learn, read_learned, write
from bot.recognition.meaning.likeness import MOST_PARTS, THRESHOLD, Likeness, load_likeness, split
from bot.recognition.meaning.sentences import Sentences, load_own, load_sentences
from bot.recognition.semantic import SemanticRecogniser
from tests import meaning
from tests.unit.recognition.tables import read_rows

HELD_OUT = "meaning_held_out"
FEWEST_BY_TABLES, FEWEST_FOUND, MOST_ALARMS = 0.30, 0.88, 0.02
"""What is reached; it is to rise, not to fall: 30 of 100 by the tables alone, 89 with meaning; 3 alarms of 200."""


@pytest.fixture(scope="module")
def likeness() -> Likeness:
    return load_likeness(meaning.encoder())


def test_more_than_twice_as_many_are_found_as_by_phrases_alone(likeness: Likeness, danger_tables: DangerTables) -> None:
    texts = [row["text"] for row in read_rows(HELD_OUT) if row["label"] == "danger"]
    tabled = [danger(text, danger_tables) is not None for text in texts]
    both = (likeness.measure_all(texts) >= THRESHOLD) | tabled
    # Without the texts: whoever adds sentences is not to read those held out.
    assert sum(tabled) >= FEWEST_BY_TABLES * len(texts), f"by tables {sum(tabled)} of {len(texts)}"
    assert sum(both) >= FEWEST_FOUND * len(texts), f"by both {sum(both)} of {len(texts)}"


def test_what_is_near_to_danger_but_ordinary_is_left_alone(likeness: Likeness) -> None:
    texts = [row["text"] for row in read_rows(HELD_OUT) if row["label"] == "ordinary"]
    alarms = likeness.measure_all(texts) >= THRESHOLD
    assert len(texts) == 200
    assert sum(alarms) <= MOST_ALARMS * len(texts), f"{sum(alarms)} of {len(texts)}"


def test_a_sentence_of_danger_among_ordinary_ones_is_noticed(likeness: Likeness) -> None:
    rows = read_rows("plain_held_out")
    told = [row["text"] for row in rows if row["label"] == "danger"][::3]
    usual = [row["text"] for row in rows if row["label"] == "ordinary"]
    among = [f"{usual[at]} {text} {usual[-at]}" for at, text in enumerate(told, 1)]
    alone = [f"{usual[at]} {usual[at + 20]} {usual[-at]}" for at in range(20)]
    found, alarms = (int(sum(likeness.measure_all(texts) >= THRESHOLD)) for texts in (among, alone))
    assert found >= 0.75 * len(told)
    assert alarms <= 2


def test_of_many_sentences_the_first_and_the_last_are_looked_at() -> None:
    many = [f"This is sentence {at}." for at in range(50)]
    assert split(" ".join(many)) == [*many[:MOST_PARTS], *many[-MOST_PARTS:]]
    assert split("One sentence alone.") == split("") == split("Yes. No.") == []
    assert split("Hi. This is one.") == ["This is one."]


def test_a_message_and_its_sentences_are_encoded_at_once(likeness: Likeness, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    encode = meaning.encoder().encode

    def counted(texts: Sequence[str]) -> Array:
        calls.append(len(texts))
        return encode(texts)

    monkeypatch.setattr(meaning.encoder(), "encode", counted)
    likeness.measure_all(["The heating is broken. Nobody came to look. It is cold here.", "More plants, please."])
    assert calls == [5]


def test_no_sentence_held_out_is_known() -> None:
    known = {text for texts in load_sentences() for text in texts}
    names = ("meaning", "plain", "chat", "danger", "communities", "lives", "blind")
    halves = [f"{name}_held_out" for name in names]
    assert not known & {row["text"] for half in halves for row in read_rows(half)}


def test_what_was_learned_is_of_todays_sentences() -> None:
    # Else each start would encode and fit them all: `python -m bot.recognition.meaning`.
    assert read_learned(meaning.encoder(), load_sentences())


def test_with_another_encoder_an_even_part_is_learned() -> None:
    packaged = load_sentences()
    part = packaged.thin(400)
    assert 300 < sum(map(len, part)) <= 402
    assert set(part.danger) < set(packaged.danger)
    assert len(part.danger) / len(part.ordinary) == pytest.approx(len(packaged.danger) / len(packaged.ordinary), 0.1)
    assert packaged.thin(10**6) == packaged


def test_what_was_learned_of_other_sentences_is_not_used(tmp_path: Path) -> None:
    few = Sentences(("he hits me every day", "I cannot go on"), ("the bus is late again",))
    learned = learn(meaning.encoder(), few)
    write(learned, tmp_path / "learned.npy")
    found = read_learned(meaning.encoder(), few, tmp_path / "learned.npy")
    assert found
    for one, other in zip(found, learned, strict=True):
        np.testing.assert_array_equal(one, other)
    assert read_learned(meaning.encoder(), few._replace(ordinary=()), tmp_path / "learned.npy") is None


def test_sentences_of_a_community_correct_what_was_learned(likeness: Likeness, tmp_path: Path) -> None:
    code = "the old mill is calling me again"
    assert likeness.measure(code) < THRESHOLD
    own = f"[danger]\n{code}\n[ordinary]\n{load_sentences().danger[0]}\n"
    (tmp_path / "sentences.en.txt").write_text(own, encoding="utf-8")
    packaged = load_sentences()
    learned = read_learned(meaning.encoder(), packaged)
    assert learned
    corrected = Likeness(meaning.encoder(), learned.regression(), load_own(packaged, tmp_path))
    assert corrected.measure(f"{code} tonight") >= THRESHOLD
    assert corrected.measure(packaged.danger[0]) < THRESHOLD
    assert abs(corrected.measure("when does the pool open") - likeness.measure("when does the pool open")) < 0.05


def test_a_community_adds_sentences_and_calls_others_ordinary(tmp_path: Path) -> None:
    packaged = load_sentences()
    own = f"[danger]\nthe old mill is calling me again\n[ordinary]\n{packaged.danger[0]}\n"
    (tmp_path / "sentences.en.txt").write_text(own, encoding="utf-8")
    found = load_sentences(tmp_path)
    assert "the old mill is calling me again" in found.danger
    assert packaged.danger[0] in found.ordinary
    assert packaged.danger[0] not in found.danger


def test_a_section_of_another_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sentences.en.txt").write_text("[suicide]\nx\n", encoding="utf-8")
    with pytest.raises(OperatorError, match=r"line 1: .*\[danger\], \[ordinary\]"):
        load_sentences(tmp_path)


async def test_by_words_alone_there_is_it_tells_nothing() -> None:
    async def none() -> None: ...

    recogniser = SemanticRecogniser(none)
    await recogniser.prepare()
    assert not await recogniser.is_danger("if i'm not here tomorrow tell my kids i loved them")


async def test_nobody_waits_for_the_encoder(likeness: Likeness, monkeypatch: pytest.MonkeyPatch) -> None:
    async def encoder() -> Encoder:
        return meaning.encoder()

    recogniser, text = SemanticRecogniser(encoder), "if i'm not here tomorrow tell my kids i loved them"
    assert not await recogniser.is_danger(text)
    await recogniser.prepare()
    assert await recogniser.is_danger(text)
    calls: list[int] = []
    measure = likeness.measure_all

    def counted(_: Likeness, texts: Sequence[str]) -> Array:
        calls.append(len(texts))
        return measure(texts)

    monkeypatch.setattr(Likeness, "measure_all", counted)
    said = [text, *(f"the lift is out of order on floor {floor}" for floor in range(20))]
    assert await asyncio.gather(*map(recogniser.is_danger, said)) == [True] + 20 * [False]
    assert len(calls) <= 2
