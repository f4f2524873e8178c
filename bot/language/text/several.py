"""Splits a message that asks several questions."""

import re

from bot.language.text.courtesy import courtesy
from bot.language.text.normalise import MOST_CHARACTERS, has_words, normalise
from storage.values import frozen

MOST = 4
"""The most questions of a message that are answered apart; a message with more is one question."""
FEWEST_WORDS = 3
"""The fewest words of each half of a sentence with two questions."""
_END = re.compile(r"(?<=[?\uff1f])[\s?!.]*")
_AND = re.compile(
    r"(?:,?\s+(?:and|et|plus|puis)|\s*[;&]|,?\s+(?:as well as|ainsi que))\s+(?:(?:also|then|aussi|ensuite)\s+)?"
    r"(?=(?:when|where|what|how|who|which|why|can|could|do|does|did|is|are|may|will|should|must|"
    r"quand|ou|où|comment|combien|qui|que|qu['’]est-ce|quels?|quelles?|pourquoi|est-ce|puis-je|peut-on|faut-il|"
    r"doit-on|dois-je|y a-t-il|(?:à|a|de|pour|jusqu['’]à) (?:quelle?s?|quand|qui)|"
    r"(?:at|on|in|for|from|until|by|to) (?:what|which|when|whom))\b)",
    re.IGNORECASE,
)
_ELIDED = re.compile(r"['’]")


@frozen
class Parts:
    """The questions in a message.

    Attributes:
        texts: the questions, in order; a single question is the whole message.
        marked: whether each has its own question mark.
    """

    texts: tuple[str, ...]
    marked: bool


def parts(text: str) -> Parts:
    """The questions in a message."""
    if len(text) > MOST_CHARACTERS:
        return Parts((text,), marked=False)
    marked = [piece.strip() for piece in _END.split(text) if has_words(piece) and not courtesy(piece)]
    if len(marked) > 1 and not marked[-1].endswith(("?", "\uff1f")):
        # What follows the last question mark says more about that question.
        marked[-2:] = [f"{marked[-2]} {marked[-1]}"]
    if 1 < len(marked) <= MOST:
        return Parts(tuple(marked), marked=True)
    halves = _AND.split(text, maxsplit=1)
    if len(marked) == 1 and len(halves) > 1 and all(_words(half) >= FEWEST_WORDS for half in halves):
        return Parts((f"{halves[0].strip()}?", halves[1].strip()), marked=False)
    return Parts((text,), marked=False)


def _words(text: str) -> int:
    """The number of words; `when's` is two."""
    return len(_ELIDED.sub(" ", normalise(text)).split())
