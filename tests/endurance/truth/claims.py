"""What messages say of items, held against what is stored: whatever stands in a chat is to be true."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlmodel import Session, select

from bot.core import Core
from bot.feedback.desk.notices import is_seen_by_team
from bot.feedback.items import is_open
from storage.models import Feedback
from storage.vocabulary import Status

WAITS = "The decision will come here"
_RECEIPT = re.compile(r"Got it: \w+ #(\d+)")
_CARD = re.compile(r"^(?:Suggestion|Problem|Praise) #(\d+)$", re.MULTILINE)
_STATUS = re.compile(r"^Status: (.+)$", re.MULTILINE)
_NOTICE = re.compile(r"^(?:New|Severe): \w+ #(\d+)", re.MULTILINE)
_DECIDES = re.compile(r"\[Decide #(\d+)\]")

Items = Mapping[int, Feedback]


@dataclass(frozen=True)
class Claim:
    """Something said that is not so."""

    what: str
    text: str


async def items(core: Core) -> Items:
    """All items, by number."""

    def job(session: Session) -> Items:
        found = session.exec(select(Feedback)).all()
        session.expunge_all()
        return {one.number: one for one in found}

    return await core.store.read(job)


def untrue(core: Core, known: Items, text: str) -> Iterator[Claim]:
    """What a message says of items that is not so."""
    yield from of_receipts_and_notices(core, known, text)
    yield from _of_cards(core, known, text)


def of_receipts_and_notices(core: Core, known: Items, text: str) -> Iterator[Claim]:
    """The same, without what open cards say."""
    for found in _RECEIPT.finditer(text):
        item = known[int(found[1])]
        if WAITS in text and item.status is not Status.RECEIVED:
            yield Claim(f"#{item.number} waits, though it is {item.status}", text)
        if "[Withdraw]" in text and not is_open(item):
            yield Claim(f"#{item.number} can be withdrawn, though it is {item.status}", text)
    for found in _NOTICE.finditer(text):
        if known[int(found[1])].status is not Status.RECEIVED:
            yield Claim(f"#{found[1]} is new", text)
    for found in _DECIDES.finditer(text):
        item = known[int(found[1])]
        if item.status is not Status.RECEIVED or not is_seen_by_team(item):
            yield Claim(f"#{item.number} is to be decided on, though it is {item.status}", text)


def _of_cards(core: Core, known: Items, text: str) -> Iterator[Claim]:
    card, status = _CARD.search(text), _STATUS.search(text)
    if not (card and status):
        return
    item = known[int(card[1])]
    word = core.languages.speech("en").word(item.status)
    if not status[1].startswith(word):
        yield Claim(f"#{item.number} is {status[1]!r}, though it is {word}", text)
