"""People and their platform accounts."""

from datetime import date

from sqlmodel import Session, col, select

from storage.models import Identity, Member
from storage.unique import insert_once


def find(session: Session, platform: str, external_id: str) -> Member | None:
    """The person behind an account, if we know them."""
    query = select(Member).join(Identity).where(Identity.platform == platform, Identity.external_id == external_id)
    return session.exec(query).first()


def resolve(
    session: Session, platform: str, external_id: str, name: str, today: date, locale: str | None = None
) -> Member:
    """The person behind an account, met now if need be; name and locale are kept as they are today."""
    query = select(Identity).where(Identity.platform == platform, Identity.external_id == external_id)
    identity = session.exec(query).first()
    if identity:
        identity.name, identity.locale = name, locale or identity.locale
        return session.get_one(Member, identity.member_id)
    member = Member(first_seen=today)
    session.add(member)
    session.flush()
    account = Identity(member_id=member.id, platform=platform, external_id=external_id, name=name, locale=locale)
    if insert_once(session, account):
        return member
    # Two things this person did arrived at once, and the other one met them.
    session.delete(member)
    return session.get_one(Member, session.exec(query).one().member_id)


def languages(session: Session, member_id: int) -> tuple[str | None, str | None]:
    """The languages to try with a person: the one chosen, then their platform's."""
    member = session.get(Member, member_id)
    query = select(Identity.locale).where(Identity.member_id == member_id).order_by(col(Identity.id).desc())
    return (member.language if member else None), session.exec(query).first()


def address(session: Session, member_id: int, platforms: list[str] | None = None) -> Identity | None:
    """An account of a person on one of these platforms, or on any, the one met last."""
    query = select(Identity).where(Identity.member_id == member_id)
    if platforms is not None:
        query = query.where(col(Identity.platform).in_(platforms))
    return session.exec(query.order_by(col(Identity.id).desc())).first()


def names(session: Session, member_ids: set[int]) -> dict[int, str]:
    """The display names of people, by internal id."""
    rows = session.exec(
        select(Identity.member_id, Identity.name)
        .where(col(Identity.member_id).in_(member_ids))
        .order_by(col(Identity.id))
    )
    return dict(rows.all())
