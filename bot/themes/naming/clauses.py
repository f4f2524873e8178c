"""Finds the clauses about a topic in a text, such as "the order arrived late" and « trop d’emballages »."""

from collections.abc import Collection, Iterator, Sequence

from bot.themes.naming import grammar
from bot.themes.naming.terms import JOINTS
from bot.themes.naming.tokens import Token
from storage.values import frozen

_REACH = 7
"""The most words between a topic and its predicate."""
_ASKED = 3
"""The number of words before a topic that may ask about it."""
_JOINTS = 2
"""The most function words inside a topic, as in « code de la porte »."""
_Part = Sequence[Token]


@frozen
class Clause:
    """A topic with its predicate, attribute or quantity.

    Attributes:
        said: the key of the predicate or attribute, or of the quantity.
        words: the clause as a headline.
        topic: the keys of the words of the topic.
        token: the word of the predicate, attribute or quantity.
        amount: whether it is a quantity.
        negated: whether it is negated.
        stated: whether it is stated, and completely: "is the lamp repaired" asks, and "the page shows" is incomplete.
        near: whether no preposition is between it and the topic.
    """

    said: str
    words: str
    topic: tuple[str, ...]
    token: Token
    amount: bool = False
    negated: bool = False
    stated: bool = True
    near: bool = True


def clauses(part: _Part, topic_keys: Collection[str]) -> Iterator[Clause]:
    """The clauses about a topic in a part of a text.

    Args:
        topic_keys: the keys of the words of the topic.
    """
    if not any(token.key in topic_keys for token in part):
        return
    for start, end in _spans(part, topic_keys):
        asked = _is_asked(part[:start])
        yield from _before(part, start, end, topic_keys, asked=asked)
        if not _belongs(part[:start]):
            yield from _behind(part, start, end, topic_keys, asked=asked)


def _is_asked(before: _Part) -> bool:
    """Whether words before a topic ask about it; a question for the reason states the fact."""
    words = [token.folded for token in before]
    at = next((at for at in range(max(len(words) - _ASKED, 0), len(words) - 1) if words[at] in grammar.ASKING), None)
    if at is None or (grammar.WHY & set(words) and words[at] in grammar.COPULAS):
        return False
    return all(token.small or token.filler for token in before[:at])


def _spans(part: _Part, topic_keys: Collection[str]) -> Iterator[tuple[int, int]]:
    """The spans of the words of the topic; neighbours, with function words between them, are one span."""
    start = None
    for at in range(len(part) + 1):
        inside = at < len(part) and part[at].key in topic_keys
        if inside and start is None:
            start = at
        elif start is not None and not inside and not _joins(part[at : at + _JOINTS + 1], topic_keys):
            yield start, at
            start = None


def _joins(part: _Part, topic_keys: Collection[str]) -> bool:
    """Whether these words begin with function words that lead to another word of the topic."""
    further = next((at for at, token in enumerate(part) if token.folded not in JOINTS), 0)
    return further > 0 and part[further].key in topic_keys


def _before(part: _Part, start: int, end: int, topic_keys: Collection[str], *, asked: bool) -> Iterator[Clause]:
    """The clauses by what is right before the topic: a quantity or an attribute."""
    if not start:
        return
    last, topic = part[start - 1], tuple([token.key for token in part[start:end]])
    for words in grammar.AMOUNTS.get(last.folded, ()):
        first = start - len(words)
        if first >= 0 and tuple([token.folded for token in part[first:start]]) == words:
            kind = "none" if words[0] in grammar.NONE and "assez" not in words else words[0]
            yield Clause(f"= {kind}", _written(part[first:end]), topic, part[first], amount=True, stated=not asked)
    if _says(last, topic_keys) and last.folded not in grammar.PARTICLES:
        yield Clause(last.key, _written(part[start - 1 : end]), topic, last, stated=not asked)


def _behind(part: _Part, start: int, end: int, topic_keys: Collection[str], *, asked: bool) -> Iterator[Clause]:
    """The clauses by what follows the topic: its predicates."""
    between: list[Token] = []
    for at in range(end, min(end + _REACH, len(part))):
        token = part[at]
        if token.folded in grammar.RELATIVES and start and part[start - 1].folded in grammar.ARTICLES:
            return
        if _says(token, topic_keys):
            yield _clause(part, part[start:end], between, at, asked=asked)
        if token.folded in grammar.ADVERBS:
            continue
        if token.folded not in grammar.KEPT | grammar.COPULAS:
            return
        between.append(token)


def _clause(part: _Part, topic: _Part, between: _Part, at: int, *, asked: bool) -> Clause:
    negated = any(token.folded in grammar.NEGATED for token in between)
    opened = any(token.folded in grammar.OPENING for token in between)
    tail = [one for one in part[at + 1 : at + 2] if one.folded in (grammar.CLOSING if opened else grammar.PARTICLES)]
    closed = any(token.folded in grammar.CLOSING for token in (*between, *tail))
    whole = (closed or not opened) and not _has_object(part, at, between) and not _is_moved(part, topic, between, at)
    return Clause(
        part[at].key,
        _written([*topic, *_plain(between), part[at], *tail]),
        tuple([token.key for token in topic]),
        part[at],
        negated=negated,
        stated=whole and not asked,
        near=not any(one.folded in grammar.LINKING for one in between if not _is_copula(one)),
    )


def _belongs(before: _Part) -> bool:
    """Whether the topic is in a prepositional phrase: in "the code of the door is refused" it is not the subject."""
    left = next((token for token in reversed(before) if token.folded not in grammar.ARTICLES), None)
    return left is not None and left.folded in grammar.INTRODUCING


def _has_object(part: _Part, at: int, between: _Part) -> bool:
    """Whether the word is a verb whose object follows: without it the clause is incomplete."""
    after = next((token for token in part[at + 1 : at + 3] if token.folded not in grammar.CLOSING), None)
    if after is None or any(map(_is_copula, between)):
        return False
    if after.folded in grammar.OBJECTS | grammar.FAULTS:
        return True
    if after.folded == "en":
        # « tourne en boucle » is a whole, but « plante en ouvrant une photo » says when.
        return not any(token.folded.endswith("ant") for token in part[at + 2 : at + 3])
    return not (after.small or after.filler or after.folded.endswith(("ly", "ment")))


def _is_moved(part: _Part, topic: _Part, between: _Part, at: int) -> bool:
    """Whether a particle belongs to a verb before the topic, as in "turn the music down"."""
    if part[at].folded not in grammar.AWAY or any(map(_is_copula, between)):
        return False
    return not all(token.small for token in part[: at - len(between) - len(topic)])


def _says(token: Token, topic_keys: Collection[str]) -> bool:
    if token.folded in grammar.AWAY:
        return True
    # Names of days have a capital, too, and are no names.
    named = token.name and not token.filler
    return not (token.small or named or token.key in topic_keys or token.folded[0].isdigit())


def _plain(between: _Part) -> list[Token]:
    """The words between the topic and its predicate, as in a headline; « n’est pas » becomes « pas »."""
    left = [token for token in between if not _is_copula(token)]
    return [token for token in left if len(left) == len(between) or token.folded not in grammar.OPENING | {"t"}]


def _is_copula(token: Token) -> bool:
    return token.folded in grammar.COPULAS and token.text.lower() != "à"


def _written(tokens: _Part) -> str:
    return " ".join([token.text for token in tokens]).replace("’ ", "’")
