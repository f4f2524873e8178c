"""Recognises which of the offered answers a text chooses: `2`, `the second one`, `none of these`, `aucune`."""

import re

from bot.language.text.normalise import question_key

NONE = 0
LAST = -1
_BEFORE = r"(?:i mean |i meant |it s |its |c est |je veux dire |number |no |n |numero |option |the |le |la |l )*"
_AFTER = (
    r"(?: one| option| question| answer| reponse| please| thanks| thank you| merci| svp| stp| s il (?:te|vous) plait)*"
)
_ORDINALS = {
    1: "1|1st|one|first|un|une|premier|premiere|1er|1ere|1re",
    2: "2|2nd|two|second|deux|deuxieme|seconde|2e|2eme",
    3: "3|3rd|three|third|trois|troisieme|3e|3eme",
    LAST: "last|dernier|derniere",
    NONE: (
        "none|neither|no one|nothing|none of (?:these|them|those|the above|it)|neither of (?:these|them|those)|"
        "not (?:these|those|any of (?:these|them|those))|"
        "aucun|aucune|aucune? (?:de ces reponses|des deux|des trois|d entre elles|de ceux ci|de celles ci)|"
        "ni l une? ni l autre|rien de tout (?:ca|cela)|pas (?:ca|cela|celles ci)"
    ),
}
_NUMBER = re.compile(rf"{_BEFORE}(?P<number>\d{{1,2}}){_AFTER}")
_CHOICES = {number: re.compile(rf"{_BEFORE}(?:{words}){_AFTER}") for number, words in _ORDINALS.items()}
_APART = re.compile(r"[^a-z0-9]+")


def choice(text: str) -> int | None:
    """The number of the chosen answer, from 1; `LAST`, `NONE`, or None when the text makes no choice."""
    words = _APART.sub(" ", question_key(text)).strip()
    return next((number for number, pattern in _CHOICES.items() if pattern.fullmatch(words)), None)


def number(text: str) -> int | None:
    """The number that a text consists of, in digits; None when it is something else."""
    found = _NUMBER.fullmatch(_APART.sub(" ", question_key(text)).strip())
    return int(found["number"]) if found else None


_NO_HELP = re.compile(
    r"(?:(?:this|that|it) (?:did not|didn t|does not|doesn t) help(?: me)?(?: at all)?|(?:that|this|it) (?:is|s|was) "
    r"(?:wrong|not helpful|not it|not (?:what i asked|my question)|the wrong answer)|not helpful|no help|wrong answer|"
    r"(?:ca|cela) (?:ne )?(?:m )?a pas aidee?|(?:ca|cela) ne m aide pas|(?:ca|cela) m aide pas|pas utile|"
    r"(?:ce n est|c est) pas (?:ca|cela|utile|ma question|la bonne reponse)|c est faux|mauvaise reponse)"
    r"(?: sorry| thanks| thank you| merci| desolee?)?"
)


def is_no_help(text: str) -> bool:
    """Whether a text says that an answer did not help."""
    words = _APART.sub(" ", question_key(text)).strip()
    return bool(_NO_HELP.fullmatch(re.sub(r"(ne|n) m a pas", r"\1 m a pas", words)))
