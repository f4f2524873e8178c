"""Shows that items are joined to others, and queues the news of it for the people concerned."""

from collections.abc import Callable, Collection, Sequence
from functools import partial

from sqlmodel import Session

from bot.commands.buttons import with_tokens
from bot.context import Context
from bot.feedback import items
from bot.feedback.audience.visibility import is_public, may_see
from bot.feedback.telling import news
from bot.feedback.telling.notices import still_here, tell_author
from bot.locales.speech import Speech
from bot.ports.reply import Block, Button, Buttons, Fields, Line, Paragraph, Quote, Reply, Strong
from storage.engine.loading import one_by_id
from storage.items.support import groups, mutes, supports
from storage.models import Feedback, History
from storage.people import members
from storage.traffic import outbox, traces
from storage.traffic.news import FOLLOWED, JOINED, SEPARATED
from storage.vocabulary import Status

News = Callable[[Speech, Feedback], Reply]
"""Makes a message on an item, in a language."""


def status_line(session: Session, speech: Speech, item: Feedback) -> str:
    """An item's status in words; for a joined one, the number it is joined to."""
    if item.status is not Status.JOINED:
        return items.status_word(speech, item)
    return speech.say("joined to #{number}", number=groups.target(session, item).number)


def target_shown(session: Session, ctx: Context, item: Feedback) -> tuple[Block, ...]:
    """The words and status of the item this one is joined to, if the person may see it; empty if it is not joined."""
    to = groups.target(session, item)
    if to is item or not (may_see(ctx, to) or items.wrote(ctx, to, ctx.member)):
        return ()
    word = items.state(ctx.speech, to)
    said = ctx.speech.say("#{number}, which says the same, is {status}:", number=to.number, status=word)
    look = Button(f"#{to.number}", "status", {"number": str(to.number)})
    return Paragraph(said), items.words(ctx.speech, to), Buttons((look,))


def joined_shown(session: Session, ctx: Context, item: Feedback) -> tuple[tuple[str, Line], ...]:
    """A field, as name and value, that lists the items joined to this one that the person may see; empty for none."""
    seen = [one for one in groups.joined(session, item) if may_see(ctx, one) or items.wrote(ctx, one, ctx.member)]
    numbers = ", ".join(f"#{one.number}" for one in seen)
    return ((ctx.speech.say("Joined to it"), numbers),) if numbers else ()


def fields(session: Session, ctx: Context, item: Feedback) -> tuple[Block, ...]:
    """The field of `joined_shown` as a block; empty for none."""
    found = joined_shown(session, ctx, item)
    return (Fields(found),) if found else ()


def own_joined(session: Session, ctx: Context, item: Feedback) -> Feedback | None:
    """The joined item that this person wrote, by which they count as a supporter; None when there is none."""
    found = (one for one in groups.joined(session, item) if one.status is not Status.WITHDRAWN)
    return next((one for one in found if items.wrote(ctx, one, ctx.member)), None)


def separate_button(speech: Speech, item: Feedback) -> Button:
    """The button by which a moderator separates an item from what it is joined to."""
    return Button(speech.say("Separate #{number}", number=item.number), "separate", {"number": str(item.number)})


def objection_button(speech: Speech, item: Feedback) -> Button:
    """The button by which an author says that their item is not the same as what it was joined to."""
    return Button(speech.say("Not the same"), "objection", {"number": str(item.number)})


def tell_joined(session: Session, ctx: Context, to: Feedback, entries: Sequence[History]) -> int:
    """Queue for the authors of items the news that these were joined to another; returns how many are told."""
    return sum(_tell_joined(session, ctx, to, entry) for entry in entries)


def tell_decided(
    session: Session, ctx: Context, to: Feedback, entries: Sequence[History], informed: Collection[int]
) -> int:
    """Queue for supporters and followers of items the news that these were joined to a decided one.

    If that one is not decided yet, nothing is queued: they are told of its decision.

    Args:
        to: the item they were joined to.
        entries: the history entries of the joins.
        informed: the member ids of those who were told of the decision when it was made.

    Returns:
        How many people are told.
    """
    told = set(informed)
    for entry in entries if to.status is not Status.RECEIVED else ():
        told |= _tell_decided(session, ctx, to, entry, told)
    return len(told) - len(set(informed))


def tell_separated(session: Session, ctx: Context, entries: Sequence[History]) -> int:
    """Queue the news of separations for those whom the news of joining reached; returns how many authors are told."""
    return sum(_tell_separated(session, ctx, entry) for entry in entries)


def _tell_joined(session: Session, ctx: Context, to: Feedback, entry: History) -> bool:
    item = one_by_id(session, Feedback, entry.feedback_id)
    outbox.supersede(session, item.id, JOINED)
    if item.status is Status.WITHDRAWN:
        return False
    key = f"{JOINED}{entry.id}"
    told = tell_author(session, ctx, item, key, lambda speech, which: _joined(speech, which, item, to), gathered=True)
    traces.on_news(session, key, to.id)
    return told


def _joined(speech: Speech, which: Strong, item: Feedback, to: Feedback) -> Reply:
    number = Strong(f"#{to.number}")
    line = speech.line("{own} was joined to {number}, which says the same.", own=which, number=number)
    words = (Quote(items.title(to), f"#{to.number}"),) if is_public(to) else ()
    decided = to.status is not Status.RECEIVED
    stands = (Paragraph(speech.line("{number} is {status}.", number=number, status=speech.state(to.status))),)
    onward = (Paragraph(speech.say("What becomes of it will come here.")),) if items.is_open(to) else ()
    buttons = Buttons((objection_button(speech, item),))
    return Reply((Paragraph(line), *words, *(stands if decided else ()), *onward, buttons))


def _tell_decided(session: Session, ctx: Context, to: Feedback, entry: History, told: Collection[int]) -> set[int]:
    item = one_by_id(session, Feedback, entry.feedback_id)
    outbox.supersede(session, item.id, FOLLOWED)
    if item.status is Status.WITHDRAWN:
        return set()
    left_out = {*told, *mutes.muting(session, item)}
    people = [one for one in still_here(session, ctx, supports.others(session, item)) if one not in left_out]
    make, key = partial(_decided, to=to), f"{FOLLOWED}{entry.id}"
    # People who want no news are not counted.
    return {one for one in people if _owe(session, ctx, item, key, one, make, to)}


def _owe(
    session: Session,
    ctx: Context,
    item: Feedback,
    key: str,
    member_id: int,
    make: News,
    quoting: Feedback | None = None,
) -> bool:
    """Queue news of an item for somebody who supports or follows it; returns whether it will be sent.

    Args:
        quoting: the other item whose words it quotes.
    """
    speech = ctx.core.speech(ctx.community, *members.languages(session, member_id))
    shown = with_tokens(session, ctx.core.store.keys, make(speech, item), None, ctx.now, ctx.community.id)
    whom = ctx.core.store.keys.holder(key, str(member_id))[:16]
    payload = ctx.core.codec.dump(shown)
    sent = news.owe(session, ctx, f"{key}:{whom}", payload, recipient_id=member_id, feedback_id=item.id)
    if quoting is not None:
        traces.on_news(session, f"{key}:{whom}", quoting.id)
    return sent


def _decided(speech: Speech, item: Feedback, to: Feedback) -> Reply:
    own, number = Strong(f"#{item.number}"), Strong(f"#{to.number}")
    line = speech.line(
        "{own}, which you support or follow, was joined to {number}, which says the same.", own=own, number=number
    )
    words = (Quote(items.title(to), f"#{to.number}"),) if is_public(to) else ()
    stands = Paragraph(speech.line("{number} is {status}.", number=number, status=speech.state(to.status)))
    opens = Button(speech.say("See where it stands"), "status", {"number": str(to.number)})
    return Reply((Paragraph(line), *words, stands, Buttons((opens, news.mute_button(speech, item.number)))))


def _tell_separated(session: Session, ctx: Context, entry: History) -> bool:
    item = one_by_id(session, Feedback, entry.feedback_id)
    outbox.supersede(session, item.id, FOLLOWED)
    for one in outbox.reached(session, item.id, FOLLOWED):
        _owe(session, ctx, item, f"{SEPARATED}{entry.id}", one, _stands_alone)
    if outbox.supersede(session, item.id, JOINED) or item.status is Status.WITHDRAWN:
        return False
    return tell_author(session, ctx, item, f"{SEPARATED}{entry.id}", _separated, gathered=True)


def _stands_alone(speech: Speech, item: Feedback) -> Reply:
    return _separated(speech, Strong(f"#{item.number}"))


def _separated(speech: Speech, which: Strong) -> Reply:
    return Reply((Paragraph(speech.line("{number} stands on its own again.", number=which)),))
