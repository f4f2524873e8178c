"""How a thing and what is said of it stand together in a text: "the order arrived late", « trop d’emballages »."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.themes.tokens import Token

_REACH = 7
"""Words from a thing to what is said of it at most."""
_COPULAS = (
    "is are was were be been being has have had s gets got keeps kept being seems "
    "est sont etait etaient a ont ete avait avaient sera seront reste restent semble semblent devient devenu devenue"
)
COPULAS = frozenset(_COPULAS.split())
"""Words that a headline leaves out: "the bus was late" is "bus late"."""
_ADVERBS = (
    "again still now always often really very so far much quite just already also even only totally completely that "
    "encore toujours souvent maintenant vraiment tres tellement beaucoup bien deja aussi tout toute tous toutes qui"
)
ADVERBS = frozenset(_ADVERBS.split())
_KEPT = (
    "too never not no does do did don doesn didn isn aren wasn weren hasn haven won t at on out the comes came come coming arrives arrived "
    "arrive arriving turned turns up going goes went "
    "trop jamais pas plus ne n en a au aux l la le d de hors sans arrive arrivent arrivee arrives sert servis servie"
)
KEPT = frozenset(_KEPT.split())
"""Small and light words that may stand between a thing and what is said of it."""
NEGATED = frozenset(["not", "never", "t", "pas", "plus", "jamais", "ne", "n"])
ARTICLES = frozenset(["the", "l", "la", "le", "les", "un", "une"])
PARTICLES = frozenset(["out", "off", "up", "down", "away", "back", "over"])
_ASKED = frozenset("is are was were do does did will can could should would make let has have est sont".split())
"""What turns the words around: "is my card working" does not say that it works."""
_AWAY = frozenset(["out", "off", "down"])
_AFTER = frozenset(["pas", "plus", "jamais", "rien"])
SCARCE = (("no",), ("not", "enough"), ("too", "many"), ("too", "much"), ("more",), ("fewer",), ("less",), ("aucun",),
          ("aucune",), ("pas", "de"), ("pas", "d"), ("pas", "assez", "de"), ("pas", "assez", "d"), ("trop", "de"),
          ("trop", "d"), ("moins", "de"), ("moins", "d"), ("manque", "de"), ("manque", "d"))  # fmt: skip
"""What stands before a thing of which there is too little or too much."""
_PREPOSITIONS = frozenset(["on", "at", "en", "a", "au", "aux", "de", "d", "hors", "sans"])
_NONE = frozenset(["no", "aucun", "aucune", "pas", "manque"])


@dataclass(frozen=True, slots=True)
class Clause:
    """A thing with what is said of it.

    Attributes:
        said: the key of the word that says it, or of how much there is.
        words: the clause as a headline has it.
        whole: how many words of the thing it has.
        thing: what the last word of the thing is compared by.
        token: the word that says it.
        negated: whether it says that it is not so.
        near: whether no preposition stands between it and the thing.
    """

    said: str
    words: str
    whole: int
    thing: str
    token: Token
    negated: bool = False
    near: bool = True


def clauses(part: Sequence[Token], things: Collection[str]) -> Iterator[Clause]:
    """The clauses about a thing in a part of a text.

    Args:
        things: what the words of the thing are compared by.
    """
    for start, end in _spans(part, things):
        if _ASKED & {token.folded for token in part[max(start - 3, 0) : start]}:
            continue
        whole = end - start
        thing = part[start:end]
        yield from _scarce(part, start, thing)
        if start and _says(before := part[start - 1], things) and before.folded not in PARTICLES:
            yield Clause(before.key, _written([before, *thing]), whole, thing[-1].key, before)
        yield from _behind(part, end, thing, things)


def _spans(part: Sequence[Token], things: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where the words of the thing stand, those side by side as one, with small words between them."""
    start = None
    for at, token in enumerate([*part, None]):
        inside = token is not None and token.key in things
        if inside and start is None:
            start = at
        joined = token is not None and token.small and at + 1 < len(part) and part[at + 1].key in things
        joined = joined and token is not None and token.folded in ("de", "du", "d", "des", "of")
        if start is not None and not inside and not joined:
            yield start, at
            start = None


def _says(token: Token, things: Collection[str]) -> bool:
    if token.folded in _AWAY:
        return True
    return not token.small and not token.name and token.key not in things and not token.folded[0].isdigit()


def _scarce(part: Sequence[Token], start: int, thing: Sequence[Token]) -> Iterator[Clause]:
    for words in SCARCE:
        first = start - len(words)
        if first >= 0 and tuple(token.folded for token in part[first:start]) == words:
            kind = "none" if words[0] in _NONE and "assez" not in words else words[-1 if words[0] == "too" else 0]
            yield Clause(f"= {kind}", _written([*part[first:start], *thing]), len(thing), thing[-1].key, part[first])


def _behind(part: Sequence[Token], end: int, thing: Sequence[Token], things: Collection[str]) -> Iterator[Clause]:
    between: list[Token] = []
    negated = False
    for at in range(end, min(end + _REACH, len(part))):
        token = part[at]
        if token.folded in NEGATED:
            negated = True
        if _says(token, things):
            tail = _tail(part, at, negated=negated)
            denied = negated or any(one.folded in _AFTER for one in tail)
            near = not any(one.folded in _PREPOSITIONS for one in between if not _is_copula(one))
            words = _written([*thing, *_plain(between), token, *tail])
            yield Clause(token.key, words, len(thing), thing[-1].key, token, negated=denied, near=near)
        if token.folded in ADVERBS:
            continue
        if token.folded not in KEPT | COPULAS:
            return
        between.append(token)


def _tail(part: Sequence[Token], at: int, *, negated: bool) -> Sequence[Token]:
    after = part[at + 1 : at + 2]
    wanted = _AFTER if negated and any(one.folded in ("n", "ne") for one in part[:at]) else PARTICLES
    return [one for one in after if one.folded in wanted]


def _plain(between: Sequence[Token]) -> list[Token]:
    """What stands between without what a headline leaves out; « n’est pas » is « pas »."""
    left = [token for token in between if not _is_copula(token)]
    return [token for token in left if len(left) == len(between) or token.folded not in ("n", "ne", "t")]


def _is_copula(token: Token) -> bool:
    return token.folded in COPULAS and token.text.lower() != "à"


def _written(tokens: Sequence[Token]) -> str:
    return " ".join(token.text for token in tokens).replace("’ ", "’")
