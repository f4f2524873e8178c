"""What is stored of themes: which item belongs to which, and what moderators made of them; on both databases."""

from collections.abc import Callable
from typing import TypeVar

import pytest
from sqlmodel import Session, select

from storage.engine.store import Store
from storage.items.signals import themes
from storage.models import Feedback, ItemVector, Theme, ThemeItem
from storage.people import left_places
from storage.privacy.erasure import erase_items, erase_person
from storage.vocabulary import Audience, Publication, Status
from tests.storage import rows
from tests.storage.rows import DAY, NOON, WEEK

T = TypeVar("T")
Do = Callable[[Callable[[Session], T]], T]


@pytest.fixture
async def filled(store: Store) -> dict[str, int]:
    """A theme with an item of Camille's, one of Noor's and one without a name."""

    def job(session: Session) -> dict[str, int]:
        plaza = rows.community(session)
        camille, noor = rows.person(session), rows.person(session, "Noor")
        items = [rows.item(session, plaza, one).id for one in (camille, noor)]
        items.append(rows.item(session, plaza, author_hash="mark").id)
        theme = themes.begin(session, plaza.id, NOON)
        themes.belong(session, dict.fromkeys(items, theme))
        return {"plaza": plaza.id, "camille": camille.id, "theme": theme, "hers": items[0], "nameless": items[2]}

    return await store.write(job)


def members(session: Session) -> set[int]:
    return set(session.exec(select(ThemeItem.feedback_id)))


async def test_an_erased_person_is_in_no_theme(store: Store, filled: dict[str, int]) -> None:
    await store.write(lambda session: erase_person(session, filled["camille"], []))
    left = await store.read(members)
    assert filled["hers"] not in left
    assert len(left) == 2


async def test_nor_is_an_erased_item(store: Store, filled: dict[str, int]) -> None:
    await store.write(lambda session: erase_items(session, [filled["nameless"]]))
    assert filled["nameless"] not in await store.read(members)


async def test_what_was_erased_meanwhile_joins_no_theme(store: Store, filled: dict[str, int]) -> None:
    def job(session: Session) -> None:
        erase_items(session, [filled["hers"]])
        themes.belong(session, {filled["hers"]: filled["theme"]})
        themes.keep_vectors(session, "letters/1", {filled["hers"]: ("digest", b"row")})

    await store.write(job)
    assert filled["hers"] not in await store.read(members)
    assert not await store.read(lambda session: session.exec(select(ItemVector)).all())


async def test_a_community_goes_with_its_themes(store: Store, filled: dict[str, int]) -> None:
    await store.write(lambda session: left_places.erase_community(session, filled["plaza"]))
    assert await store.read(lambda session: session.exec(select(Theme)).all()) == []
    assert not await store.read(members)


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("status", Status.WITHDRAWN),
        ("publication", Publication.REMOVED),
        ("audience", Audience.TRUSTED),
        ("text", ""),
    ],
)
async def test_what_the_team_does_not_see_is_not_read(
    store: Store, filled: dict[str, int], what: str, value: object
) -> None:
    def job(session: Session) -> None:
        item = session.get_one(Feedback, filled["hers"])
        setattr(item, what, value)
        session.add(item)

    await store.write(job)
    ids = await store.read(lambda session: themes.ids_said(session, filled["plaza"], *WEEK))
    assert sorted(ids) == sorted(set(await store.read(members)) - {filled["hers"]})


async def test_areas_and_spans_are_kept_to(store: Store, filled: dict[str, int]) -> None:
    def job(session: Session) -> int:
        plaza = rows.community(session)
        return rows.item(session, plaza, rows.person(session), area="Aid", created_at=WEEK[1]).id

    late = await store.write(job)
    own = filled["plaza"]
    assert late not in await store.read(lambda session: themes.ids_said(session, own, *WEEK))
    span = (WEEK[0], WEEK[1] + DAY, ["Aid"])
    assert await store.read(lambda session: themes.ids_said(session, own, *span)) == [late]


async def test_what_was_merged_into_a_theme_goes_with_it(store: Store, filled: dict[str, int]) -> None:
    def job(session: Session) -> dict[int, int | None]:
        first, second, third = (themes.begin(session, filled["plaza"], NOON) for _ in range(3))
        themes.merge(session, first, second)
        themes.merge(session, second, third)
        themes.merge(session, third, first)
        session.expire_all()
        return {one - first: session.get_one(Theme, one).merged_into and 0 for one in (first, second, third)}

    assert await store.write(job) == {0: None, 1: 0, 2: 0}


async def test_what_nobody_talks_of_is_forgotten_but_what_has_a_name_is_not(
    store: Store, filled: dict[str, int]
) -> None:
    def job(session: Session) -> tuple[list[int], list[int]]:
        named = themes.begin(session, filled["plaza"], NOON - 300 * DAY)
        session.get_one(Theme, named).name = "Parking"
        session.flush()
        found = themes.every(session, filled["plaza"], NOON + DAY)
        return [one.id for one in found], [named]

    found, named = await store.write(job)
    assert found == named
