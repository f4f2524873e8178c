"""Notifications: queues the news of a changed status for everyone concerned, each in their language."""

from collections.abc import Callable, Collection
from datetime import timedelta

from sqlmodel import Session

from bot.commands.buttons import with_tokens
from bot.context import Context
from bot.feedback.audience.visibility import is_public
from bot.feedback.items import title
from bot.locales.speech import Speech
from bot.ports.reply import Paragraph, Quote, Reply, Strong
from storage.engine.keys import Keys
from storage.items import supports
from storage.items.decisions import NEWS
from storage.models import Feedback, History
from storage.people import communities, members
from storage.traffic import outbox
from storage.vocabulary import Status


def tell_outcome(session: Session, ctx: Context, item: Feedback, entry: History) -> int:
    """Queue the news of a changed status in the outbox, in the transaction of the change; it waits to be undone first.

    Args:
        entry: the history entry of the change.

    Returns:
        The number of recipients.
    """
    told = _concerned(session, ctx, item)
    for member_id in told:
        speech = ctx.core.languages.speech(*members.languages(session, member_id), ctx.community.language)
        _queue(session, ctx, item, entry, speech, member_id)
    if item.nameless and item.author_hash:
        _queue(session, ctx, item, entry, ctx.core.languages.speech(item.language, ctx.community.language), None)
        return len(told) + 1
    return len(told)


def _concerned(session: Session, ctx: Context, item: Feedback) -> list[int]:
    """Those to tell about a change: the author, and those of its supporters and followers who still take part."""
    others = still_here(session, ctx, supports.others(session, item))
    return sorted({*others, *([] if item.author_id is None else [item.author_id])})


def still_here(session: Session, ctx: Context, people: Collection[int]) -> list[int]:
    """Those of these people who may still read what is for everyone in the community."""
    if ctx.own.open:
        return list(people)
    here = communities.taking_part(session, ctx.community.id, people)
    return [one for one in people if one in here]


def tell_author(
    session: Session, ctx: Context, item: Feedback, key: str, news: Callable[[Speech, Strong], Reply]
) -> bool:
    """Queue news for an item's author alone, in their language; a nameless one is reached by the sealed address.

    Args:
        key: the unique key of the delivery.
        news: makes the message, from the language and the number of the item as it is to be shown.

    Returns:
        Whether there is an author to tell: there is none of an erased item.
    """
    to = item.author_id
    if to is None and not (item.nameless and item.author_hash):
        return False
    preferred = (item.language,) if to is None else members.languages(session, to)
    where = f" ({ctx.community.name})" if _may_be_elsewhere(session, ctx, to) else ""
    reply = news(ctx.core.languages.speech(*preferred, ctx.community.language), Strong(f"#{item.number}{where}"))
    shown = with_tokens(session, ctx.core.store.keys, reply, None, ctx.now, ctx.community.id)
    payload = ctx.core.codec.dump(shown, sealed=to is None)
    outbox.owe(session, key, payload, ctx.now, recipient_id=to, feedback_id=item.id)
    return True


def outcome(speech: Speech, item: Feedback, entry: History, *, own: bool, where: str = "") -> Reply:
    """The news of a changed status. Supporters of an item that they may no longer see get no words of it.

    Args:
        entry: the history entry of the change.
        own: whether it is for the author.
        where: the community's name, for recipients who may be in several communities; empty for others.
    """
    number, status = Strong(f"#{item.number}"), Strong(speech.word(Status(entry.after or item.status)))
    line = (
        speech.line("{number} of {community} is now {status}.", number=number, community=where, status=status)
        if where
        else speech.line("{number} is now {status}.", number=number, status=status)
    )
    shown = item.text and (own or is_public(item))
    words = (Quote(title(item)),) if shown else ()
    reason = (Paragraph(speech.translate(entry.note)),) if entry.note and words else ()
    before = Status(entry.before) if entry.before else Status.RECEIVED
    changed = (Paragraph(speech.say("Before: {status}.", status=speech.word(before))),)
    return Reply((Paragraph(line), *(changed if before is not Status.RECEIVED else ()), *words, *reason))


def delivery_key(keys: Keys, entry: History, recipient_id: int | None) -> str:
    """The outbox key of one recipient's news of one change: unique, and without the recipient's id in clear."""
    return f"{NEWS}{entry.id}:{keys.holder(f'news {entry.id}', str(recipient_id))[:16]}"


def _queue(
    session: Session, ctx: Context, item: Feedback, entry: History, speech: Speech, recipient_id: int | None
) -> None:
    own = recipient_id in (None, item.author_id)
    where = ctx.community.name if _may_be_elsewhere(session, ctx, recipient_id) else ""
    news = outcome(speech, item, entry, own=own, where=where)
    payload = ctx.core.codec.dump(news, sealed=recipient_id is None)
    key = delivery_key(ctx.core.store.keys, entry, recipient_id)
    wait = timedelta(seconds=ctx.own.undo)
    outbox.owe(session, key, payload, ctx.now, recipient_id=recipient_id, feedback_id=item.id, after=wait)


def _may_be_elsewhere(session: Session, ctx: Context, recipient_id: int | None) -> bool:
    """Whether a recipient may be in several communities; true for a nameless item's author, who is not known."""
    if len(communities.every(session)) == 1:
        return False
    if recipient_id is None:
        return True
    theirs = communities.of_member(session, ctx.core.store.keys, recipient_id, ctx.now)
    return any(one.id != ctx.community.id for one in theirs)
