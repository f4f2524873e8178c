"""The results of reading a knowledge file: drafts of answers, and problems with their place in the file."""

from datetime import date

from storage.values import frozen


@frozen
class Draft:
    """An answer read from a file.

    Attributes:
        where: its place in the file, such as `line 3`.
        phrasings: the ways of asking for it, at least one.
        answer: its text; empty when the question is known not to be covered.
        id: its id in the file; None for none.
        language: its language's code; None when the file does not say.
        address: the web address where it can be read in full; None when the file does not say.
        valid_until: the last day on which it is valid; None when the file does not say.
        tags: the words it is filed under.
        written_on: the day it was last changed; None when unknown.
        source: the file or page it is in, where several are read at once.
    """

    where: str
    phrasings: tuple[str, ...]
    answer: str
    id: str | None = None
    language: str | None = None
    address: str | None = None
    valid_until: date | None = None
    source: str = ""
    tags: tuple[str, ...] = ()
    written_on: date | None = None


@frozen
class Problem:
    """An entry that could not be read, and why; the rest of the file is still read.

    Attributes:
        skips: whether an entry was left out because of it; otherwise it is a remark on the file.
    """

    where: str
    reason: str
    skips: bool = True

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"
