"""Recognises plain talk: questions about the bot, announced ideas and complaints, and insults."""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache

from bot.recognition.insult import insulting
from bot.recognition.phrasebook.lexicon import Lexicon, Word, read_words
from bot.recognition.phrasebook.spelling import Speller
from bot.recognition.talk import english as talk_en
from bot.recognition.talk import french as talk_fr
from bot.recognition.talk.parts import Part
from storage.values import frozen


class Kind(StrEnum):
    """The kind of a message of plain talk."""

    HELP = "help"
    ABILITIES = "abilities"
    IDENTITY = "identity"
    ROBOT = "robot"
    HUMAN = "human"
    DESTINATION = "destination"
    PRIVACY = "privacy"
    ERASURE = "erasure"
    NEWS = "news"
    IDEA = "idea"
    COMPLAINT = "complaint"
    INSULT = "insult"


@frozen
class Talk:
    """A message of plain talk.

    Attributes:
        rest: the idea or the complaint itself; empty when it was only announced, and for the other kinds.
    """

    kind: Kind
    rest: str = ""


QUESTIONS = frozenset(
    {
        Kind.HELP,
        Kind.ABILITIES,
        Kind.IDENTITY,
        Kind.ROBOT,
        Kind.HUMAN,
        Kind.DESTINATION,
        Kind.PRIVACY,
        Kind.ERASURE,
        Kind.NEWS,
    }
)
"""The kinds that are questions about the bot itself."""
PHRASES: Mapping[str, Mapping[Part, str]] = {"en": talk_en.PHRASES, "fr": talk_fr.PHRASES}
"""By language, the phrases of plain talk."""
SEARCHED = 200
"""The number of first characters of a text that are searched."""
MOST_WORDS = 14
"""The most words of a message that is plain talk as a whole."""
MOST_SPELLED = 5
"""The most words of a message in which typing mistakes are corrected; a longer one is likely a question."""
_REPEATED_LETTERS = re.compile(r"([^\W\d_])\1{2,}")
_BREAK = re.compile(r"\s*(?:[:;,.!…|\n—]|$)|\s+[-–]|[-–]\s")
_AFTER_OPENING = re.compile(r"[:;,.!…|\s–—-]*(.*)", re.DOTALL)
_ANNOUNCED = {Part.IDEA: Kind.IDEA, Part.COMPLAINT: Kind.COMPLAINT}
_LABELS = {Part.IDEA_LABEL: Kind.IDEA, Part.COMPLAINT_LABEL: Kind.COMPLAINT}
_ASIDE = (Part.FILLER, Part.SINCE)
_WHOLE = frozenset(Part) - {*_ASIDE, Part.IDEA_SENTENCE}
_CONTINUATIONS = frozenset({"of", "what", "who", "why", "how", "when", "where", "de", "du", "des"})
"""Words after which "an idea" announces none: "I have an idea of what it costs"."""
_REQUESTS = frozenset(
    ["tell", "explain", "help", "answer", "send", "dire", "expliquer", "aider", "repondre", "envoyer"]
)
_ASKERS = frozenset({"me", "us", "m", "nous"})


def recognise(text: str, *, spelled: bool = False) -> Talk | None:
    """Recognise plain talk.

    Args:
        spelled: whether to take the text as it is spelled; else typing mistakes in a short text are corrected.

    Returns:
        The talk; None for anything else: a question or a problem that has such words, a courtesy, an empty text.
    """
    words = read_words(text[:SEARCHED], MOST_WORDS + 1)
    if not words:
        return None
    whole = None
    if len(text) <= SEARCHED and len(words) <= MOST_WORDS:
        calm = _REPEATED_LETTERS.sub(r"\1", text)
        folded = [word.folded for word in (words if calm == text else read_words(calm))]
        whole = _recognise_whole(text, folded, spelled=spelled)
    return whole or _recognise_opening(text, words)


def _recognise_whole(text: str, folded: Sequence[str], *, spelled: bool) -> Talk | None:
    part = _part_of_all(folded)
    if part is None and not spelled and len(folded) <= MOST_SPELLED:
        part = _part_of_all(_speller().correct(folded))
    match part:
        case None:
            return Talk(Kind.INSULT) if insulting(folded) else None
        case Part.TROUBLE:
            return None if "?" in text else Talk(Kind.COMPLAINT, text.strip())
        case Part.VAGUE_TROUBLE:
            return Talk(Kind.COMPLAINT)
        case Part.IDEA | Part.COMPLAINT:
            return Talk(_ANNOUNCED[part])
        case Part.IDEA_LABEL | Part.COMPLAINT_LABEL:
            return Talk(_LABELS[part])
    return Talk(Kind(part.value))


def _part_of_all(folded: Sequence[str]) -> Part | None:
    """The part of the single phrase that, with fillers around it, makes up a message; None for other messages."""
    for at in _after_fillers(folded):
        found = _lexicon().find(folded, at)
        if found and found[1] in _WHOLE:
            stop, part = found
            if _only(folded, stop, {Part.FILLER, Part.SINCE} if part is Part.TROUBLE else {Part.FILLER}):
                return part
    return None


def _recognise_opening(text: str, words: Sequence[Word]) -> Talk | None:
    folded = [word.folded for word in words]
    for at in _after_fillers(folded):
        stop, part = _lexicon().find(folded, at) or (at, None)
        if part is Part.IDEA_SENTENCE:
            asks = _asks_the_bot(folded[stop : stop + 6])
            return None if asks else Talk(Kind.IDEA, text[words[at].start :].strip())
        if part is None or part not in _ANNOUNCED | _LABELS:
            continue
        end = words[stop - 1].stop
        rest = _AFTER_OPENING.sub(r"\1", text[end:], count=1).strip()
        broken = _BREAK.match(text, end) is not None
        if part in _LABELS:
            return Talk(_LABELS[part], rest) if broken and not rest.endswith("?") else None
        guess = part is Part.IDEA and not broken and _CONTINUATIONS.intersection(folded[stop : stop + 1])
        return None if guess else Talk(_ANNOUNCED[part], rest)
    return None


def _asks_the_bot(following: Sequence[str]) -> bool:
    """Whether the words after "it would be great if" make it a question: "… you could tell me the price"."""
    return not _REQUESTS.isdisjoint(following) and not _ASKERS.isdisjoint(following)


def _after_fillers(folded: Sequence[str]) -> Iterator[int]:
    """The indexes at which the content of a message may begin: the first word, and after each leading filler."""
    at = 0
    while at < len(folded):
        yield at
        found = _fillers().find(folded, at)
        if found is None:
            return
        at = found[0]


def _only(folded: Sequence[str], at: int, parts: set[Part]) -> bool:
    """Whether all words from an index on are phrases of these parts."""
    while at < len(folded):
        found = _fillers().find(folded, at)
        if found is None or found[1] not in parts:
            return False
        at = found[0]
    return True


@cache
def _lexicon() -> Lexicon[Part]:
    return Lexicon({part: [own[part] for own in PHRASES.values()] for part in Part if part not in _ASIDE})


@cache
def _fillers() -> Lexicon[Part]:
    return Lexicon({part: [own[part] for own in PHRASES.values()] for part in _ASIDE})


@cache
def _speller() -> Speller:
    tables = (table for own in PHRASES.values() for table in own.values())
    return Speller(word for table in tables for word in re.findall(r"[^\W_]+", table))
