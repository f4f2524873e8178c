"""The plan by which what is nameless leaves: sealed, the same length for everybody, its moments spread by chance."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from storage.engine.errors import WrongKey
from storage.engine.keys import Keys
from storage.models import Feedback
from storage.privacy import departures
from storage.privacy.departures import SPAN, Plan
from tests.storage import rows
from tests.storage.rows import NOON

KEYS = Keys(b"k" * 32)


def item(number: int) -> Feedback:
    return Feedback(id=number)


def test_a_stored_plan_is_read_back_with_its_moments(session: Session) -> None:
    departures.plan(session, KEYS, 7, NOON)
    [row] = departures.page(session)
    one, again = departures.read(KEYS, row), departures.read(KEYS, row)
    assert (one.member_id, one.since, one.until) == (7, NOON, NOON + SPAN)
    assert one.moment(item(1)) == again.moment(item(1)) != one.moment(item(2))
    with pytest.raises(WrongKey):
        departures.read(Keys(b"o" * 32), row)


def test_plans_are_of_one_length_whoever_they_are_about(session: Session) -> None:
    for member_id, at in ((1, NOON), (2**40, NOON + timedelta(microseconds=123))):
        departures.plan(session, KEYS, member_id, at)
    assert len({len(row.sealed) for row in departures.page(session)}) == 1
    assert departures.page(session, after=departures.page(session)[-1].id) == []


def test_moments_are_spread_evenly_over_the_week() -> None:
    made = Plan(1, NOON, NOON + SPAN, b"s" * 16)
    one, moments = item(0), list[datetime]()
    for number in range(2_000):
        one.id = number
        moments.append(made.moment(one))
    assert all(NOON <= one < NOON + SPAN for one in moments)
    for day in range(7):
        since = NOON + timedelta(days=day)
        assert 200 < sum(since <= one < since + timedelta(days=1) for one in moments) < 380


def test_two_people_s_moments_have_nothing_in_common(session: Session) -> None:
    for member_id in (1, 2):
        departures.plan(session, KEYS, member_id, NOON)
    first, second = (departures.read(KEYS, row) for row in departures.page(session))
    assert first.moment(item(1)) != second.moment(item(1))


def test_a_renewed_plan_ends_when_it_would_have_and_has_new_moments(session: Session) -> None:
    departures.plan(session, KEYS, 1, NOON)
    [row] = departures.page(session)
    made, later = departures.read(KEYS, row), NOON + timedelta(days=5)
    departures.renew(KEYS, row, made.renewed(later))
    renewed = departures.read(KEYS, row)
    assert (renewed.since, renewed.until) == (later, NOON + SPAN)
    assert all(later <= renewed.moment(item(number)) < NOON + SPAN for number in range(50))


def test_what_is_left_comes_in_the_order_it_leaves(session: Session) -> None:
    plaza = rows.community(session)
    made = Plan(1, NOON, NOON + SPAN, b"s" * 16)
    filed = [rows.item(session, plaza, author_hash=mark) for mark in ("mine", "mine", "mine", "theirs")]
    left = departures.left(session, made, ["mine"])
    assert sorted(one.id for one in left) == [one.id for one in filed[:3]]
    assert [made.moment(one) for one in left] == sorted(made.moment(one) for one in left)
