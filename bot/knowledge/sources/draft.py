"""What a file gives: a draft of an answer, or a problem and where it is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draft:
    """One answer as a file has it.

    Attributes:
        where: its place in the file, in words.
        phrasings: the ways of asking for it, at least one.
        answer: what it says.
        id: the file's own name for it, if it has one.
        language: its language, if the file says.
    """

    where: str
    phrasings: tuple[str, ...]
    answer: str
    id: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read, and why; the rest of the file is read all the same."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


def clean(text: str) -> str:
    """A text without what no database can hold: NUL and lone surrogates."""
    return text.replace("\x00", "").encode("utf-8", errors="replace").decode("utf-8")
