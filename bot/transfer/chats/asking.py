"""Tells which messages of a chat ask what others may ask, too, and which answer something."""

import re

from bot.language.text.courtesy import courtesy
from bot.language.text.detect import STOP_WORDS
from bot.language.text.follow_up import follow_up
from bot.language.text.frame import take_out
from bot.language.text.normalise import fold
from bot.language.text.words import SMALL
from bot.recognition.talk.talk import recognise

FEWEST_WORDS = 5
FEWEST_OWN, FEWEST_BESIDE_IT = 2, 4
"""Words of a question that say what it is about; of one with an “it” in it, that may be something said before."""
LONGEST = 300
"""Characters of a question that is taken whole; of a longer one, the sentences that ask."""
FEWEST_ANSWER_WORDS = 4
_STOP_WORDS = frozenset(word for words in STOP_WORDS.values() for word in words.split()) | SMALL
_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"[^.!?\n]*[.!?\n]*")
_ENGLISH = r"how|where|what|which|when|why"
_FRENCH = r"comment|combien|quand|pourquoi|quel(?:le)?s?"
_OPENINGS = (
    rf"(?:{_ENGLISH}|{_FRENCH}|who|can|could|is|are|does|do|did|has|have|will|would|should|may|must|any(?:one|body|way)?"
    r"|someone|ou|qui|que|qu|peut|puis|peux|doit|dois|faut|existe|y a t il|est ce|(?:a|de) quel(?:le)?s?|quelqu)"
)
_WITHIN = rf"(?:{_ENGLISH}|{_FRENCH}|is there|are there|can i|can we|est ce qu\w*|y a t il|any(?:one|body))"
_ASKS = re.compile(rf"{_OPENINGS}\b|.*\b{_WITHIN} ")
"""Of a sentence with a question mark."""
_ASKS_UNMARKED = re.compile(
    r"(?:how (?:do|can|could|to|would|should|long|much|many|often)|where (?:do|can|is|are)|what (?:is|are)"
    r"|when (?:do|does|is|are|will)|can i|is there|are there|(?:does )?any(?:one|body) know|combien|peut on"
    r"|comment (?:faire|puis|on|je|peut)|ou (?:est|sont|trouver|puis)|est ce (?:que|qu)|y a t il"
    r"|quel(?:le)?s? (?:est|sont)|qui (?:sait|peut))\b"
)
_MAY_ASK = re.compile(
    r"\W*(?:\w+\W+){0,4}?(?:how|where|what|when|can|is|are|any\w*|comment|o[uù]|combien|peut|est|y|quel\w*|qui)\b",
    re.IGNORECASE,
)
"""A cheap look, before the question's frame is taken off."""
_OF_THE_MOMENT = re.compile(
    r"\b(?:you|your|ur|u|vous|votre|tu|ton|ta|tes|he|she|his|her|him|they|them|their|elle|ils|elles)\b"
    r"|\A(?:(?:and|so|but|or|et|donc|mais)\b )?"
    r"(?:(?:is|was|does|did|do|are|can|could|what|why|how|where|who|which|when|whats|hows)"
    r"(?: s| is| was| does| did)? )?"
    r"(?:that|this|it|those|these|ca|cela|ce|c est)\b"
)
"""Words that point at the talk of the moment."""
_IT = re.compile(r"\b(?:it|that|this|these|those|ca|cela)\b")
_UNSURE = re.compile(
    r"\b(?:let me (?:see|check|look)|hang on|hold on|one sec|no idea|dunno|don'?t know|not sure|idk"
    r"|aucune idee|sais pas|pas sure?|je ne sais)\b"
)
_ASKS_BACK = re.compile(
    r"(?:(?:can|could|did|do|have|are|is) (?:you|your|u)|what|which|peux tu|pouvez vous|as tu|avez vous)\b"
)
_THANKS = re.compile(
    r"\b(?:thanks|thank you|thx|thnx|ty|tyvm|cheers|that (?:did it|fixed|worked|works|helped|helps)"
    r"|it work(?:ed|s)(?: now)?"
    r"|works now|working now|worked|solved|merci|resolu|ca marche|ca fonctionne|c'?est bon|parfait|perfect)\b"
)
_IN_VAIN = re.compile(
    r"\b(?:(?:doesn|didn|not|won|isn|still no)\W?t? (?:work|help)|not working|no luck|marche pas|fonctionne pas)"
)
LONGEST_THANKS = 15
"""Words of a message that thanks; a longer one says something else."""


def question_in(text: str) -> str | None:
    """The question that a message asks; None for one that asks nothing, or nothing that stands for itself."""
    if "?" not in text and not _MAY_ASK.match(text):
        return None
    sentences = [one.strip() for one in _SENTENCE.findall(text) if one.strip()]
    asking = [one for one in sentences if _asks(one)]
    if not asking:
        return None
    asked = text if len(text) <= LONGEST else " ".join(asking)
    plain = _plain(asked)
    words = plain.split()
    own = [word for word in words if word not in _STOP_WORDS]
    fewest = FEWEST_BESIDE_IT if _IT.search(plain) else FEWEST_OWN
    if len(words) < FEWEST_WORDS or len(own) < fewest or len(asked) > LONGEST or _OF_THE_MOMENT.search(plain):
        return None
    return None if courtesy(asked) or recognise(asked) or follow_up(asked) else asked


def _asks(sentence: str) -> bool:
    plain = _plain(sentence)
    return bool(_ASKS.match(plain) if "?" in sentence else _ASKS_UNMARKED.match(plain))


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(fold(take_out(text))))


def is_answer(text: str) -> bool:
    """Whether a text can be an answer: it says something, and asks nothing back."""
    plain = fold(text)
    if text.rstrip().endswith("?") or courtesy(text) or _UNSURE.search(plain) or _ASKS_BACK.match(plain):
        return False
    return len(_WORD.findall(text)) >= FEWEST_ANSWER_WORDS


def thanks(text: str) -> bool:
    """Whether a message says that something helped."""
    plain = fold(text)
    short = len(plain.split()) <= LONGEST_THANKS and "?" not in plain
    return short and _THANKS.search(plain) is not None and not _IN_VAIN.search(plain)


def in_vain(text: str) -> bool:
    """Whether a message says that something did not help."""
    return _IN_VAIN.search(fold(text)) is not None
