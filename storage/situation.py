"""What is known around a message, in one question: it is asked with every one."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, func, literal
from sqlalchemy import select as sa_select
from sqlmodel import Session, col

from storage import communities, outbox, prompts
from storage.models import Community, Identity, Member, Prompt


@dataclass(frozen=True, slots=True)
class Around:
    """What is there.

    Attributes:
        community: the place's.
        member: the person behind the account.
        prompt: the question left open for them there.
        missed: the newest news the person could not be sent, if any.
        joins: the id of the place's community, where the person is not known to be in it yet and that matters.
        locale: the language of the person's account, as the platform told it last.
    """

    community: Community | None
    member: Member | None
    prompt: Prompt | None
    missed: int | None = None
    joins: int | None = None
    locale: str | None = None


def around(
    session: Session,
    platform: str,
    *,
    place: str,
    within: str,
    account: str,
    holder: str,
    chat: str,
    now: datetime,
) -> Around:
    """Look around a message.

    Args:
        place: the chat's id.
        within: the id of the chat it is a topic of, or nothing.
        account: the person's id.
        holder: the keyed mark of whose a prompt is.
        chat: the keyed mark of where it was asked.
    """
    asked = {
        "platform": platform,
        "external_id": place,
        "within": within,
        "account": account,
        "holder": holder,
        "chat": chat,
        "fresh": now - prompts.FRESH,
        "since": now - outbox.KEPT,
    }
    return Around(*session.execute(_around(), asked).one())


@cache
def _around() -> Select[Community, Member, Prompt, int | None, int | None, str | None]:
    one = sa_select(literal(1).label("one")).subquery()
    newest = sa_select(func.max(Prompt.id)).where(*prompts.open_here(), col(Prompt.created_at) >= bindparam("fresh"))
    theirs = (col(Identity.platform) == bindparam("platform")) & (col(Identity.external_id) == bindparam("account"))
    missed = outbox.last_missed(col(Identity.member_id), bindparam("since"))
    return (
        sa_select(Community, Member, Prompt, missed, communities.id_to_join(), col(Identity.locale))
        .select_from(one)
        .outerjoin(Community, col(Community.id) == communities.id_of_place())
        .outerjoin(Identity, theirs)
        .outerjoin(Member, col(Member.id) == col(Identity.member_id))
        .outerjoin(Prompt, col(Prompt.id) == newest.scalar_subquery())
    )
