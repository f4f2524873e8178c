"""Why an item matters to its supporters: their sentences on its card, without names, and the way to add one."""

from sqlmodel import Session

from bot.context import Context
from bot.locales.speech import Speech
from bot.ports.inbound import Role
from bot.ports.reply import Block, Button, Buttons, Paragraph, Quote
from bot.recognition.contacts import mask
from storage.items.support import voices
from storage.models import Feedback, Voice

LONGEST = 300
"""Characters of a sentence at most."""
SHOWN = 3


def sentences(session: Session, speech: Speech, item: Feedback) -> tuple[Block, ...]:
    """The sentences given last for an item, and how many there are, as everybody is shown them."""
    found = _newest(session, item)
    if not found:
        return ()
    total = voices.count(session, item.id)
    said = speech.count("Why it matters to {n} supporter:", "Why it matters to {n} supporters:", total)
    return Paragraph(said), *(Quote(mask(voice.text)) for voice in found)


def shown(session: Session, ctx: Context, item: Feedback) -> tuple[Block, ...]:
    """The same for one person; moderators may take each sentence away."""
    told = sentences(session, ctx.speech, item)
    if not told or ctx.inbound.actor.role < Role.MODERATOR:
        return told
    found = _newest(session, item)
    return *told, Buttons(tuple(_take_away(ctx.speech, item, voice, at) for at, voice in enumerate(found, 1)))


def why_button(speech: Speech, item: Feedback) -> Button:
    """The button of a supporter that asks why the item matters to them."""
    return Button(speech.say("Say why it matters to you"), "why", {"number": str(item.number)})


def _take_away(speech: Speech, item: Feedback, voice: Voice, place: int) -> Button:
    label = speech.say("Take away sentence {n}", n=place)
    return Button(label, "unsay", {"number": str(item.number), "voice": str(voice.id)})


def _newest(session: Session, item: Feedback) -> list[Voice]:
    return voices.newest(session, item.id, SHOWN) if item.text else []
