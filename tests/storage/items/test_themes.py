"""What is stored of themes: which item belongs to which, and what moderators made of them; on both databases."""

import pytest
from sqlmodel import Session, select

from storage.items.signals import themes
from storage.models import Community, Feedback, ItemVector, Theme, ThemeItem
from storage.people import left_places
from storage.privacy.erasure import erase_items, erase_person
from storage.vocabulary import Audience, Publication, Status
from tests.storage import rows
from tests.storage.rows import DAY, NOON, WEEK


@pytest.fixture
def filled(session: Session) -> dict[str, int]:
    """A theme with an item of Camille's, one of Noor's and one without a name."""
    plaza = rows.community(session)
    camille, noor = rows.person(session), rows.person(session, "Noor")
    items = [rows.item(session, plaza, one).id for one in (camille, noor)]
    items.append(rows.item(session, plaza, author_hash="mark").id)
    theme = themes.begin(session, plaza.id, NOON)
    themes.assign(session, dict.fromkeys(items, theme))
    return {"plaza": plaza.id, "camille": camille.id, "theme": theme, "hers": items[0], "nameless": items[2]}


def members(session: Session) -> set[int]:
    return set(session.exec(select(ThemeItem.feedback_id)))


def test_nothing_erased_is_in_a_theme_nor_joins_one(session: Session, filled: dict[str, int]) -> None:
    erase_person(session, filled["camille"], [])
    left = members(session)
    assert filled["hers"] not in left
    assert len(left) == 2
    erase_items(session, [filled["nameless"]])
    assert members(session) == left - {filled["nameless"]}
    # What was erased meanwhile joins no theme.
    themes.assign(session, {filled["hers"]: filled["theme"]})
    themes.keep_vectors(session, "letters/1", {filled["hers"]: ("digest", b"row")})
    assert filled["hers"] not in members(session)
    assert not session.exec(select(ItemVector)).all()
    # A community goes with its themes.
    left_places.erase_community(session, filled["plaza"])
    assert session.exec(select(Theme)).all() == []
    assert not members(session)


def test_what_the_team_does_not_see_is_not_read(session: Session, filled: dict[str, int]) -> None:
    seen = sorted(members(session) - {filled["hers"]})
    hidden = (
        ("status", Status.WITHDRAWN),
        ("publication", Publication.REMOVED),
        ("audience", Audience.TRUSTED),
        ("text", ""),
    )
    for what, value in hidden:
        item = session.get_one(Feedback, filled["hers"])
        usual = getattr(item, what)
        setattr(item, what, value)
        session.flush()
        assert sorted(themes.item_ids(session, filled["plaza"], *WEEK)) == seen, what
        setattr(item, what, usual)
        session.flush()


def test_areas_and_spans_are_kept_to(session: Session, filled: dict[str, int]) -> None:
    plaza, own = session.get_one(Community, filled["plaza"]), filled["plaza"]
    late = rows.item(session, plaza, rows.person(session, "Lea"), area="Aid", created_at=WEEK[1]).id
    assert late not in themes.item_ids(session, own, *WEEK)
    assert themes.item_ids(session, own, WEEK[0], WEEK[1] + DAY, ["Aid"]) == [late]


def test_what_was_merged_into_a_theme_goes_with_it(session: Session, filled: dict[str, int]) -> None:
    first, second, third = (themes.begin(session, filled["plaza"], NOON) for _ in range(3))
    themes.merge(session, first, second)
    themes.merge(session, second, third)
    themes.merge(session, third, first)
    session.expire_all()
    found = {one - first: session.get_one(Theme, one).merged_into and 0 for one in (first, second, third)}
    assert found == {0: None, 1: 0, 2: 0}


def test_what_nobody_talks_of_is_forgotten_but_what_has_a_name_is_not(session: Session, filled: dict[str, int]) -> None:
    named = themes.begin(session, filled["plaza"], NOON - 300 * DAY)
    session.get_one(Theme, named).name = "Parking"
    session.flush()
    assert [one.id for one in themes.every(session, filled["plaza"], NOON + DAY)] == [named]
