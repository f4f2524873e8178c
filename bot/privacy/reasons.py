"""Removes what an erased person wrote as a moderator from undelivered messages: reasons, answers, responses."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from sqlmodel import Session

from bot.core import Core
from bot.locales.reasons import HERE, parts
from bot.locales.speech import Speech
from bot.ports.reply import Block, Link, Paragraph, Quote, Reply, flat
from bot.privacy.redaction import bare
from storage.models import Outbox
from storage.people import members
from storage.privacy import reasons
from storage.traffic import outbox, traces

ANSWERED = "answered:"
"""Prefix of the delivery keys of answers to questions."""


def redact_reasons(session: Session, core: Core, member_id: int) -> None:
    """Remove the reasons a person gave from undelivered news and from blocks; withdraw answers that show the items."""
    given: dict[int, set[str]] = {}
    for one in reasons.of_actor(session, member_id):
        given.setdefault(one.feedback_id, set()).add(one.text)
        reasons.erase_from_blocks(session, one)
    traces.withdraw(session, items=given)
    for news in outbox.worded(session, feedback_ids=given):
        written = core.codec.load(news.payload or {})
        news.payload = core.codec.rewrite(news.payload, without(written, given.get(news.feedback_id or 0, ())))
        session.add(news)
    session.flush()


def redact_answers(session: Session, core: Core, marks: Collection[str]) -> None:
    """Replace a person's undelivered answers to questions by a sentence that says that they were erased.

    Args:
        marks: the keyed marks of the person's words.
    """
    rewritten = traces.messages_of(session, marks, ANSWERED)
    for news in rewritten:
        answer = _erased(core.codec.load(news.payload or {}), _speech(session, core, news))
        news.payload = core.codec.rewrite(news.payload, answer)
        session.add(news)
    session.flush()
    traces.erase(session, [news.id for news in rewritten])


def without(reply: Reply, given: Iterable[str]) -> Reply:
    """A reply without these reasons: alone in a block, or at the end of a line after a colon."""
    blocks = list(reply.blocks)
    for reason in sorted({part for note in given for part in _parts(note)}, key=len, reverse=True):
        blocks = [_cut(block, reason) for block in blocks if not _is(block, reason)]
    return replace(reply, blocks=tuple(blocks))


def _parts(note: str) -> tuple[str, ...]:
    """A reason, and its words and link as they stand in blocks of their own."""
    words, link = parts(note)
    return tuple(part for part in (note, words, words.replace(HERE, link) if link else "", link) if part)


def _is(block: Block, reason: str) -> bool:
    if not isinstance(block, Paragraph | Quote):
        return False
    linked = () if isinstance(block.text, str) else block.text
    return flat(block.text) == reason or any(isinstance(part, Link) and part.url == reason for part in linked)


def _cut(block: Block, reason: str) -> Block:
    if not isinstance(block, Paragraph) or not flat(block.text).removesuffix(reason).rstrip().endswith(":"):
        return block
    parts, end = [block.text] if isinstance(block.text, str) else list(block.text), ""
    while parts and isinstance(parts[-1], str):
        end = f"{parts.pop()}{end}"
    kept = end.removesuffix(reason).rstrip(" \u00a0\u202f:") + "."
    return Paragraph((*parts, kept) if parts else kept)


def _erased(news: Reply, speech: Speech) -> Reply:
    """The message up to the question it answers, and a sentence instead of the answer."""
    asked = [block for block in news.blocks if isinstance(block, Quote)][:1]
    gone = speech.say("Its answer was erased at the wish of who wrote it. Ask again if it is still open.")
    return replace(bare(news), blocks=(*bare(news).blocks, *asked, Paragraph(gone)))


def _speech(session: Session, core: Core, news: Outbox) -> Speech:
    known = members.languages(session, news.recipient_id) if news.recipient_id else ()
    return core.languages.speech(*known, core.settings.language)
