"""Stores the answers that members and sources propose until the team has decided on them."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Select, bindparam, func
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, delete, select

from storage.engine.listing import at_most
from storage.engine.loading import by_id, loaded
from storage.engine.unique import insert
from storage.models import Answer, Phrasing, Proposal, ProposalMark
from storage.values import frozen

PAGE = 300
"""Values in one statement."""


@frozen
class NewProposal:
    """A proposed answer to be stored.

    Attributes:
        member_id: who is told what became of it; None for one from a source.
        mark: the keyed mark of whose words it is; empty when nobody's account is known.
        origin: where it was found, in words for the team; empty when a member proposes it.
        weight: how much speaks for one of a source.
        question_id: the question that waits for it; None for none.
    """

    community_id: int
    member_id: int | None
    mark: str
    question: str
    text: str
    language: str
    proposed_at: datetime
    origin: str = ""
    weight: int = 0
    question_id: int | None = None


def add(session: Session, new: NewProposal) -> int:
    """Store a proposed answer; return its id."""
    kept = Proposal(**asdict(new))
    session.add(kept)
    session.flush()
    return kept.id


def propose(session: Session, new: NewProposal, mark: str) -> int | None:
    """Store an answer that a source proposes; return its id, None when the same was proposed before.

    Args:
        mark: the keyed mark of its words; it stays once the answer is gone.
    """
    query = insert(session, ProposalMark).values(community_id=new.community_id, mark=mark)
    query = query.on_conflict_do_nothing(index_elements=["community_id", "mark"])
    fresh = session.execute(query.returning(col(ProposalMark.mark))).all()
    return add(session, new) if fresh else None


def proposed(session: Session, community_id: int, marks: Sequence[str]) -> set[str]:
    """Those of these marks whose answers a source proposed before, also of what was decided on."""
    found: set[str] = set()
    for start in range(0, len(marks), PAGE):
        query = select(ProposalMark.mark).where(
            ProposalMark.community_id == community_id, col(ProposalMark.mark).in_(marks[start : start + PAGE])
        )
        found.update(session.exec(query))
    return found


def answered(session: Session, community_id: int, asked: Sequence[str]) -> set[tuple[str, str]]:
    """Those of these questions that are wordings of an answer, each with the answer's text."""
    found: set[tuple[str, str]] = set()
    for start in range(0, len(asked), PAGE):
        query = select(Phrasing.text, Answer.text).join(Answer)
        query = query.where(Answer.community_id == community_id, col(Phrasing.text).in_(asked[start : start + PAGE]))
        found.update(session.exec(query))
    return found


def get(session: Session, proposal_id: int) -> Proposal | None:
    """The proposed answer with this id; None when it was decided on, taken back or erased."""
    return by_id(session, Proposal, proposal_id)


def waiting(session: Session, community_id: int, most: int) -> list[Proposal]:
    """The proposed answers that wait in a community: members', the oldest first, then those of sources, by weight."""
    return _waiting.all(session, {"community_id": community_id, "most": most})


@loaded(Proposal)
def _waiting(_: str) -> Select[Proposal]:
    order = (col(Proposal.member_id).is_(None), col(Proposal.weight).desc(), col(Proposal.proposed_at))
    query = sa_select(Proposal).where(col(Proposal.community_id) == bindparam("community_id"))
    return query.order_by(*order, col(Proposal.id)).limit(at_most("most"))


def total(session: Session, community_id: int) -> int:
    """How many proposed answers wait in a community."""
    query = select(func.count()).select_from(Proposal).where(Proposal.community_id == community_id)
    return session.exec(query).one()


def total_of(session: Session, member_id: int) -> int:
    """How many proposed answers of a member wait, in any community."""
    query = select(func.count()).select_from(Proposal).where(Proposal.member_id == member_id)
    return session.exec(query).one()


def any_for(session: Session, question_ids: Collection[int]) -> bool:
    """Whether an answer waits that is proposed to one of these questions."""
    query = select(Proposal.id).where(col(Proposal.question_id).in_(question_ids))
    return session.exec(query.limit(1)).first() is not None


def take(session: Session, proposal_id: int) -> Proposal | None:
    """Delete and return a proposed answer; None when another did, so that of two at once only one decides."""
    found = session.get(Proposal, proposal_id, with_for_update=True, populate_existing=True)
    if found is None:
        return None
    session.expunge(found)
    gone = session.exec(delete(Proposal).where(col(Proposal.id) == proposal_id))
    return found if gone.rowcount else None
