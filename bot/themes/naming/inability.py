"""Finds what people say they cannot do, such as "cannot pay", which labels a crisis better than a noun.

In English and in French an infinitive follows: "could not pay", « impossible de payer », « n'arrive plus à payer ».
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from bot.themes.naming.tokens import Text, Token
from storage.values import frozen

FEWEST, SHARE = 2, 0.2
"""The least number, and the least share, of a theme's people who must say it."""
MOSTLY = 0.5
"""The least share, among the people who use the verb, of those who say they cannot."""
_ENGLISH = re.compile(
    r"\b(?:can t|cannot|can not|cant|could not|couldn t|couldnt|unable to|not able to|impossible to|not possible to|"
    r"wasn t able to|won t let me|doesn t let me)(?: even| longer| still)? (?=\w)"
)
_FRENCH = re.compile(
    r"\b(?:impossible d|impossible de|pas moyen de|(?:peux|peut|pouvons|peuvent|pu) (?:pas|plus|toujours pas)|pas pu|"
    r"pas possible de|plus possible de|(?:arrive|arrivons|arrivent|parviens|parvient|reussi|reussis|reussit) "
    r"(?:pas|plus|toujours pas) a|pas (?:reussi|arrive) a)(?: plus| toujours)? "
    r"(?P<pronoun>(?:(?:me|m|se|s|nous|vous|l|le|la|les|y) )*)(?=\w)"
)
_REFLEXIVE = frozenset(["me", "m", "se", "s", "nous", "vous"])
_INTRODUCING = "the a an my your our his her their this that un une mon ma mes votre vos ce cette"
INTRODUCING = frozenset(_INTRODUCING.split())
_PARTICLES = frozenset(["in", "up", "out", "on", "off"])
_ENDING = re.compile(r"(?:er|ir|oir|re)$")
_STEM = 3
_VOWELS = "aeiouyhàâéèêëîïôûœ"


@frozen
class _Frame:
    """A verb that people say they cannot do, and its label."""

    verb: Token
    label: str


def unable(texts: Sequence[Text], words: Collection[str], *, freely: bool) -> str:
    """The label for what people cannot do, such as "cannot pay"; empty if few say so.

    Args:
        texts: the texts of a theme, all of one person as one.
        words: the keys of the label's words.
        freely: whether the verb need not be related to one of these.
    """
    said, used, labels = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    for text in texts:
        frames = [one for part in text for one in _frames(part) if freely or _is_named(one.verb, words)]
        said.update({one.verb.folded for one in frames})
        labels.update({(one.verb.folded, one.label) for one in frames})
        used.update({token.folded for part in text for token in _verbs(part)})
    least = max(FEWEST, SHARE * len(texts))
    good = [verb for verb, number in said.items() if number >= max(least, MOSTLY * used[verb])]
    if not good:
        return ""
    best = max(good, key=lambda verb: (said[verb], verb))
    return max((number, label) for (verb, label), number in labels.items() if verb == best)[1]


def _is_named(verb: Token, words: Collection[str]) -> bool:
    """Whether one of these words is the verb or derived from it, as "payment" from "pay"."""
    if verb.key in words:
        return True
    stem = _ENDING.sub("", verb.folded).replace("y", "i")
    return len(stem) >= _STEM and any(word.replace("y", "i").startswith(stem) for word in words)


def _verbs(part: Sequence[Token]) -> Iterator[Token]:
    """The words that may be verbs: in "my order", "order" cannot be one."""
    before = ("", *(token.folded for token in part))
    return (token for token, last in zip(part, before, strict=False) if last not in INTRODUCING)


def _frames(part: Sequence[Token]) -> Iterator[_Frame]:
    line = " ".join([token.folded for token in part])
    hits = (*_ENGLISH.finditer(line), *_FRENCH.finditer(line))
    starts = _starts(part) if hits else {}
    for hit in hits:
        at = starts.get(hit.end())
        verb = None if at is None else part[at]
        if at is None or verb is None or verb.small or verb.filler or verb.name:
            continue
        if hit.re is _FRENCH:
            yield _Frame(verb, _french(verb.text.lower(), hit["pronoun"].split()))
        else:
            particle = [one.folded for one in part[at + 1 : at + 2] if one.folded in _PARTICLES]
            yield _Frame(verb, " ".join(["cannot", verb.text.lower(), *particle]))


def _french(verb: str, pronouns: Sequence[str]) -> str:
    elided = verb[0] in _VOWELS
    if _REFLEXIVE & set(pronouns):
        return f"impossible de {'s’' if elided else 'se '}{verb}"
    return f"impossible {'d’' if elided else 'de '}{verb}"


def _starts(part: Sequence[Token]) -> dict[int, int]:
    """By the offset of a word in the joined line, its index."""
    found, at = {}, 0
    for number, token in enumerate(part):
        found[at] = number
        at += len(token.folded) + 1
    return found
