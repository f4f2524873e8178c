"""What the sample people left in the store: how far the story was told can be read from it at any time.

Nothing is noted beside it: a note in the inbox, as for a platform's events, would be swept after a month.
"""

from datetime import datetime

from sqlmodel import Session, col, func, select

from storage.models import Feedback, Follow, History, Identity, Question, Support

PLATFORM = "sample"
"""Where the sample people are: no adapter has that name, so nothing is ever sent to them."""


def source(name: str) -> str:
    """What feedback of the story is found by."""
    return f"{PLATFORM}:{name}"


def latest(session: Session) -> datetime | None:
    """When the sample people last did something; None when they did nothing yet."""
    people = select(Identity.member_id).where(Identity.platform == PLATFORM)
    traces = (
        # Not by its author: feedback without a name has none.
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
