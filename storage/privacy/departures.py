"""Plans when the nameless items and questions of an erased person are erased: one by one, within a week.

If they were erased together with the account, they could be linked to that person. The plan is sealed and has the same
length for everybody, so that the tables reveal neither the person nor the number of items nor when each is erased.
"""

import hmac
import secrets
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Select, bindparam
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from storage.engine.keys import Keys
from storage.engine.listing import among, at_most, listed
from storage.engine.loading import loaded
from storage.engine.unique import put
from storage.models import Departure, Feedback, Question
from storage.values import frozen

SPAN = timedelta(days=7)
"""The time within which everything is erased."""
SEED_BYTES = 16
Nameless = Feedback | Question


@frozen
class Plan:
    """When the nameless items and questions of one person are erased.

    Attributes:
        member_id: their former member id, from which their keyed marks are computed.
        since: the instant the plan was made or renewed.
        until: the instant by which everything is erased.
        seed: random bytes that determine the instants.
    """

    member_id: int
    since: datetime
    until: datetime
    seed: bytes

    def moment(self, one: Nameless) -> datetime:
        """When an item or question is erased: random, uniform from `since` to `until`, independent of the others."""
        drawn = hmac.digest(self.seed, f"{type(one).__name__}:{one.id}".encode(), "sha256")
        return self.since + (self.until - self.since) * (int.from_bytes(drawn[:6]) / 2**48)

    def renewed(self, now: datetime) -> "Plan":
        """The plan with new random instants, between now and the same end."""
        return replace(self, since=now, seed=secrets.token_bytes(SEED_BYTES))

    def lies_ahead(self, now: datetime) -> bool:
        """Whether it ends later than a plan made now would, because the clock was ahead when it was made."""
        return self.until > now + SPAN

    def restarted(self, now: datetime) -> "Plan":
        """A new plan for the same person, as if they were erased now."""
        return replace(self, since=now, until=now + SPAN, seed=secrets.token_bytes(SEED_BYTES))


def plan(session: Session, keys: Keys, member_id: int, now: datetime) -> None:
    """Store a plan for a person being erased, even if they have nothing nameless, since that must not show."""
    made = Plan(member_id, now, now + SPAN, secrets.token_bytes(SEED_BYTES))
    put(session, Departure, sealed=_seal(keys, made))


def renew(keys: Keys, row: Departure, made: Plan) -> None:
    """Replace a stored plan by another, within its transaction."""
    row.sealed = _seal(keys, made)


def page(session: Session, after: int = 0, most: int = 100) -> list[Departure]:
    """A page of stored plans by id.

    Args:
        after: the last id of the page before (keyset pagination).
    """
    return _page.all(session, {"after": after, "most": most})


def hold(session: Session, departure_id: int) -> Departure | None:
    """Lock a stored plan until the transaction ends; None when it is gone, or another process has locked it."""
    query = select(Departure).where(col(Departure.id) == departure_id)
    return session.exec(query.with_for_update(skip_locked=True).execution_options(populate_existing=True)).first()


def read(keys: Keys, row: Departure) -> Plan:
    """Unseal a plan.

    Raises:
        WrongKey: it was sealed with another key.
    """
    member_id, since, until, seed = keys.unseal(row.sealed).decode().split()
    begun, end = (datetime.fromtimestamp(int(one) / 1_000_000, UTC) for one in (since, until))
    return Plan(int(member_id), begun, end, bytes.fromhex(seed))


def left(session: Session, made: Plan, marks: Collection[str]) -> list[Nameless]:
    """What is still to be erased, next one first.

    Args:
        marks: the person's keyed marks in all communities.
    """
    found: list[Nameless] = [*items(session, marks), *asked(session, marks)]
    return sorted(found, key=made.moment)


def items(session: Session, marks: Collection[str]) -> list[Feedback]:
    """All nameless items of a person in every community, by their keyed marks, oldest first."""
    return _items.all(session, {"marks": listed(marks)})


def asked(session: Session, marks: Collection[str]) -> list[Question]:
    """All nameless questions of a person in every community, by their keyed marks."""
    return _asked.all(session, {"marks": listed(marks)})


def _seal(keys: Keys, made: Plan) -> bytes:
    instants = (round(one.timestamp() * 1_000_000) for one in (made.since, made.until))
    return keys.seal(" ".join((f"{made.member_id:020}", *map(str, instants), made.seed.hex())).encode())


# Run for everybody who is erased: built once, since building a statement takes longer than running it.
@loaded(Feedback)
def _items(dialect: str) -> Select[Feedback]:
    query = sa_select(Feedback).where(among(dialect, col(Feedback.author_hash), "marks"))
    return query.order_by(col(Feedback.created_at), col(Feedback.id))


@loaded(Question)
def _asked(dialect: str) -> Select[Question]:
    query = sa_select(Question).where(among(dialect, col(Question.holder), "marks"))
    return query.order_by(col(Question.asked_at), col(Question.id))


@loaded(Departure)
def _page(_: str) -> Select[Departure]:
    query = sa_select(Departure).where(col(Departure.id) > bindparam("after"))
    return query.order_by(col(Departure.id)).limit(at_most("most"))
