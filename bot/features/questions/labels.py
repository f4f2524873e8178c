"""The labels of answers on buttons, which differ even for two answers with the same question."""

from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath
from urllib.parse import urlsplit

from sqlmodel import Session

from bot.knowledge.formatting import formatted
from bot.language.text.excerpt import excerpt
from bot.language.text.normalise import question_key
from bot.ports.plain import plain
from bot.ports.reply import Reply
from bot.ports.text import is_web_address
from storage.answers import knowledge
from storage.models import Answer

MOST_CHARACTERS, MOST_TOLD = 80, 30
"""The largest number of characters of a label, and of the part that distinguishes it."""


def labels(session: Session, answer_ids: Iterable[int]) -> dict[int, str]:
    """The labels of answers by id, in order: the first question of each, with a distinguishing part where needed.

    Deleted answers are left out, and those that repeat another word for word.
    """
    found = {own: known for own in answer_ids if (known := knowledge.get(session, own))}
    once: dict[tuple[str, str], int] = {}
    for own, (answer, asked) in found.items():
        once.setdefault((question_key(asked), answer.text), own)
    kept = {own: found[own] for own in once.values()}
    alike = Counter(question_key(asked) for _, asked in kept.values())
    places = Counter((question_key(asked), _place(answer)) for answer, asked in kept.values())
    return {
        own: excerpt(asked, MOST_CHARACTERS)
        if alike[question_key(asked)] == 1
        else _apart(asked, answer, placed=places[question_key(asked), _place(answer)] == 1)
        for own, (answer, asked) in kept.items()
    }


def _apart(asked: str, answer: Answer, *, placed: bool) -> str:
    """A question with its answer's file or page or, where that is not distinct, the answer's first words."""
    place = _place(answer)
    told = excerpt(place if placed and place else plain(Reply(formatted(answer.text))), MOST_TOLD)
    return f"{excerpt(asked, MOST_CHARACTERS - len(told) - 3)} · {told}"


def _place(answer: Answer) -> str:
    """The name of the file or page an answer comes from, without folder, host and extension."""
    origin = answer.address or answer.origin
    return PurePath(urlsplit(origin).path if is_web_address(origin) else origin).stem
