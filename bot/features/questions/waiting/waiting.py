"""Searches the knowledge for the waiting questions again, and tells the askers the answers found."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.commands.buttons import with_tokens
from bot.core import Core
from bot.features.questions import presentation, provenance
from bot.knowledge.policy import SearchResult
from bot.locales.speech import Speech
from bot.ports.reply import Block, Paragraph, Quote, Reply
from storage.answers import knowledge, questions
from storage.models import Answer, Community, Question
from storage.people import members
from storage.traffic import outbox
from storage.values import frozen
from storage.vocabulary import Decision

MOST = 500
"""The largest number of unanswered questions, the newest, that are searched for again."""


@frozen
class Match:
    """A waiting question, and the answer that the knowledge has for it now.

    Attributes:
        asker: who asked, as a member id or a keyed mark.
        sure: whether the answer would be given if it were asked now; otherwise it would only be offered.
    """

    question_id: int
    text: str
    asker: int | str | None
    asked_at: datetime
    answer_id: int
    score: float
    sure: bool


async def match(core: Core, community_id: int) -> list[Match]:
    """The matches of the waiting questions, the newest first."""
    asked = await core.store.read(lambda session: questions.left_unanswered(session, community_id, MOST))
    if not asked:
        return []
    # All answers are encoded first, as less is found by words alone.
    await core.library.index(community_id)
    found: dict[str, SearchResult] = {}
    for one in asked:
        if one.plain not in found:
            found[one.plain] = await core.library.find(community_id, one.text)
    return [made for one in asked if (made := _match(one, found[one.plain])) is not None]


def _match(asked: Question, result: SearchResult) -> Match | None:
    if result.decision is Decision.SILENT:
        return None
    best, sure = result.candidates[0], result.decision is Decision.ANSWER
    if asked.useful is False and asked.answer_id == best.answer_id:
        # They were given this answer before, and it did not help.
        return None
    asker = asked.holder if asked.asker_id is None else asked.asker_id
    return Match(asked.id, asked.text, asker, asked.asked_at, best.answer_id, best.score, sure)


def tell(session: Session, core: Core, community: Community, matches: Sequence[Match], now: datetime) -> int:
    """Queue the answers for the askers, each answer once a person, and close the questions.

    Returns:
        How many people will be told.
    """
    held = [(one, asked) for one in matches if (asked := questions.hold_open(session, one.question_id))]
    spoken = members.languages_of(session, [asked.asker_id for _, asked in held if asked.asker_id is not None])
    told: set[tuple[int | str | None, int]] = set()
    for one, asked in held:
        known = knowledge.get(session, one.answer_id)
        if known is None or asked.text != one.text:
            continue
        asked.decision, asked.answer_id, asked.score, asked.useful = Decision.ANSWER, one.answer_id, one.score, None
        if (one.asker, one.answer_id) not in told:
            told.add((one.asker, one.answer_id))
            _queue(session, core, community, asked, known[0], spoken, now)
    session.flush()
    return len({asker for asker, _ in told})


def _queue(
    session: Session,
    core: Core,
    community: Community,
    asked: Question,
    answer: Answer,
    spoken: Mapping[int, tuple[str | None, str | None]],
    now: datetime,
) -> None:
    own = (asked.language,) if asked.asker_id is None else spoken.get(asked.asker_id, ())
    speech = core.speech(community, *own)
    said = provenance.answer_blocks(session, speech, answer, asked.language, now, ZoneInfo(community.timezone))
    reply = _news(speech, asked, said)
    if asked.asker_id is not None:
        reply = with_tokens(session, core.store.keys, reply, None, now, community.id)
    key = f"meanwhile:{asked.id}:{knowledge.version(session, community.id)}"
    to, sealed = asked.asker_id, None if asked.asker_id else asked.sealed
    holder = None if asked.asker_id else asked.holder
    payload = core.codec.dump(reply, sealed=to is None)
    outbox.owe(session, key, payload, now, recipient_id=to, sealed=sealed, holder=holder)


def _news(speech: Speech, asked: Question, said: Sequence[Block]) -> Reply:
    """The news of an answer; a nameless question has no buttons, as pressing one would reveal who asked."""
    blocks = (Paragraph(speech.say("There is an answer to this question of yours now:")), Quote(asked.text), *said)
    return Reply(blocks if asked.asker_id is None else (*blocks, presentation.verdicts(speech, asked)))


def by_answer(matches: Collection[Match]) -> Iterator[tuple[int, list[Match]]]:
    """The matches grouped by answer, those of most people first."""
    groups: dict[int, list[Match]] = {}
    for one in matches:
        groups.setdefault(one.answer_id, []).append(one)
    yield from sorted(groups.items(), key=lambda group: -people(group[1]))


def people(matches: Collection[Match]) -> int:
    """The number of distinct people who asked."""
    return len({one.asker for one in matches})
