"""Recognises which of the answers offered is meant: `2`, `the second one`, `none of these`, `aucune`."""

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
_CHOICES = {number: re.compile(rf"{_BEFORE}(?:{words}){_AFTER}") for number, words in _ORDINALS.items()}
_APART = re.compile(r"[^a-z0-9]+")


def choice(text: str) -> int | None:
    """The number of the answer that is meant, from 1; `LAST`, `NONE`, or None when the text chooses nothing."""
    words = _APART.sub(" ", question_key(text)).strip()
    return next((number for number, pattern in _CHOICES.items() if pattern.fullmatch(words)), None)
