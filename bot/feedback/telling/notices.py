"""Queues the news of a changed status for everyone concerned, each in their language."""

from collections.abc import Callable, Collection
from datetime import timedelta

from sqlmodel import Session

from bot.commands.buttons import with_tokens
from bot.feedback.audience.visibility import is_public
from bot.feedback.desk.reasons import told as reason_told
from bot.feedback.items import REOPENED, title
from bot.feedback.telling import news
from bot.feedback.telling.occasions import AnyOccasion
from bot.locales import reasons
from bot.locales.speech import Speech
from bot.ports.reply import Block, Button, Buttons, Paragraph, Quote, Reply, Strong
from storage.engine.keys import Keys
from storage.items.desk import incidents
from storage.items.desk.decisions import NEWS
from storage.items.support import groups, mutes, supports
from storage.models import Feedback, History
from storage.people import communities, members
from storage.traffic import outbox, traces
from storage.vocabulary import Status


def tell_outcome(session: Session, ctx: AnyOccasion, item: Feedback, entry: History) -> int:
    """Queue the news of a changed status in the outbox, in the transaction of the change.

    It is sent once the decision can no longer be undone.

    Args:
        entry: the history entry of the change.

    Returns:
        The number of recipients, without those who want no news.
    """
    through = groups.through(session, item)
    told, nameless = recipients(session, ctx, item)
    heard = 0
    for member_id in told:
        speech = ctx.core.speech(ctx.community, *members.languages(session, member_id))
        heard += _queue(session, ctx, item, entry, speech, member_id, through.get(member_id))
    for one in nameless:
        speech = ctx.core.speech(ctx.community, one.language)
        heard += _queue(session, ctx, item, entry, speech, None, None if one is item else one)
    return heard


def recipients(session: Session, ctx: AnyOccasion, item: Feedback) -> tuple[list[int], list[Feedback]]:
    """Those to tell of a change, without those who muted the item: member ids, and the items of nameless authors."""
    nameless = [one for one in (item, *groups.joined(session, item)) if _is_told(one, item)]
    quiet = mutes.muting(session, item)
    told = _concerned(session, ctx, item, groups.authors(session, item))
    return [one for one in told if one not in quiet], nameless


def _is_told(one: Feedback, item: Feedback) -> bool:
    """Whether an item has a nameless author who is told: not if it is muted or, as a joined one, withdrawn."""
    withdrawn = one is not item and one.status is Status.WITHDRAWN
    return one.nameless and one.author_hash is not None and not (withdrawn or one.muted)


def _concerned(session: Session, ctx: AnyOccasion, item: Feedback, authors: Collection[int]) -> list[int]:
    """The member ids of all authors, and of the supporters and followers who still take part.

    Args:
        authors: the authors of the joined items.
    """
    others = still_here(session, ctx, supports.others(session, item))
    known = {*others, *authors, *([] if item.author_id is None else [item.author_id])}
    return sorted(members.met(session, known))


def still_here(session: Session, ctx: AnyOccasion, people: Collection[int]) -> list[int]:
    """Those of these member ids who may still read what is for everyone in the community."""
    if ctx.own.open:
        return list(people)
    here = communities.taking_part(session, ctx.community.id, people)
    return [one for one in people if one in here]


def tell_author(
    session: Session,
    ctx: AnyOccasion,
    item: Feedback,
    key: str,
    make: Callable[[Speech, Strong], Reply],
    *,
    gathered: bool = False,
) -> bool:
    """Queue news for an item's author alone, in their language; a nameless one is reached by the sealed address.

    Args:
        key: the unique key of the delivery.
        make: makes the message, from the language and the item's number as it is to be shown.
        gathered: whether it is news, sent as often as the author chose; else it is conversation, sent at once.

    Returns:
        Whether it is sent: not if the item was erased, its author is known from an import alone, or wants no news.
    """
    to = item.author_id
    if to is None and not (item.nameless and item.author_hash):
        return False
    if to is not None and not members.met(session, [to]):
        return False
    preferred = (item.language,) if to is None else members.languages(session, to)
    where = f" ({ctx.community.name})" if _may_be_elsewhere(session, ctx, to) else ""
    reply = make(ctx.core.speech(ctx.community, *preferred), Strong(f"#{item.number}{where}"))
    shown = with_tokens(session, ctx.core.store.keys, reply, None, ctx.now, ctx.community.id)
    payload = ctx.core.codec.dump(shown, sealed=to is None)
    if gathered:
        return news.owe(session, ctx, key, payload, recipient_id=to, feedback_id=item.id)
    outbox.owe(session, key, payload, ctx.now, recipient_id=to, feedback_id=item.id)
    return True


def outcome(
    speech: Speech,
    item: Feedback,
    entry: History,
    *,
    own: bool,
    where: str = "",
    joined: Feedback | None = None,
    reads: bool = True,
    known: str = "",
    note: str | None = None,
) -> Reply:
    """The news of a changed status. Supporters of an item that they may not see get no words of it.

    Args:
        entry: the history entry of the change.
        own: whether it is for the author.
        where: the community's name, for recipients who may be in several communities; empty for others.
        joined: the joined item by which the change concerns the recipient; None if it is by this one.
        reads: whether the recipient may read what is for everyone in the community.
        known: the public text of a known issue, used where the item's words may not be shown.
        note: the reason in the recipient's language; None for that of the entry.
    """
    number, status = Strong(f"#{item.number}"), Strong(speech.state(Status(entry.after or item.status)))
    line = (
        speech.line("{number} of {community} is now {status}.", number=number, community=where, status=status)
        if where
        else speech.line("{number} is now {status}.", number=number, status=status)
    )
    shown = item.text and (own or (reads and is_public(item)))
    instead = (Paragraph(known),) if known and reads else ()
    words: tuple[Block, ...] = (Quote(title(item)),) if shown else instead
    theirs = speech.line("{number} is joined to it.", number=Strong(f"#{joined.number}")) if joined else ()
    reason = (
        tuple(Paragraph(told) for told in reasons.lines(speech, entry.note if note is None else note)) if words else ()
    )
    before = Status(entry.before) if entry.before else Status.RECEIVED
    changed = (Paragraph(speech.say("Before: {status}.", status=speech.word(before))),)
    shown_before = changed if before not in (Status.RECEIVED, entry.after) else ()
    through = (Paragraph(theirs),) if joined else ()
    answering = _objection(speech, item) if own else ()
    muting = news.mute_button(speech, item.number if joined is None else joined.number)
    return Reply((Paragraph(line), *shown_before, *words, *through, *reason, Buttons((*answering, muting))))


def _objection(speech: Speech, item: Feedback) -> tuple[Button, ...]:
    """The author's button to object to an outcome; empty while the item is open."""
    if item.status not in REOPENED or not item.text:
        return ()
    label = speech.say("It is not") if item.status in (Status.DONE, Status.RESOLVED) else speech.say("Answer")
    return (Button(label, "reply", {"number": str(item.number)}),)


def delivery_key(keys: Keys, entry: History, recipient_id: int | None, item_id: int = 0) -> str:
    """The outbox key of one recipient's news of one change: unique, and without the recipient's id in clear.

    Args:
        item_id: the joined item whose sealed address it goes to; 0 for other recipients.
    """
    whom = f"item {item_id}" if item_id else str(recipient_id)
    return f"{NEWS}{entry.id}:{keys.holder(f'news {entry.id}', whom)[:16]}"


def _queue(
    session: Session,
    ctx: AnyOccasion,
    item: Feedback,
    entry: History,
    speech: Speech,
    recipient_id: int | None,
    joined: Feedback | None = None,
) -> bool:
    """Queue the news for one person, or (None) for a sealed address; returns whether it will be sent."""
    own = joined is None and recipient_id in (None, item.author_id)
    # A person who has left the community is told the outcome of their item, but not shown another's words.
    reads = joined is None or recipient_id is None or bool(still_here(session, ctx, [recipient_id]))
    about = joined if joined is not None and recipient_id is None else item
    where = ctx.community.name if _may_be_elsewhere(session, ctx, recipient_id) else ""
    known = incidents.of_item(session, item.id)
    about_it = known.text if known else ""
    note = reason_told(session, ctx.core.languages.all(), ctx.zone, item, entry, speech)
    reply = outcome(speech, item, entry, own=own, where=where, joined=joined, reads=reads, known=about_it, note=note)
    shown = with_tokens(session, ctx.core.store.keys, reply, None, ctx.now, ctx.community.id)
    payload = ctx.core.codec.dump(shown, sealed=recipient_id is None)
    key = delivery_key(ctx.core.store.keys, entry, recipient_id, 0 if about is item else about.id)
    wait = timedelta(seconds=ctx.own.undo)
    told = news.owe(session, ctx, key, payload, recipient_id=recipient_id, feedback_id=about.id, wait=wait)
    if about is not item:
        traces.on_news(session, key, item.id)
    return told


def _may_be_elsewhere(session: Session, ctx: AnyOccasion, recipient_id: int | None) -> bool:
    """Whether a recipient may be in other communities, too; True for a nameless author, who is not known."""
    if len(communities.every(session)) == 1:
        return False
    if recipient_id is None:
        return True
    theirs = communities.of_member(session, ctx.core.store.keys, recipient_id, ctx.now)
    return any(one.id != ctx.community.id for one in theirs)
