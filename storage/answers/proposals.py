"""Stores the answers that members and sources propose until the team has decided on them."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from storage.models import Answer, Phrasing, Proposal


@dataclass(frozen=True, slots=True)
class NewProposal:
    """A proposed answer to be stored.

    Attributes:
        member_id: who is told what became of it; None for one from a source.
        mark: the keyed mark of whose words it is; empty when nobody's account is known.
        source: where it was found, in words for the team; empty when a member proposes it.
        question_id: the question that waits for it; None for none.
    """

    community_id: int
    member_id: int | None
    mark: str
    question: str
    text: str
    language: str
    proposed_at: datetime
    source: str = ""
    question_id: int | None = None


def add(session: Session, new: NewProposal) -> int:
    """Store a proposed answer; return its id."""
    kept = Proposal(**asdict(new))
    session.add(kept)
    session.flush()
    return kept.id


def propose(session: Session, new: NewProposal) -> int | None:
    """Store an answer that a source proposes; return its id, None when the same one waits, or is known, already."""
    same = select(Proposal.id).where(
        Proposal.community_id == new.community_id, Proposal.question == new.question, Proposal.text == new.text
    )
    known = (
        select(Phrasing.id)
        .join(Answer)
        .where(Answer.community_id == new.community_id, Phrasing.text == new.question, Answer.text == new.text)
    )
    if session.exec(same).first() is not None or session.exec(known).first() is not None:
        return None
    return add(session, new)


def get(session: Session, proposal_id: int) -> Proposal | None:
    """The proposed answer with this id; None when it was decided on, taken back or erased."""
    return session.get(Proposal, proposal_id)


def waiting(session: Session, community_id: int, most: int) -> list[Proposal]:
    """The proposed answers that wait in a community, the oldest first."""
    query = select(Proposal).where(Proposal.community_id == community_id)
    return list(session.exec(query.order_by(col(Proposal.proposed_at), col(Proposal.id)).limit(most)))


def total(session: Session, community_id: int) -> int:
    """How many proposed answers wait in a community."""
    query = select(func.count()).select_from(Proposal).where(Proposal.community_id == community_id)
    return session.exec(query).one()


def total_of(session: Session, member_id: int) -> int:
    """How many proposed answers of a member wait, in any community."""
    query = select(func.count()).select_from(Proposal).where(Proposal.member_id == member_id)
    return session.exec(query).one()


def take(session: Session, proposal_id: int) -> Proposal | None:
    """Delete and return a proposed answer; None when another did, so that of two at once only one decides."""
    found = session.get(Proposal, proposal_id, with_for_update=True, populate_existing=True)
    if found is None:
        return None
    session.expunge(found)
    gone = session.exec(delete(Proposal).where(col(Proposal.id) == proposal_id))
    return found if gone.rowcount else None
