"""Stores and finds members and their platform accounts."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, literal_column
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, delete, select, update

from storage.engine.listing import among, at_most, listed
from storage.engine.loading import loaded, one_by_id
from storage.engine.locks import hold_account
from storage.engine.prepared import prepared
from storage.engine.unique import put, put_once, table_of
from storage.models import Identity, Member

IMPORTED = "import"
"""The platform under which authors of imported feedback are stored."""
PAGE = 500
"""Members in one statement at most."""


class Account(NamedTuple):
    """An account, with the day its member was first seen."""

    id: int
    member_id: int
    first_seen: date
    platform: str
    external_id: str


def find(session: Session, platform: str, external_id: str) -> Member | None:
    """The member with this account, or None when it is unknown."""
    return _by_account.first(session, {"platform": platform, "external_id": external_id})


def id_of(session: Session, platform: str, external_id: str) -> int | None:
    """The id of the member with this account, or None when it is unknown."""
    rows = _account.rows(session, {"platform": platform, "external_id": external_id})
    return rows[0][1] if rows else None


def account(session: Session, platform: str, external_id: str) -> Identity | None:
    """An account as it is stored, or None when it is unknown."""
    return _identity.first(session, {"platform": platform, "external_id": external_id})


@loaded(Identity)
def _identity(_: str) -> Select[Identity]:
    here = (col(Identity.platform) == bindparam("platform"), col(Identity.external_id) == bindparam("external_id"))
    return sa_select(Identity).where(*here)


def resolve(
    session: Session, platform: str, external_id: str, name: str, today: date, locale: str | None = None
) -> Member:
    """The member with this account, created when it is unknown; arguments as for `resolve_id`."""
    return one_by_id(session, Member, resolve_id(session, platform, external_id, name, today, locale))


def resolve_id(
    session: Session, platform: str, external_id: str, name: str, today: date, locale: str | None = None
) -> int:
    """The id of the member with this account. Creates an unknown member, and updates the account's name and locale.

    The member cannot be erased until the transaction ends. Who is just being erased is waited for, and is unknown then.

    Args:
        today: the day stored as the first one of a new member.
        locale: the language of the account; None leaves the stored one.
    """
    hold_account(session, platform, external_id)
    account = {"platform": platform, "external_id": external_id}
    for identity_id, member_id, kept_name, kept_locale in _account.rows(session, account):
        said = {"name": name, "locale": locale or kept_locale}
        if said != {"name": kept_name, "locale": kept_locale}:
            session.exec(update(Identity).where(col(Identity.id) == identity_id).values(said))
        return int(member_id)
    member_id = put(session, Member, first_seen=today)
    if put_once(session, Identity, member_id=member_id, **account, name=name, locale=locale):
        return member_id
    # A concurrent transaction has just created the member for the same account.
    session.exec(delete(Member).where(col(Member.id) == member_id))
    return resolve_id(session, platform, external_id, name, today, locale)


def hold(session: Session, platform: str, external_id: str) -> int | None:
    """The id of the member with this account, who cannot be erased until the transaction ends; None when unknown."""
    hold_account(session, platform, external_id)
    return id_of(session, platform, external_id)


def first_seen(session: Session, member_id: int) -> date | None:
    """The day a member was first seen, in UTC; None when there is no such member."""
    rows = _first_seen.rows(session, {"member_id": member_id})
    return rows[0][0] if rows else None


def accounts(session: Session, after: int = 0, most: int = PAGE) -> list[Account]:
    """A page of the accounts of all members, by their ids.

    Args:
        after: the last account's id of the page before.
    """
    return [Account(*row) for row in _accounts.rows(session, {"after": after, "most": most})]


def page(session: Session, after: int = 0, most: int = PAGE) -> list[Identity]:
    """A page of all accounts with their names, by their ids; arguments as for `accounts`."""
    return list(session.exec(select(Identity).where(col(Identity.id) > after).order_by(col(Identity.id)).limit(most)))


def accounts_of(session: Session, member_id: int) -> list[Account]:
    """The accounts of a member."""
    return [Account(*row) for row in _accounts_of.rows(session, {"member_id": member_id})]


def choose_language(session: Session, member_id: int, language: str | None) -> None:
    """Store the language to answer a person in; None for that of their platform account."""
    session.exec(update(Member).where(col(Member.id) == member_id).values(language=language))


def languages(session: Session, member_id: int) -> tuple[str | None, str | None]:
    """A person's chosen language, and that of the account stored last; None for each that is unknown."""
    rows = _languages.rows(session, {"member_id": member_id})
    return (rows[0][0], rows[0][1]) if rows else (None, None)


def languages_of(session: Session, member_ids: Sequence[int]) -> dict[int, tuple[str | None, str | None]]:
    """By member id, what `languages` returns; unknown members are left out."""
    query = sa_select(col(Member.id), col(Member.language), col(Identity.locale)).outerjoin(
        Identity, col(Identity.member_id) == col(Member.id)
    )
    found: dict[int, tuple[str | None, str | None]] = {}
    for start in range(0, len(member_ids), PAGE):
        page = query.where(col(Member.id).in_(member_ids[start : start + PAGE]))
        rows = session.execute(page.order_by(col(Identity.id)))
        found |= {own: (chosen, locale) for own, chosen, locale in rows}
    return found


def address(session: Session, member_id: int, platforms: list[str] | None = None) -> Identity | None:
    """The account of a person stored last, on one of these platforms or (None) on any; None when there is none."""
    theirs = _identities.all(session, {"member_id": member_id})
    return next((one for one in theirs if platforms is None or one.platform in platforms), None)


def met(session: Session, member_ids: Collection[int]) -> list[int]:
    """Those of these people who have an account on a platform: others are known from an import alone."""
    return [own for (own,) in _met.rows(session, {"members": listed(member_ids)})]


def names(session: Session, member_ids: set[int]) -> dict[int, str]:
    """The display names of people, by member id; of several accounts, that of the one stored last."""
    return dict(_names.rows(session, {"members": listed(member_ids)})) if member_ids else {}


# Run with every message: built once, since building a statement takes longer than running it.
@loaded(Member)
def _by_account(_: str) -> Select[Member]:
    query = sa_select(Member).join(Identity, col(Identity.member_id) == col(Member.id))
    return query.where(*_is_account())


@prepared()
def _accounts(_: str) -> Select[int, int, date, str, str]:
    return _with_first_seen().where(col(Identity.id) > bindparam("after")).limit(at_most("most"))


@prepared()
def _accounts_of(_: str) -> Select[int, int, date, str, str]:
    return _with_first_seen().where(col(Identity.member_id) == bindparam("member_id"))


def _with_first_seen() -> Select[int, int, date, str, str]:
    first_seen = sa_select(col(Member.first_seen)).where(col(Member.id) == col(Identity.member_id)).scalar_subquery()
    columns = (col(Identity.id), col(Identity.member_id), first_seen, col(Identity.platform), col(Identity.external_id))
    return sa_select(*columns).order_by(col(Identity.id))


@prepared()
def _first_seen(_: str) -> Select[date]:
    return sa_select(col(Member.first_seen)).where(col(Member.id) == bindparam("member_id"))


@loaded(Identity)
def _identities(_: str) -> Select[Identity]:
    """A person's accounts, the one stored last first."""
    query = sa_select(Identity).where(col(Identity.member_id) == bindparam("member_id"))
    return query.order_by(col(Identity.id).desc())


@prepared()
def _languages(_: str) -> Select[str | None, str | None]:
    """The chosen language and that of the account stored last."""
    query = sa_select(col(Member.language), col(Identity.locale)).outerjoin(
        Identity, col(Identity.member_id) == col(Member.id)
    )
    return (
        query.where(col(Member.id) == bindparam("member_id"))
        .order_by(col(Identity.id).desc())
        .limit(literal_column("1"))
    )


@prepared()
def _met(dialect: str) -> Select[int]:
    query = sa_select(col(Identity.member_id)).where(_is_among(dialect), col(Identity.platform) != IMPORTED)
    return query.distinct()


@prepared()
def _names(dialect: str) -> Select[int, str]:
    return sa_select(col(Identity.member_id), col(Identity.name)).where(_is_among(dialect)).order_by(col(Identity.id))


def _is_among(dialect: str) -> ColumnElement[bool]:
    return among(dialect, col(Identity.member_id), "members")


@prepared()
def _account(_: str) -> Select[int, int, str, str | None]:
    table = table_of(Identity)
    return sa_select(table.c.id, table.c.member_id, table.c.name, table.c.locale).where(*_is_account())


def _is_account() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (
        col(Identity.platform) == bindparam("platform"),
        col(Identity.external_id) == bindparam("external_id"),
    )
