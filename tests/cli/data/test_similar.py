"""`similar`: which lines of a file mean nearly the same."""

import json

import pytest

from bot.language.encoding import encoders
from tests import meaning
from tests.cli.conftest import Shell

ITEMS = "The pool is too cold\n\nMore buses please\nLa piscine est trop froide\n👍\nWe need more buses\n"


@pytest.fixture
def items(shell: Shell) -> str:
    file = shell.home / "items.txt"
    file.write_text(ITEMS, encoding="utf-8")
    return str(file)


def test_texts_that_mean_the_same_find_each_other_across_languages(
    shell: Shell, items: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli.language.similar.load_encoder", lambda _: meaning.encoder())
    lines = [json.loads(line) for line in shell.types("similar", "--file", items, "--json").done().out.splitlines()]
    assert [line["line"] for line in lines] == [1, 3, 4, 6]
    assert [line["similar"][0]["line"] for line in lines] == [4, 6, 1, 3]
    assert all(1 >= line["similar"][0]["score"] > line["similar"][1]["score"] for line in lines)
    monkeypatch.setattr("bot.cli.language.similar.load_encoder", lambda _: meaning.encoder())
    file = shell.home / "items.txt"
    file.write_text("\n...\n")
    assert shell.types("similar", "--file", file).done().err == "No line has a word.\n"


def test_without_an_encoder_the_words_are_compared(shell: Shell, items: str) -> None:
    lines = [json.loads(line) for line in shell.types("similar", "--file", items, "--json").done().out.splitlines()]
    assert [line["similar"][0]["line"] for line in lines if line["line"] in (3, 6)] == [6, 3]
    assert encoders.load(encoders.LEXICAL) is None
    # As text, a line is followed by those like it.
    said = shell.types("similar", "--file", items, "--most", "1").done().out
    assert "More buses please\n  0." in said
