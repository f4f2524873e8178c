"""Shows why an item matters to its supporters: their sentences, without names, and the button to add one."""

from sqlmodel import Session

from bot.context import Context
from bot.locales.speech import Speech
from bot.ports.inbound import Role
from bot.ports.reply import Block, Button, Buttons, Paragraph, Quote
from bot.recognition.contacts import mask
from storage.items.support import groups, voices
from storage.models import Feedback, Voice
from storage.vocabulary import Audience, Publication, Status

LONGEST = 300
"""The largest number of characters of a sentence."""
SHOWN = 3


def sentences(session: Session, speech: Speech, item: Feedback) -> tuple[Block, ...]:
    """The latest sentences on an item and those joined to it, with the number of all, as everybody is shown them."""
    found = _newest(session, item)
    if not found:
        return ()
    total = voices.count(session, _group(session, item))
    said = speech.count("Why it matters to {n} supporter:", "Why it matters to {n} supporters:", total)
    return Paragraph(said), *(Quote(mask(voice.text)) for voice in found)


def shown(session: Session, ctx: Context, item: Feedback) -> tuple[Block, ...]:
    """The same for the person who acts; a moderator gets a button to take each sentence away."""
    told = sentences(session, ctx.speech, item)
    if not told or ctx.inbound.actor.role < Role.MODERATOR:
        return told
    found = _newest(session, item)
    return *told, Buttons(tuple(_take_away(session, ctx.speech, voice, at) for at, voice in enumerate(found, 1)))


def why_button(speech: Speech, item: Feedback) -> Button:
    """The button of a supporter that asks why the item matters to them."""
    return Button(speech.say("Say why it matters to you"), "why", {"number": str(item.number)})


def _take_away(session: Session, speech: Speech, voice: Voice, place: int) -> Button:
    label = speech.say("Take away sentence {n}", n=place)
    number = session.get_one(Feedback, voice.feedback_id).number
    return Button(label, "unsay", {"number": str(number), "voice": str(voice.id)})


def _newest(session: Session, item: Feedback) -> list[Voice]:
    return voices.newest(session, _group(session, item), SHOWN) if item.text else []


def _group(session: Session, item: Feedback) -> list[int]:
    """The ids of an item and of those joined items that everybody who sees it may see, too."""
    return [item.id, *(one.id for one in groups.joined(session, item) if _is_seen_along(one, item))]


def _is_seen_along(one: Feedback, item: Feedback) -> bool:
    """Whether a joined item is in view, and visible to all who see the item it is joined to."""
    seen = one.text and one.publication is Publication.SHOWN and one.status is not Status.WITHDRAWN
    return bool(seen) and one.audience in (item.audience, Audience.EVERYONE)
