"""The data that a search index is built from."""

from collections.abc import Mapping, Sequence
from dataclasses import field

from bot.language.encoding.packing import Packed
from bot.language.search.passages import split
from bot.language.text.frame import unframe
from bot.language.text.normalise import has_words
from storage.values import frozen

BEGINNING = 300
"""The number of first characters of an answer that are encoded with its question; 100 and 450 find fewer answers."""


@frozen
class Refusal:
    """A question for which an answer was refused, or that no answer fits.

    Attributes:
        answer_id: the id of the refused answer; None when no answer fits.
        newest: without an `answer_id`, the id of the newest answer at that time, so that later ones may fit; 0 when
            later ones do not fit either.
    """

    text: str
    answer_id: int | None = None
    newest: int = 0


@frozen
class Entry:
    """An answer in the index: its phrasings that have a word, and its text.

    Attributes:
        asked: the phrasings without their frames.
        whole: the first of them with the beginning of the text, if there is one.
    """

    answer_id: int
    phrasings: tuple[str, ...]
    body: str = ""
    asked: tuple[str, ...] = field(init=False)
    whole: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        asked = tuple(map(unframe, self.phrasings))
        object.__setattr__(self, "asked", asked)
        begun = self.body[:BEGINNING]
        object.__setattr__(self, "whole", (f"{asked[0]}. {begun}",) if has_words(begun) else ())

    def spoken(self) -> tuple[str, ...]:
        """The texts of it that are encoded: its phrasings without frames, `whole`, and its sentences, in this order."""
        return (*self.asked, *self.whole, *split(self.body))


@frozen
class Material:
    """A community's knowledge.

    Attributes:
        vectors: by answer id, the vectors of `Entry.spoken`.
        refusals: the answers refused for questions, and the questions known not to be covered.
    """

    entries: Sequence[Entry]
    vectors: Mapping[int, Packed] = field(default_factory=dict)
    refusals: Sequence[Refusal] = ()


def gather(phrasings: Sequence[tuple[int, str]], bodies: Mapping[int, str]) -> list[Entry]:
    """Answers with their phrasings; those without a word are left out."""
    by_answer: dict[int, list[str]] = {}
    for answer_id, text in phrasings:
        if has_words(text):
            by_answer.setdefault(answer_id, []).append(text)
    return [Entry(own, tuple(by_answer[own]), bodies.get(own, "")) for own in sorted(by_answer)]
