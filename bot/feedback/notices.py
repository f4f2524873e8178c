"""What people are told later: the outcome, to everyone concerned, each in their language."""

from sqlmodel import Session

from bot.context import Context
from bot.feedback.items import title
from bot.locales.speech import Speech
from bot.ports.reply import Paragraph, Quote, Reply, Strong
from storage import communities, members, outbox, supports
from storage.engine.keys import Keys
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


def outcome(speech: Speech, item: Feedback, entry: History, *, own: bool, where: str = "") -> Reply:
    """The news itself. What only the team may see is not read out to those who supported it before.

    Args:
        own: whether it is for the author.
        where: the community's name, for those to whom the number alone does not tell.
    """
    number, status = Strong(f"#{item.number}"), Strong(speech.word(Status(entry.after or item.status)))
    line = (
        speech.line("{number} of {community} is now {status}.", number=number, community=where, status=status)
        if where
        else speech.line("{number} is now {status}.", number=number, status=status)
    )
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
    where = ctx.community.name if _may_be_elsewhere(session, ctx, recipient_id) else ""
    payload = ctx.core.wire.dump(outcome(speech, item, entry, own=own, where=where))
    key = delivery_key(ctx.core.store.keys, entry, recipient_id)
    outbox.owe(session, key, payload, ctx.now, recipient_id=recipient_id, feedback_id=item.id)


def _may_be_elsewhere(session: Session, ctx: Context, recipient_id: int | None) -> bool:
    """Whether somebody is in several communities; of the author of an item without a name nobody may know."""
    if len(communities.every(session)) == 1:
        return False
    return recipient_id is None or len(communities.of_member(session, ctx.core.store.keys, recipient_id)) > 1
