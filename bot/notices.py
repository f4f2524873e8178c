"""What people are told later: the outcome, to everyone concerned, each in their language."""

from sqlmodel import Session

from bot.context import Context
from bot.items import title
from bot.reply import Paragraph, Quote, Reply, Strong
from bot.speech import Speech
from storage import members, outbox, supports
from storage.keys import Keys
from storage.models import Feedback, History
from storage.vocabulary import Status, Visibility


def tell_outcome(session: Session, ctx: Context, item: Feedback, entry: History) -> int:
    """Owe everyone concerned the news of a change of status, in the transaction that makes it.

    Returns:
        How many people will hear.
    """
    told = supports.concerned(session, item)
    for member_id in told:
        speech = ctx.core.languages.speech(*members.languages(session, member_id), ctx.community.language)
        _owe(session, ctx, item, entry, speech, member_id)
    if item.visibility is Visibility.NAMELESS and item.author_hash:
        _owe(session, ctx, item, entry, ctx.core.languages.speech(item.language, ctx.community.language), None)
        return len(told) + 1
    return len(told)


def outcome(speech: Speech, item: Feedback, entry: History, *, own: bool) -> Reply:
    """The news itself. What only the team may see is not read out to those who supported it before."""
    status = speech.word(Status(entry.after or item.status))
    line = speech.line("{number} is now {status}.", number=Strong(f"#{item.number}"), status=Strong(status))
    shown = item.text and (own or item.visibility is not Visibility.TEAM)
    words = (Quote(title(item)),) if shown else ()
    reason = (Paragraph(speech.known(entry.note)),) if entry.note and words else ()
    return Reply((Paragraph(line), *words, *reason))


def delivery_key(keys: Keys, entry: History, recipient_id: int | None) -> str:
    """What makes one person's news of one change unique, without naming the person."""
    return f"status:{entry.id}:{keys.holder(f'news {entry.id}', str(recipient_id))[:16]}"


def _owe(
    session: Session, ctx: Context, item: Feedback, entry: History, speech: Speech, recipient_id: int | None
) -> None:
    own = recipient_id in (None, item.author_id)
    payload = ctx.core.wire.dump(outcome(speech, item, entry, own=own))
    key = delivery_key(ctx.core.store.keys, entry, recipient_id)
    outbox.owe(session, key, payload, ctx.now, recipient_id=recipient_id, feedback_id=item.id)
