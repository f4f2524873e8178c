"""Queues a message for everyone who asked a question, once each, in their language."""

from collections.abc import Callable, Sequence
from dataclasses import field

from sqlmodel import Session

from bot.commands.buttons import with_tokens
from bot.context import Context
from bot.locales.speech import Speech
from bot.ports.reply import Reply
from bot.privacy.traces import words_mark
from storage.models import Question
from storage.people import members
from storage.traffic import outbox, traces
from storage.values import frozen

Writer = Callable[[Speech, Question], Reply]
"""Makes the message about a question, in a language."""
People = frozenset[int | str | None]
"""The askers of some questions: member ids, and keyed marks of those who asked without a name."""


@frozen
class News:
    """A message to askers.

    Attributes:
        key: the prefix of its keys in the outbox.
        write: makes the message.
        told: those who know it already, and are left out.
    """

    key: str
    write: Writer
    told: People = field(default_factory=frozenset)


def askers(asked: Sequence[Question]) -> People:
    """The askers of these questions."""
    return frozenset(one.asker_id if one.holder is None else one.holder for one in asked)


def tell(session: Session, ctx: Context, same: Sequence[Question], news: News) -> int:
    """Queue a message for each person who asked, once.

    Returns:
        How many people will be told.
    """
    own = {one.asker_id: one for one in same if one.asker_id is not None and one.asker_id not in news.told}
    spoken = members.languages_of(session, list(own))
    owed = {}
    for member_id, asked in own.items():
        speech = ctx.core.speech(ctx.community, *spoken.get(member_id, ()))
        reply = news.write(speech, asked)
        shown = with_tokens(session, ctx.core.store.keys, reply, None, ctx.now, ctx.community.id)
        owed[_delivery_key(ctx, news, asked), member_id] = ctx.core.codec.dump(shown)
    outbox.owe_each(session, owed, ctx.now)
    told = len(own) + _tell_nameless(session, ctx, same, news)
    keys = [_delivery_key(ctx, news, one) for one in same]
    traces.on_messages(session, keys, words_mark(ctx.core.store.keys, ctx.inbound.actor))
    return told


def _tell_nameless(session: Session, ctx: Context, same: Sequence[Question], news: News) -> int:
    """Queue the message for each person who asked without a name, once; return how many."""
    own = {one.holder: one for one in same if one.holder is not None and one.holder not in news.told}
    for holder, asked in own.items():
        speech = ctx.core.speech(ctx.community, asked.language)
        payload = ctx.core.codec.dump(news.write(speech, asked), sealed=True)
        outbox.owe(session, _delivery_key(ctx, news, asked), payload, ctx.now, sealed=asked.sealed, holder=holder)
    return len(own)


def _delivery_key(ctx: Context, news: News, asked: Question) -> str:
    """The outbox key of a message; it has the event, as a question can be answered again if an answer did not help."""
    return f"{news.key}:{asked.id}:{ctx.source[:16]}"
