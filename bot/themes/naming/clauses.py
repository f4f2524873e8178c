"""How a thing and what is said of it stand together in a text: "the order arrived late", « trop d’emballages »."""

from collections.abc import Collection, Iterator, Sequence

from bot.themes.naming import hinges
from bot.themes.naming.terms import JOINTS
from bot.themes.naming.tokens import Token
from storage.values import frozen

_REACH = 7
"""Words from a thing to what is said of it at most."""
_ASKED = 3
"""Words before a thing that may ask about it."""
_JOINTS = 2
"""Small words inside a thing at most, as in « code de la porte »."""
_Part = Sequence[Token]


@frozen
class Clause:
    """A thing with what is said of it.

    Attributes:
        said: the key of the word that says it, or of how much there is.
        words: the clause as a headline has it.
        thing: the keys of the thing.
        token: the word that says it.
        amount: whether that is how much there is.
        negated: whether it is said not to be so.
        told: whether it is said, and all of it: who asks "is the lamp repaired" does not say so, and "the page shows"
            is half of what was said.
        near: whether no preposition stands between it and the thing.
    """

    said: str
    words: str
    thing: tuple[str, ...]
    token: Token
    amount: bool = False
    negated: bool = False
    told: bool = True
    near: bool = True


def clauses(part: _Part, things: Collection[str]) -> Iterator[Clause]:
    """The clauses about a thing in a part of a text.

    Args:
        things: what the words of the thing are compared by.
    """
    if not any(token.key in things for token in part):
        return
    for start, end in _spans(part, things):
        asked = _is_asked(part[:start])
        yield from _before(part, start, end, things, asked=asked)
        if not _belongs(part[:start]):
            yield from _behind(part, start, end, things, asked=asked)


def _is_asked(before: _Part) -> bool:
    """Whether words before a thing ask about it; who asks why it is so says that it is."""
    words = [token.folded for token in before]
    at = next((at for at in range(max(len(words) - _ASKED, 0), len(words) - 1) if words[at] in hinges.ASKING), None)
    if at is None or (hinges.WHY & set(words) and words[at] in hinges.COPULAS):
        return False
    return all(token.small or token.filler for token in before[:at])


def _spans(part: _Part, things: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where the words of the thing stand, those side by side as one, with small words between them."""
    start = None
    for at in range(len(part) + 1):
        inside = at < len(part) and part[at].key in things
        if inside and start is None:
            start = at
        elif start is not None and not inside and not _joins(part[at : at + _JOINTS + 1], things):
            yield start, at
            start = None


def _joins(part: _Part, things: Collection[str]) -> bool:
    """Whether these words begin with small ones that only lead to another word of the thing."""
    further = next((at for at, token in enumerate(part) if token.folded not in JOINTS), 0)
    return further > 0 and part[further].key in things


def _before(part: _Part, start: int, end: int, things: Collection[str], *, asked: bool) -> Iterator[Clause]:
    """What stands right before the thing: how much of it there is, or what it is like."""
    if not start:
        return
    last, thing = part[start - 1], tuple([token.key for token in part[start:end]])
    for words in hinges.AMOUNTS.get(last.folded, ()):
        first = start - len(words)
        if first >= 0 and tuple([token.folded for token in part[first:start]]) == words:
            kind = "none" if words[0] in hinges.NONE and "assez" not in words else words[0]
            yield Clause(f"= {kind}", _written(part[first:end]), thing, part[first], amount=True, told=not asked)
    if _says(last, things) and last.folded not in hinges.PARTICLES:
        yield Clause(last.key, _written(part[start - 1 : end]), thing, last, told=not asked)


def _behind(part: _Part, start: int, end: int, things: Collection[str], *, asked: bool) -> Iterator[Clause]:
    """What follows the thing: what it does, or is."""
    between: list[Token] = []
    for at in range(end, min(end + _REACH, len(part))):
        token = part[at]
        if token.folded in hinges.RELATIVES and start and part[start - 1].folded in hinges.ARTICLES:
            return
        if _says(token, things):
            yield _clause(part, part[start:end], between, at, asked=asked)
        if token.folded in hinges.ADVERBS:
            continue
        if token.folded not in hinges.KEPT | hinges.COPULAS:
            return
        between.append(token)


def _clause(part: _Part, thing: _Part, between: _Part, at: int, *, asked: bool) -> Clause:
    negated = any(token.folded in hinges.NEGATED for token in between)
    opened = any(token.folded in hinges.OPENING for token in between)
    tail = [one for one in part[at + 1 : at + 2] if one.folded in (hinges.CLOSING if opened else hinges.PARTICLES)]
    closed = any(token.folded in hinges.CLOSING for token in (*between, *tail))
    whole = (closed or not opened) and not _has_object(part, at, between) and not _is_moved(part, thing, between, at)
    return Clause(
        part[at].key,
        _written([*thing, *_plain(between), part[at], *tail]),
        tuple([token.key for token in thing]),
        part[at],
        negated=negated,
        told=whole and not asked,
        near=not any(one.folded in hinges.LINKING for one in between if not _is_copula(one)),
    )


def _belongs(before: _Part) -> bool:
    """Whether the thing is only part of what is spoken of: of "the code of the door" a door is not refused."""
    left = next((token for token in reversed(before) if token.folded not in hinges.ARTICLES), None)
    return left is not None and left.folded in hinges.INTRODUCING


def _has_object(part: _Part, at: int, between: _Part) -> bool:
    """Whether the word is a verb whose object follows: without it the clause is half of what was said."""
    after = next((token for token in part[at + 1 : at + 3] if token.folded not in hinges.CLOSING), None)
    if after is None or any(map(_is_copula, between)):
        return False
    if after.folded in hinges.OBJECTS | hinges.FAULTS:
        return True
    if after.folded == "en":
        # « tourne en boucle » is a whole, but « plante en ouvrant une photo » says when.
        return not any(token.folded.endswith("ant") for token in part[at + 2 : at + 3])
    return not (after.small or after.filler or after.folded.endswith(("ly", "ment")))


def _is_moved(part: _Part, thing: _Part, between: _Part, at: int) -> bool:
    """Whether a particle is of a verb before the thing: who asks to "turn the music down" does not say it is down."""
    if part[at].folded not in hinges.AWAY or any(map(_is_copula, between)):
        return False
    return not all(token.small for token in part[: at - len(between) - len(thing)])


def _says(token: Token, things: Collection[str]) -> bool:
    if token.folded in hinges.AWAY:
        return True
    # Names of days have a capital, too, and are no names.
    named = token.name and not token.filler
    return not (token.small or named or token.key in things or token.folded[0].isdigit())


def _plain(between: _Part) -> list[Token]:
    """What stands between, as a headline has it; « n’est pas » is « pas »."""
    left = [token for token in between if not _is_copula(token)]
    return [token for token in left if len(left) == len(between) or token.folded not in hinges.OPENING | {"t"}]


def _is_copula(token: Token) -> bool:
    return token.folded in hinges.COPULAS and token.text.lower() != "à"


def _written(tokens: _Part) -> str:
    return " ".join([token.text for token in tokens]).replace("’ ", "’")
