"""Removes from texts of a chat what identifies people: their names, mentions, accounts, addresses and numbers."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from bot.language.text.detect import STOP_WORDS
from bot.language.text.normalise import fold
from bot.recognition.contacts import mask

GONE = "…"
"""Replaces what was removed."""
SHORTEST = 3
"""The fewest letters of a name that is searched for; shorter ones are usually words."""
MOST_WORDS = 4
"""The most words of a name."""
OFTEN, OFTEN_SHARE = 20, 0.005
"""The least number, and the least share, of a chat's questions with a word for it to count as a common word."""
_MENTION = re.compile(r"<@[!&]?\d+>|(?<![\w/.@])@[^\s@,;:!?()\[\]]{2,}")
_ACCOUNT = re.compile(
    r"(?:https?://)?(?:www\.)?(?:t\.me|telegram\.me|discord(?:app)?\.com/(?:users|channels)|discord\.gg"
    r"|(?:facebook|instagram|twitter|x|linkedin)\.com(?:/in)?|github\.com(?=/[\w-]+/?(?:\s|$)))/\S+",
    re.IGNORECASE,
)
_TAG = re.compile(r"(?<![\w#])[^\s#@]{2,32}#\d{4}(?!\d)")
_NUMBER = re.compile(r"(?<!\d)\d{15,20}(?!\d)")
_GREETED = re.compile(r"^(?:[ \t]*…[ \t]*[,:;!-]*[ \t]*)+", re.MULTILINE)
_WORD = re.compile(r"\w+(?:[.|^`-]\w+)*")
_STOP_WORDS = frozenset(word for words in STOP_WORDS.values() for word in words.split())
_GONE_TWICE = re.compile(r"…(?:[\s,]*…)+")


class Anonymiser:
    """Anonymises the texts of one chat, whose names are kept only while it is read."""

    def __init__(self) -> None:
        self._names: set[tuple[str, ...]] = set()
        self._parts: set[str] = set()
        self._met: set[str] = set()
        self._said: Counter[str] = Counter()
        self._texts = 0

    def learn_names(self, names: Iterable[str]) -> None:
        """Add names of people in the chat."""
        for name in names:
            if name in self._met:
                continue
            self._met.add(name)
            words = _words_of(name)
            if len("".join(words)) >= SHORTEST:
                self._names.add(words)
            # “Ada Lovelace” is called “Ada”.
            self._parts.update(word for word in words if len(words) > 1 and len(word) >= SHORTEST)

    def learn_words(self, text: str) -> None:
        """Count the words of a text, to know common words that may also be somebody's name."""
        self._texts += 1
        self._said.update({word for word in _WORD.findall(text) if word.islower()})

    def is_name(self, name: str) -> bool:
        """Whether this is the name of somebody in the chat."""
        return _words_of(name) in self._names

    def clean(self, text: str) -> str:
        """A text without what identifies people, and without the names it begins with."""
        for pattern in (_MENTION, _ACCOUNT, _TAG, _NUMBER):
            text = pattern.sub(GONE, text)
        text = self._without_names(mask(text))
        return _GREETED.sub("", _GONE_TWICE.sub(GONE, text)).strip()

    def _without_names(self, text: str) -> str:
        words = list(_WORD.finditer(text))
        kept, end, number = [], 0, 0
        while number < len(words):
            size = self._name_at(text, words[number : number + MOST_WORDS])
            if size:
                kept += [text[end : words[number].start()], GONE]
                end = words[number + size - 1].end()
            number += size or 1
        return "".join([*kept, text[end:]])

    def _name_at(self, text: str, words: Sequence[re.Match[str]]) -> int:
        """The number of words of the name that these words begin with; 0 for none."""
        said = tuple(fold(word[0]) for word in words)
        for size in range(len(said), 1, -1):
            if said[:size] in self._names:
                return size
        first = words[0]
        if said[:1] in self._names:
            spoken_to = not text[: first.start()].strip() and text[first.end() :].startswith((":", ","))
            return int(spoken_to or not self._is_everyday(first[0]))
        return int(said[0] in self._parts and first[0][0].isupper() and not self._is_everyday(first[0]))

    def _is_everyday(self, word: str) -> bool:
        """Whether a word is too common to be meant as a name."""
        plain = word.lower()
        often = self._said[plain] >= max(OFTEN, self._texts * OFTEN_SHARE)
        return word.isalpha() and (plain in _STOP_WORDS or often)


def _words_of(name: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in _WORD.findall(name))
