"""Reads what is stored about an incoming message's place and person, in few queries, as they run for every message."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Select, bindparam, func, literal
from sqlalchemy import select as sa_select
from sqlmodel import Session, col

from storage.engine.prepared import prepared
from storage.engine.unique import table_of
from storage.models import Community, Identity, Member, Membership, Prompt
from storage.people import communities
from storage.traffic import outbox, prompts
from storage.values import frozen


class CommunityRow(NamedTuple):
    """The columns of a community that every message needs, as a tuple: ten times faster to read than a model object."""

    id: int
    key: str
    name: str
    language: str
    timezone: str
    closed: bool
    created_at: datetime


class Part(NamedTuple):
    """A community, and whether a person is a member of it.

    Attributes:
        invited: whether they were only invited and not seen in one of its places; None when they are not a member.
    """

    community: CommunityRow
    invited: bool | None


class MemberRow(NamedTuple):
    """The columns of a member that every message needs."""

    id: int
    language: str | None
    community_id: int | None
    former: str = ""


class PromptRow(NamedTuple):
    """The columns of an open prompt that every message needs."""

    id: int
    command: str
    args: dict[str, str]
    asks: str
    community_id: int | None


_MEMBER = len(CommunityRow._fields)
_PROMPT = _MEMBER + len(MemberRow._fields)
_OTHER = _PROMPT + len(PromptRow._fields)
"""The positions in a row of `_around` at which the columns of the member, of the prompt and the others begin."""
AnyCommunity = Community | CommunityRow
AnyMember = Member | MemberRow
AnyPrompt = Prompt | PromptRow
Row = TypeVar("Row", CommunityRow, MemberRow, PromptRow)


@frozen
class Around:
    """What is stored about a message's place and person; each attribute is None where there is nothing.

    Attributes:
        community: the community of the place.
        member: the person with the account.
        prompt: the newest open prompt for them in the chat.
        missed: the id of the newest message that could not be delivered to the person.
        joins: the id of the place's community if the person was not seen in one of its places before.
        set_up: the id of the community that the place, or the one it is within, was set up for.
        locale: the stored language of the account.
    """

    community: CommunityRow | None
    member: MemberRow | None
    prompt: PromptRow | None
    missed: int | None = None
    joins: int | None = None
    set_up: int | None = None
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
    """Read what is stored about a message's place and person.

    Args:
        place: the platform's id of the chat.
        within: the platform's id of the chat that contains it, such as a topic's group; empty for none.
        account: the platform's id of the person.
        holder: the keyed mark of the person, by which prompts are found.
        chat: the keyed mark of the chat, likewise.
        now: the present, to compute the age of prompts and missed messages.
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
    (row,) = _around.rows(session, asked)
    return Around(
        _read(CommunityRow, row[:_MEMBER]),
        _read(MemberRow, row[_MEMBER:_PROMPT]),
        _read(PromptRow, row[_PROMPT:_OTHER]),
        *row[_OTHER:],
    )


def parts(session: Session, member_id: int | None) -> list[Part]:
    """All communities by id, each with the person's membership.

    Args:
        member_id: the person; None for somebody not stored, who is a member of none.
    """
    rows = _parts.rows(session, {"member_id": member_id})
    return [Part(CommunityRow._make(own), invited) for *own, invited in rows]


def _read(kind: type[Row], values: Sequence[Any]) -> Row | None:
    """The row of one table; None when the outer join found none."""
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
        sa_select(*columns, missed, communities.id_to_join(), communities.id_set_up(), col(Identity.locale))
        .select_from(one)
        .outerjoin(Community, col(Community.id) == communities.id_of_place())
        .outerjoin(Identity, theirs)
        .outerjoin(Member, col(Member.id) == col(Identity.member_id))
        .outerjoin(Prompt, col(Prompt.id) == newest.scalar_subquery())
    )


@prepared()
def _parts(_: str) -> Select[Any]:
    own, taken = table_of(Community), table_of(Membership)
    theirs = (taken.c.community_id == own.c.id) & (taken.c.member_id == bindparam("member_id"))
    columns = [own.c[name] for name in CommunityRow._fields]
    return sa_select(*columns, taken.c.invited).select_from(own.outerjoin(taken, theirs)).order_by(own.c.id)
