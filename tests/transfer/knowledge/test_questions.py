"""Questions from a file or a pipe: each line one, none lost, as soon as it is there."""

import io
import os
import threading
from pathlib import Path

import pytest

from bot.errors import OperatorError
from bot.knowledge.sources.questions import CHUNK, read

PIPE = Path("-")


def asked(content: bytes) -> list[str]:
    return [question for questions, _ in read(PIPE, io.BytesIO(content)) for question in questions]


def test_each_line_is_one_question() -> None:
    cases: list[tuple[bytes, list[str]]] = [
        (b"", []),
        (b"\n", [""]),
        (b"Who?", ["Who?"]),
        (b"Who?\n", ["Who?"]),
        (b"\xef\xbb\xbfWho?\r\n\r\nWhen?", ["Who?", "", "When?"]),
        (b"\xef\xbb\xbf\n", [""]),
        (b"a\rb\x0cc\xe2\x80\xa8d\n", ["a\rb\x0cc\u2028d"]),
        (b"\x00\n-x\n", ["\x00", "-x"]),
        ("Café ?\r\nOuvert ?".encode("cp1252"), ["Café ?", "Ouvert ?"]),
        ("Où ?\rQuand ?\r".encode(), ["Où ?", "Quand ?"]),
        (b"lone \xed\xa0\x80 \xff\nO\xc3\xb9 ?\n", ["lone \ufffd\ufffd\ufffd \ufffd", "Où ?"]),
    ]
    assert [(content, asked(content)) for content, _ in cases] == cases


def test_a_line_that_does_not_fit_at_once_is_still_one() -> None:
    cases: list[int] = [CHUNK - 2, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK]
    assert [
        length
        for length in cases
        if asked(b"a" * length + b"\r\n" + b"\xc3\xa9" * length + b"\nlast") != ["a" * length, "é" * length, "last"]
    ] == []


def test_all_bytes_of_a_file_are_counted(tmp_path: Path) -> None:
    file = tmp_path / "questions.txt"
    file.write_bytes("Où ?\r\n".encode() * 20_000)
    found = list(read(file, io.BytesIO()))
    assert sum(size for _, size in found) == file.stat().st_size
    assert sum(len(questions) for questions, _ in found) == 20_000
    assert len(found) > 1


def test_a_question_down_a_pipe_is_there_before_the_next_one_is_put() -> None:
    out, into = os.pipe()
    heard, told = threading.Event(), []

    def listen() -> None:
        with os.fdopen(out, "rb") as pipe:
            for questions, _ in read(PIPE, pipe):
                told.extend(questions)
                heard.set()

    listener = threading.Thread(target=listen)
    listener.start()
    os.write(into, b"Who?\n")
    assert heard.wait(5)
    assert told == ["Who?"]
    os.close(into)
    listener.join(5)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_file_in_a_wide_encoding_is_refused_in_one_line(encoding: str) -> None:
    with pytest.raises(OperatorError, match="save it as UTF-8"):
        asked("Où est la salle ?\n".encode(encoding))
