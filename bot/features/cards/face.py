"""Makes the content of an item's public card: in the community's language, with contact data masked."""

import hashlib
import json
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.core import Core
from bot.feedback import items
from bot.feedback.audience.visibility import is_public
from bot.feedback.display.accents import accent
from bot.feedback.display.card import Reader, content, reasons
from bot.feedback.display.voices import sentences
from bot.ports.card import Face
from bot.ports.reply import Buttons, Paragraph, Reply
from storage.models import Community, Feedback
from storage.vocabulary import Kind, Status

TITLE_LENGTH = 80
"""The largest number of characters of an item's words in a post's title, besides the number."""


def make_face(session: Session, core: Core, community: Community, item: Feedback) -> Face | None:
    """The content of an item's public card, its buttons without tokens yet; None when it must not be shown."""
    if not is_shown(item):
        return None
    speech = core.speech(community)
    reader = Reader(speech, ZoneInfo(community.timezone), languages=core.languages.all())
    day = speech.day(item.created_at.astimezone(reader.zone).date())
    filed = Paragraph(speech.say("Filed on {day}.", day=day))
    offered = Buttons((items.support_button(speech, item), items.follow_button(speech, item)))
    buttons = (offered,) if items.is_open(item) else ()
    said = (*sentences(session, speech, item), *reasons(session, reader, item), filed)
    blocks = (*content(session, reader, item), *said, *buttons)
    return Face(
        Reply(blocks, private=False, accent=accent(item)),
        title=f"#{item.number} {items.title(item, TITLE_LENGTH)}",
        tags=(items.status_word(speech, item), *([speech.area(area)] if (area := items.chosen_area(item)) else [])),
        closed=not items.is_open(item),
    )


def is_shown(item: Feedback) -> bool:
    """Whether an item has a public card: it is public, neither withdrawn nor erased, and no praise."""
    gone = item.status is Status.WITHDRAWN or not item.text
    return is_public(item) and not gone and item.kind is not Kind.PRAISE


def digest(core: Core, face: Face) -> str:
    """A digest of what a face shows, by which a card is edited only when it would look different."""
    shown = json.dumps([core.codec.dump(face.reply), face.title, face.tags, face.closed], sort_keys=True)
    return hashlib.blake2b(shown.encode(), digest_size=16).hexdigest()
