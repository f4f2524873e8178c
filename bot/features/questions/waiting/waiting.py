"""Puts the questions that wait to the knowledge again, and tells those who asked what it answers now."""

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
"""The newest unanswered questions that are put to the knowledge again."""


@frozen
class Match:
    """A question that waits, and the answer that the knowledge has for it now.

    Attributes:
        asker: who asked, as a number or a keyed mark.
        sure: whether the answer would be given to whoever asked now; if not, it would only be offered.
    """

    question_id: int
    text: str
    asker: int | str | None
    asked_at: datetime
    answer_id: int
    score: float
    sure: bool


async def match(core: Core, community_id: int) -> list[Match]:
    """What the knowledge has now for the questions that wait, the newest first."""
    asked = await core.store.read(lambda session: questions.left_unanswered(session, community_id, MOST))
    if not asked:
        return []
    # Everything is to be encoded before: by words alone, less would be found.
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
        # They were told this answer, and it did not help.
        return None
    asker = asked.holder if asked.asker_id is None else asked.asker_id
    return Match(asked.id, asked.text, asker, asked.asked_at, best.answer_id, best.score, sure)


def tell(session: Session, core: Core, community: Community, matches: Sequence[Match], now: datetime) -> int:
    """Queue for everyone who asked the answer there is now, once for each answer, and close their questions.

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
    said = provenance.told(session, speech, answer, asked.language, now, ZoneInfo(community.timezone))
    reply = _news(speech, asked, said)
    if asked.asker_id is not None:
        reply = with_tokens(session, core.store.keys, reply, None, now, community.id)
    key = f"meanwhile:{asked.id}:{knowledge.version(session, community.id)}"
    to, sealed = asked.asker_id, None if asked.asker_id else asked.sealed
    holder = None if asked.asker_id else asked.holder
    payload = core.codec.dump(reply, sealed=to is None)
    outbox.owe(session, key, payload, now, recipient_id=to, sealed=sealed, holder=holder)


def _news(speech: Speech, asked: Question, said: Sequence[Block]) -> Reply:
    """The news of an answer. Buttons would say who presses them, so a nameless question has none."""
    blocks = (Paragraph(speech.say("There is an answer to this question of yours now:")), Quote(asked.text), *said)
    return Reply(blocks if asked.asker_id is None else (*blocks, presentation.verdicts(speech, asked)))


def by_answer(matches: Collection[Match]) -> Iterator[tuple[int, list[Match]]]:
    """Matches by their answer, the one most people may wait for first."""
    groups: dict[int, list[Match]] = {}
    for one in matches:
        groups.setdefault(one.answer_id, []).append(one)
    yield from sorted(groups.items(), key=lambda group: -people(group[1]))


def people(matches: Collection[Match]) -> int:
    """How many people asked these."""
    return len({one.asker for one in matches})
