"""What is known around a message, in one question: it is asked with every one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Select, bindparam, func, literal
from sqlalchemy import select as sa_select
from sqlmodel import Session, col

from storage import communities, outbox, prompts
from storage.engine.prepared import prepared
from storage.engine.unique import table_of
from storage.models import Community, Identity, Member, Prompt


class CommunityRow(NamedTuple):
    """What every message needs of its community: plain values, which take a tenth of an object's time to read."""

    id: int
    key: str
    name: str
    language: str
    timezone: str
    closed: bool
    created_at: datetime


class MemberRow(NamedTuple):
    """What every message needs of the person behind it."""

    id: int
    language: str | None
    community_id: int | None


class PromptRow(NamedTuple):
    """A question left open."""

    id: int
    command: str
    args: dict[str, str]
    asks: str
    community_id: int | None


AnyCommunity = Community | CommunityRow
AnyMember = Member | MemberRow
AnyPrompt = Prompt | PromptRow
Row = TypeVar("Row", CommunityRow, MemberRow, PromptRow)


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

    community: CommunityRow | None
    member: MemberRow | None
    prompt: PromptRow | None
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
    ((*values,),) = _around.rows(session, asked)
    row = iter(values)
    return Around(_read(CommunityRow, row), _read(MemberRow, row), _read(PromptRow, row), *row)


def _read(kind: type[Row], row: Iterator[Any]) -> Row | None:
    """The next values of a row as one of these; None where its table had no row."""
    values = [next(row) for _ in kind._fields]
    return kind._make(values) if values[0] is not None else None


@prepared()
def _around(_: str) -> Select[Any]:
    one = sa_select(literal(1).label("one")).subquery()
    newest = sa_select(func.max(Prompt.id)).where(*prompts.open_here(), col(Prompt.created_at) >= bindparam("fresh"))
    theirs = (col(Identity.platform) == bindparam("platform")) & (col(Identity.external_id) == bindparam("account"))
    missed = outbox.last_missed(col(Identity.member_id), bindparam("since"))
    kinds = ((Community, CommunityRow), (Member, MemberRow), (Prompt, PromptRow))
    columns = [table_of(model).c[name] for model, kind in kinds for name in kind._fields]
    return (
        sa_select(*columns, missed, communities.id_to_join(), col(Identity.locale))
        .select_from(one)
        .outerjoin(Community, col(Community.id) == communities.id_of_place())
        .outerjoin(Identity, theirs)
        .outerjoin(Member, col(Member.id) == col(Identity.member_id))
        .outerjoin(Prompt, col(Prompt.id) == newest.scalar_subquery())
    )
