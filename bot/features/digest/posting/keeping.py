"""Keeps the lines to decide of posted digests up to date: once decided, a line says so and loses its button."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlmodel import Session

from bot.commands import buttons
from bot.core import Core
from bot.features.digest.posting.drafting import staff_language
from bot.feedback.desk.notices import is_teams
from bot.feedback.display import joined
from bot.feedback.display.postings import Posting, team_mark
from bot.feedback.items import title
from bot.locales.speech import Speech
from bot.ports.inbound import Actor
from bot.ports.reply import Block, Button, Line, Paragraph, Reply, Row, Strong
from storage.items import feedback
from storage.models import Community, Digest, Feedback, Outbox
from storage.reports import digests
from storage.vocabulary import Publication, Status

PREFIX = "digest:"
DECIDES = "queue"
"""The command of the buttons beside the lines to decide."""
TO_DECIDE = "to decide"
"""The mark of an item whose line has its button."""
NOBODY = Actor("", "", "")
EVER = datetime.fromtimestamp(0, UTC)


def redraw(session: Session, core: Core, key: str, items: Sequence[Feedback]) -> Reply | None:
    """A posted digest with its lines to decide as they are now; all other lines stay; None when its row is gone."""
    row = digests.by_key(session, key)
    if row is None:
        return None
    speech = _speech(session, core, row)
    by_number = {item.number: item for item in items}
    posted = core.codec.load(row.payload)
    blocks = tuple(_as_it_stands(session, core, speech, block, by_number) for block in posted.blocks)
    return replace(posted, blocks=blocks)


def shows(session: Session, core: Core, delivery: Outbox) -> Collection[int]:
    """The ids of the items that a digest offers to decide on."""
    row = digests.by_key(session, delivery.dedupe_key)
    if row is None:
        return ()
    found = (
        feedback.by_number(session, row.community_id, number)
        for block in core.codec.load(row.payload).blocks
        for number in _decided(session, core, block)
    )
    return [item.id for item in found if item is not None]


def _as_it_stands(session: Session, core: Core, speech: Speech, block: Block, items: Mapping[int, Feedback]) -> Block:
    for number in _decided(session, core, block):
        item = items.get(number)
        if item is not None and not _is_to_decide(item):
            return Paragraph(_line(session, speech, item))
    return block


def _line(session: Session, speech: Speech, item: Feedback) -> Line:
    number = Strong(f"#{item.number}")
    if item.status is not Status.WITHDRAWN and item.publication is Publication.REMOVED:
        return speech.line("{number} was taken from view.", number=number)
    status = Strong(joined.status_line(session, speech, item))
    if not is_teams(item):
        return speech.line("{number} · {status}", number=number, status=status)
    return speech.line("{number} {title} · {status}", number=number, title=title(item), status=status)


def _decided(session: Session, core: Core, block: Block) -> Iterator[int]:
    """The number of the item that a line's button decides on; nothing for other blocks."""
    if isinstance(block, Row) and (number := _number(session, core, block.button)):
        yield number


def _number(session: Session, core: Core, button: Button) -> int | None:
    pressed = buttons.find(session, core.store.keys, button.token, NOBODY, EVER)
    given = pressed.args.get("number", "") if pressed and pressed.command == DECIDES else ""
    return int(given) if given.isdecimal() else None


def _speech(session: Session, core: Core, row: Digest) -> Speech:
    """The language of a posted digest, by the present settings."""
    community = session.get_one(Community, row.community_id)
    own = core.settings.digests_of(community.key)
    named = next((one.language for one in own if one.name == row.name), None)
    return core.speech(community, named or staff_language(core, community.key))


def _mark(item: Feedback) -> str:
    return TO_DECIDE if _is_to_decide(item) else team_mark(item)


def _is_to_decide(item: Feedback) -> bool:
    return item.status is Status.RECEIVED and is_teams(item)


POSTINGS = (Posting(PREFIX, redraw, shows, _mark, as_posted=TO_DECIDE),)
