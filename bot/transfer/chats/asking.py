"""Recognises messages of a chat with a question that others may ask, too."""

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
"""The fewest content words of a question, and of one with “it”, which may refer to something said before."""
LONGEST = 300
"""The most characters of a message taken as a whole; of a longer one, only the sentences that ask are taken."""
_APPEALS = """
help helps problem problems issue issues trouble question questions wrong idea ideas clue hint someone somebody anyone
anybody everyone please pls plz thing things something anything real really big got ive im know
aide aider probleme problemes souci soucis quelqu quelque chose choses svp idee idees
"""
"""Words that ask for help without saying with what."""
COMMON = frozenset(word for words in (*STOP_WORDS.values(), _APPEALS) for word in words.split()) | SMALL
"""Words that do not say what a text is about."""
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
"""Matches a question in a sentence with a question mark."""
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
"""A cheap check, before courtesies are removed."""
_OF_THE_MOMENT = re.compile(
    r"\b(?:you|your|ur|u|vous|votre|tu|ton|ta|tes|he|she|his|her|him|they|them|their|elle|ils|elles)\b"
    r"|\A(?:(?:and|so|but|or|et|donc|mais)\b )?"
    r"(?:(?:is|was|does|did|do|are|can|could|what|why|how|where|who|which|when|whats|hows)"
    r"(?: s| is| was| does| did)? )?"
    r"(?:that|this|it|those|these|ca|cela|ce|c est)\b"
    r"|\b(?:bit|some|any|all|most|rest|part|one|out) of (?:that|this|it|those|these|them)\b"
)
"""Words that refer to the present conversation."""
_IT = re.compile(r"\b(?:it|that|this|these|those|ca|cela)\b")
_CUT_OFF = re.compile(r"(?:\b(?:and|or|but|because|the|an|if|with|et|ou|mais|car|le|les|une|si|avec)|[,:])\s*\Z")
"""The end of a text that continues in the next message."""


def question_in(text: str) -> str | None:
    """The question in a message; None when it has none, or none that can be understood on its own."""
    if "?" not in text and not _MAY_ASK.match(text):
        return None
    sentences = [one.strip() for one in _SENTENCE.findall(text) if one.strip()]
    asking = [one for one in sentences if _asks(one)]
    if not asking:
        return None
    asked = text if len(text) <= LONGEST else " ".join(asking)
    if _CUT_OFF.search(fold(asked)):
        return None
    plain = _plain(asked)
    words = plain.split()
    own = [word for word in words if word not in COMMON]
    fewest = FEWEST_BESIDE_IT if _IT.search(plain) else FEWEST_OWN
    if len(words) < FEWEST_WORDS or len(own) < fewest or len(asked) > LONGEST or _OF_THE_MOMENT.search(plain):
        return None
    return None if courtesy(asked) or recognise(asked) or follow_up(asked) else asked


def _asks(sentence: str) -> bool:
    plain = _plain(sentence)
    return bool(_ASKS.match(plain) if "?" in sentence else _ASKS_UNMARKED.match(plain))


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(fold(take_out(text))))
