"""Answers found by reading a source: each waits for a moderator, as those that members propose do."""

from datetime import datetime

from sqlmodel import Session

from bot.language.text.normalise import has_words
from storage.answers import proposals
from storage.answers.proposals import NewProposal
from storage.models import Community


def propose(
    session: Session, community: Community, question: str, answer: str, source: str, *, language: str, now: datetime
) -> int | None:
    """Store an answer for a moderator to keep, edit or decline: `/unanswered` shows it.

    Args:
        source: where it was found, in words for the team, such as a file's name.
        language: the answer's language.

    Returns:
        Its id; None when the same answer waits or is known already, or the question or the answer has no words.
    """
    asked, said = question.strip(), answer.strip()
    if not (has_words(asked) and said):
        return None
    new = NewProposal(
        community_id=community.id,
        member_id=None,
        mark="",
        question=asked,
        text=said,
        language=language,
        proposed_at=now,
        source=source,
    )
    return proposals.propose(session, new)
