"""Recognises messages of a chat that may be answers, and those that say whether an answer helped."""

import re

from bot.language.text.courtesy import courtesy
from bot.language.text.normalise import fold
from bot.language.text.stems import forms
from bot.transfer.chats.asking import COMMON

FEWEST_WORDS = 4
FEWEST_GOING_ON = 3
"""The fewest words of a message that continues an answer."""
LONGEST_THANKS = 15
"""The most words of a message of thanks; a longer one says something else."""
_WORD = re.compile(r"[^\W_]+")
_PASTED = re.compile(
    r"(?:https?://)?(?:[\w-]+\.)*(?:paste\w*|\w*bin|imageshack|imgur|prntscr|tinypic|dpaste|fpaste)\.[a-z]{2,}\S*",
    re.IGNORECASE,
)
"""Links to temporary content, such as pastes."""
_UNSURE = re.compile(
    r"\b(?:let me (?:see|check|look)|i'?ll (?:see|check|look|try)|hang on|hold on|(?:one|a) sec(?:ond)?|no idea|no clue"
    r"|dunno|don'?t (?:know|understand)|not sure|unsure|idk|aucune idee|sais pas|pas sure?|je ne (?:sais|comprends)"
    r"|je vais (?:voir|regarder|essayer))\b|\bdepends\b[^.:;,]*\Z"
)
_SAME_HERE = re.compile(
    r"\b(?:me too|same here|(?:have|having|had|got|get) (?:(?:exactly )?the|this) same"
    r"|moi aussi|pareil(?: ici| pour moi)|(?:le|la) meme (?:probleme|souci|chose|question))\b"
)
_ASKS_FOR_HELP = re.compile(
    r"\b(?:(?:please|pls|plz|someone|somebody|anyone|can you|could you) help|help me|need (?:some )?help"
    r"|aidez moi|aide moi|besoin d'?aide)\b"
)
_POINTS_BACK = re.compile(
    r"\b(?:(?:just|already) (?:told|said|answered)|told (?:you|u)|helped you out"
    r"|(?:link|post|page) (?:that )?i (?:gave|sent|posted)|(?:viens de|deja) (?:le )?dire?)\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:off.?topic|(?:wrong|appropriate|right|better) (?:channel|group|room|place)|hors.sujet"
    r"|mauvais (?:canal|groupe|salon))\b"
)
_ASKS_BACK = re.compile(
    r"\A(?:(?:can|could|did|do|have|are|is|does|was) (?:you|your|u|it|there)|what|which|peux tu|pouvez vous|as tu"
    r"|avez vous)\b"
    r"|\b(?:what|which|why|where|how) (?:\w+ ){0,2}?(?:do|did|are|were|have) (?:you|u)\b"
    r"|\b(?:paste(?:bin)?|post|show) (?:us |me )?(?:the|your) (?:output|log|error|result)"
    r"|\b(?:what|which) (?:version|release|error|model)\W*\Z"
)
_THANKS = re.compile(
    r"\b(?:thanks|thank you|thx|thnx|ty|tyvm|cheers|that (?:did it|fixed|worked|works|helped|helps)"
    r"|it work(?:ed|s)(?: now)?"
    r"|works now|working now|worked|solved|merci|resolu|ca marche|ca fonctionne|c'?est bon|parfait|perfect)\b"
)
_IN_VAIN = re.compile(
    r"\b(?:(?:doesn|didn|not|won|isn|still no)\W?t? (?:work|help)|not working|no luck|marche pas|fonctionne pas)"
)


def is_answer(text: str) -> bool:
    """Whether a text can be an answer: it has enough words besides temporary links, and is no question or complaint."""
    lasting = _PASTED.sub(" ", text)
    return len(_WORD.findall(lasting)) >= FEWEST_WORDS and not courtesy(text) and not _says_nothing(text)


def continues_answer(text: str) -> bool:
    """Whether a text can be a further message of an answer."""
    return len(text.split()) >= FEWEST_GOING_ON and not (courtesy(text) or thanks(text) or _says_nothing(text))


def _says_nothing(text: str) -> bool:
    plain = fold(text)
    if plain.startswith("!") or plain.rstrip().endswith("?"):
        # A command for a bot, or a question.
        return True
    return any(one.search(plain) for one in (_UNSURE, _SAME_HERE, _ASKS_FOR_HELP, _POINTS_BACK, _ELSEWHERE, _ASKS_BACK))


def share_word(question: str, answer: str) -> bool:
    """Whether an answer has a content word of the question, in any of its forms."""
    return not _own(question).isdisjoint(_own(answer))


def _own(text: str) -> frozenset[str]:
    words = {word for word in _WORD.findall(fold(text)) if word not in COMMON and not word.isdigit()}
    return frozenset().union(*map(forms, words))


def thanks(text: str) -> bool:
    """Whether a message says that something helped."""
    plain = fold(text)
    short = len(plain.split()) <= LONGEST_THANKS and "?" not in plain
    return short and _THANKS.search(plain) is not None and not _IN_VAIN.search(plain)


def did_not_help(text: str) -> bool:
    """Whether a message says that something did not help."""
    return _IN_VAIN.search(fold(text)) is not None
