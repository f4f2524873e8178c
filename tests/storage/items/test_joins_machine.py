"""Support, follow, join, separate, edit, withdraw and erase in any order: who counts is always who the rows name."""

from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine
from sqlmodel import Session

from storage.items import feedback, rewordings
from storage.items.support import joins, supports
from storage.items.support.joins import Unjoinable
from storage.models import Feedback, Member
from storage.privacy import erasure
from storage.vocabulary import Status
from tests.storage import rows
from tests.storage.people_of import broken_links, wrong_counts
from tests.storage.rows import DAY, NOON

ITEMS, PEOPLE = 6, 5
places = st.integers(0, ITEMS - 1)
whoever = st.integers(0, PEOPLE - 1)
LOOK = ("status", "closed_at", "joined_to", "support", "audience", "author_id", "text", "edited_at")


class Group(RuleBasedStateMachine):
    """Acts of five people on six items, two of them without a name; nothing of it is kept."""

    engine: Engine

    @initialize()
    def begin(self) -> None:
        self.session, self.now = Session(self.engine), NOON
        where = rows.community(self.session)
        self.people = [rows.person(self.session, f"person {one}").id for one in range(PEOPLE)]
        self.items = [self._file(where, place) for place in range(ITEMS)]

    def _file(self, where: Any, place: int) -> Feedback:
        if place < 2:
            return rows.item(self.session, where, author_hash="mark")
        author = self.session.get(Member, self.people[place % 3])
        return rows.item(self.session, where, author, base_support=place)

    def teardown(self) -> None:
        self.session.rollback()
        self.session.close()

    @rule(place=places, who=whoever)
    def support(self, place: int, who: int) -> None:
        item = self.items[place]
        before = supports.supports(self.session, item, self.people[who])
        assert supports.toggle(self.session, item, self.people[who], self._later()) is not before

    @rule(place=places, who=whoever)
    def follow(self, place: int, who: int) -> None:
        supports.toggle_follow(self.session, self.items[place], self.people[who], self._later())

    @rule(place=places, who=whoever)
    def leave(self, place: int, who: int) -> None:
        supports.leave(self.session, self.items[place], self.people[who])
        assert not supports.supports(self.session, self.items[place], self.people[who])

    @rule(first=places, second=places)
    def join(self, first: int, second: int) -> None:
        try:
            joins.join(self.session, self.items[first], self.items[second], None, self._later())
        except Unjoinable:
            assert joins.obstacle(self.items[first], self.items[second]) or self.items[second].joined_to

    @rule(place=places)
    def separate(self, place: int) -> None:
        joins.separate(self.session, self.items[place], None, self._later())

    @rule(first=places, second=places)
    def join_and_undo(self, first: int, second: int) -> None:
        before = self._look()
        try:
            joins.join(self.session, self.items[first], self.items[second], None, self._later())
        except Unjoinable:
            return
        joins.separate(self.session, self.items[first], None, self._later())
        assert self._look() == before

    @rule(place=places)
    def edit(self, place: int) -> None:
        rewordings.change_text(self.session, self.items[place], "others", None, self._later(), marked=True)

    @rule(place=places)
    def withdraw(self, place: int) -> None:
        item = self.items[place]
        if item.status is not Status.WITHDRAWN:
            feedback.change_status(self.session, item, Status.WITHDRAWN, None, "", self._later())
            joins.scatter(self.session, item, None, self.now)

    @rule(who=whoever)
    def erase(self, who: int) -> None:
        joins.give_up(self.session, self.people[who], [], self._later())
        before = [self._support(item) for item in self.items if item.joined_to is None]
        erasure.erase_person(self.session, self.people[who], [])
        self.session.expire_all()
        assert [self._support(item) for item in self.items if item.joined_to is None] == before
        self.people[who] = rows.person(self.session, f"person {who} again").id

    @invariant()
    def counts_are_right(self) -> None:
        assert wrong_counts(self.session) == {}
        assert broken_links(self.session) == []

    def _later(self) -> Any:
        self.now += DAY / 24
        return self.now

    def _support(self, item: Feedback) -> int:
        return supports.total(self.session, item)

    def _look(self) -> list[dict[str, Any]]:
        self.session.expire_all()
        return [{name: getattr(item, name) for name in LOOK} for item in self.items]


def test_each_person_counts_once_whatever_happens(on_sqlite: Engine) -> None:
    """What each act says to PostgreSQL is in test_joins."""
    Group.engine = on_sqlite
    quick = settings(
        max_examples=5,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        # Shrinking a sequence of acts on a database takes minutes.
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
    )
    run_state_machine_as_test(Group, settings=quick)
