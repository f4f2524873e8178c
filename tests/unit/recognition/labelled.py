"""Labelled sentences: what people write, and what is to be recognised in it."""

from pathlib import Path
from typing import NamedTuple


class Labelled(NamedTuple):
    """A sentence, its label, and what belongs to the label; `-` is the label of a sentence that is nothing special."""

    label: str
    text: str
    rest: str


def labelled(name: str) -> list[Labelled]:
    """The sentences of a file beside this one, in which `\\n` is a line feed."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    cells = ([cell.replace("\\n", "\n") for cell in line.split("\t")] for line in lines)
    return [Labelled(label, text, rest[0] if rest else "") for label, text, *rest in cells]
