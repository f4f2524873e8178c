"""Finds up to when the sample was replayed, from the sample people's own rows in the store.

It is not stored separately: a row in the inbox, as for a platform's events, would be deleted after a month.
"""

from datetime import datetime

from sqlmodel import Session, col, func, select

from storage.models import Feedback, Follow, History, Identity, Question, Support

PLATFORM = "sample"
"""The sample people's platform: no adapter has that name, so nothing is ever sent to them."""


def source(name: str) -> str:
    """The source mark of an item of the sample, by which it is found."""
    return f"{PLATFORM}:{name}"


def latest(session: Session) -> datetime | None:
    """The time of the sample people's last deed in the store; None when there is none."""
    people = select(Identity.member_id).where(Identity.platform == PLATFORM)
    traces = (
        # By source, not by author: nameless feedback has no author id.
        select(func.max(Feedback.created_at)).where(col(Feedback.source).startswith(source(""))),
        *(
            select(func.max(at)).where(col(person).in_(people))
            for at, person in (
                (History.at, History.actor_id),
                (Support.at, Support.member_id),
                (Follow.at, Follow.member_id),
                (Question.asked_at, Question.asker_id),
            )
        ),
    )
    return max((found for trace in traces if (found := session.exec(trace).one())), default=None)
