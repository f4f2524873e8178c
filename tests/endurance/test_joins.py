"""Ten thousand acts of eight threads on one store: support, join, separate, edit, withdraw, erase; each counts once."""

import asyncio
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from sqlmodel import Session, col, select

from storage.engine.store import Store
from storage.items import feedback, rewordings
from storage.items.support import groups, joins, supports
from storage.items.support.joins import Unjoinable
from storage.models import Feedback, Member
from storage.people import members
from storage.privacy import erasure
from storage.vocabulary import Status
from tests.storage import rows
from tests.storage.conftest import file, location, server, store
from tests.storage.people_of import broken_links, wrong_counts
from tests.storage.rows import DAY, NOON

__all__ = ["file", "location", "server", "store"]

STEPS, THREADS = 10_000, 8
ITEMS, PEOPLE = 40, 30
Act = Callable[[Session, random.Random], Any]


def anything(session: Session, dice: random.Random) -> Feedback:
    newest = list(session.exec(select(Feedback).order_by(col(Feedback.id).desc()).limit(ITEMS)))
    return dice.choice(newest)


def somebody(session: Session, dice: random.Random) -> int:
    name = f"person {dice.randrange(PEOPLE)}"
    return members.resolve_id(session, "bare", name, name, NOON.date())


def when(dice: random.Random) -> Any:
    return NOON + DAY * dice.random()


def files(session: Session, dice: random.Random) -> None:
    where, nameless = rows.community(session), dice.random() < 0.2
    author = None if nameless else session.get(Member, somebody(session, dice))
    rows.item(session, where, author, base_support=dice.randrange(3), author_hash="mark" if nameless else None)


def toggles(session: Session, dice: random.Random) -> None:
    supports.toggle(session, anything(session, dice), somebody(session, dice), when(dice))


def follows(session: Session, dice: random.Random) -> None:
    supports.toggle_follow(session, anything(session, dice), somebody(session, dice), when(dice))


def leaves(session: Session, dice: random.Random) -> None:
    supports.leave(session, anything(session, dice), somebody(session, dice))


def connects(session: Session, dice: random.Random) -> None:
    try:
        joins.join(session, anything(session, dice), anything(session, dice), None, when(dice))
    except Unjoinable:
        return


def separates(session: Session, dice: random.Random) -> None:
    joins.separate(session, anything(session, dice), None, when(dice))


def edits(session: Session, dice: random.Random) -> None:
    item = anything(session, dice)
    groups.hold(session, item)
    rewordings.change_text(session, item, "other words", None, when(dice), marked=True)


def withdraws(session: Session, dice: random.Random) -> None:
    item = anything(session, dice)
    groups.hold(session, item)
    if item.status is not Status.WITHDRAWN:
        feedback.change_status(session, item, Status.WITHDRAWN, None, "", when(dice))
        joins.separate_all(session, item, None, when(dice))


def erases(session: Session, dice: random.Random) -> None:
    person = somebody(session, dice)
    if erasure.hold(session, person):
        joins.separate_of(session, person, [], when(dice))
        erasure.erase_person(session, person, [])


ACTS: tuple[tuple[Act, int], ...] = (
    (files, 5),
    (toggles, 40),
    (follows, 5),
    (leaves, 5),
    (connects, 20),
    (separates, 12),
    (edits, 5),
    (withdraws, 3),
    (erases, 5),
)


def _act(act: Act, seed: str, session: Session) -> None:
    act(session, random.Random(seed))  # noqa: S311 - acts, not secrets


def _some_are_joined(session: Session) -> bool:
    return session.exec(select(Feedback).where(col(Feedback.joined_to).is_not(None))).first() is not None


def acts(store: Store, seed: int) -> int:
    """One thread's share of the steps; how many were done."""
    dice = random.Random(seed)  # noqa: S311 - acts, not secrets
    kinds, weights = zip(*ACTS, strict=True)

    async def go() -> int:
        for step in range(STEPS // THREADS):
            act = dice.choices(kinds, weights)[0]
            # Run again after a deadlock, an act is the same.
            await store.write(partial(_act, act, f"{seed} {step}"))
        return STEPS // THREADS

    return asyncio.run(go())


async def test_each_person_counts_once_after_ten_thousand_acts(store: Store) -> None:
    for seed in range(ITEMS):
        await store.write(partial(_act, files, str(seed)))
    loop, threads = asyncio.get_running_loop(), ThreadPoolExecutor(THREADS)
    done = await asyncio.gather(*(loop.run_in_executor(threads, acts, store, seed) for seed in range(THREADS)))
    assert sum(done) == STEPS
    assert await store.read(wrong_counts) == {}
    assert [one.id for one in await store.read(broken_links)] == []
    assert await store.read(_some_are_joined)
