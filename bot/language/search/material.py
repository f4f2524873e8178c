"""What a search index is built from."""

from collections.abc import Mapping, Sequence
from dataclasses import field

from bot.language.encoding.packing import Packed
from bot.language.search.passages import split
from bot.language.text.frame import unframe
from bot.language.text.normalise import has_words
from storage.values import frozen

BEGINNING = 300
"""Characters of an answer that are encoded together with its question: with 100 or 450, fewer answers are found."""


@frozen
class Refusal:
    """A question that an answer does not answer, or that none does.

    Attributes:
        answer_id: of the answer; None when none does.
        newest: with None, the newest answer there was; 0 when later ones do not answer it either.
    """

    text: str
    answer_id: int | None = None
    newest: int = 0


@frozen
class Entry:
    """An answer as the index sees it: the ways of asking for it that have a word, and its text.

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
        """What is encoded of it: its phrasings without their frames, the whole, and its sentences."""
        return (*self.asked, *self.whole, *split(self.body))


@frozen
class Material:
    """A community's knowledge.

    Attributes:
        vectors: by answer, those of what is `spoken` of it.
        refusals: what members and moderators said of given answers, and what is known not to be covered.
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
