"""Stores answers found by reading a source as proposals, which wait for a moderator as those of members do."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from bot.language.text.normalise import has_words, normalise, question_key
from storage.answers import proposals
from storage.answers.proposals import NewProposal
from storage.engine.keys import Keys
from storage.values import frozen


@frozen
class Candidate:
    """An answer that a source has for a question.

    Attributes:
        language: the answer's language.
        origin: where it was found, in words for the team, such as a file's name.
        weight: the strength of the evidence for it; the higher, the better.
    """

    question: str
    text: str
    language: str
    origin: str
    weight: int = 0

    def mark(self, keys: Keys) -> str:
        """The keyed mark of its words, the same whatever their case, accents and punctuation."""
        return keys.fingerprint(f"proposal\n{question_key(self.question)}\n{normalise(self.text)}")


def unknown(session: Session, keys: Keys, community_id: int, found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that were never proposed in a community and are not among its answers."""
    new = {one.mark(keys): one for one in found if has_words(one.question) and one.text.strip()}
    before = proposals.proposed(session, community_id, list(new))
    answered = proposals.answered(session, community_id, [one.question for one in new.values()])
    return [one for mark, one in new.items() if mark not in before and (one.question, one.text) not in answered]


def propose(session: Session, keys: Keys, community_id: int, found: Sequence[Candidate], now: datetime) -> list[int]:
    """Store the unknown ones for a moderator to keep, edit or decline in `/unanswered`; return their ids."""
    new = unknown(session, keys, community_id, found)
    ids = (proposals.propose(session, _made(one, community_id, now), one.mark(keys)) for one in new)
    return [one for one in ids if one is not None]


def _made(found: Candidate, community_id: int, now: datetime) -> NewProposal:
    return NewProposal(
        community_id=community_id,
        member_id=None,
        mark="",
        question=found.question,
        text=found.text,
        language=found.language,
        proposed_at=now,
        origin=found.origin,
        weight=found.weight,
    )
