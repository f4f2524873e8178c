"""Whatever is decided, undone and chosen: each change is told once, nobody hears of it twice, nor too often."""

import random
import re
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from sqlmodel import Session, select

from bot.ports.adapter import Address
from bot.ports.plain import plain
from bot.ports.reply import Reply
from storage.models import Feedback, History
from storage.vocabulary import Action
from tests.clock import StillClock
from tests.features.telling.conftest import Days
from tests.stage import BareStage, Person

ITEMS, ACTS = 4, 40
NEWS = re.compile(r"#(\d) is now ([a-z ]+)\.")
VERDICTS = ("review", "planned", "done", "exists There it is.", "not_planned No.")
DAY = timedelta(days=1)


class Post:
    """What each person was sent of decisions, and when."""

    def __init__(self, stage: BareStage, clock: StillClock, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sent: dict[str, list[tuple[datetime, list[tuple[str, str]]]]] = defaultdict(list)
        deliver = stage.send

        async def send(address: Address, reply: Reply) -> None:
            if found := NEWS.findall(plain(reply)):
                self.sent[address.id].append((clock.now(), found))
            await deliver(address, reply)

        monkeypatch.setattr(stage, "send", send)

    def told(self, person: Person) -> list[tuple[str, str]]:
        return [one for _, found in self.sent[person.id] for one in found]


@pytest.fixture
def post(stage: BareStage, clock: StillClock, monkeypatch: pytest.MonkeyPatch) -> Post:
    return Post(stage, clock, monkeypatch)


@pytest.fixture
def seed() -> int:
    """`make endurance` lives more of them."""
    return 1


async def test_each_change_is_told_once(
    camille: Person, noor: Person, alex: Person, days: Days, post: Post, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same acts each time
    for number in range(1, ITEMS + 1):
        await camille.says(f"/suggest {'abcd'[number - 1] * 9} idea")
        await noor.says(f"/support {number}")
    await noor.says(f"/notifications {chance.choice(('daily', 'weekly', 'at once'))}")
    for _ in range(ACTS):
        await _act(chance, alex, days)
    await days.go_by(days=8)
    await days.go_by(days=8)
    made = await days.stage.core.store.read(_made)
    now = await days.stage.core.store.read(_statuses)
    for person in (camille, noor):
        told = Counter(post.told(person))
        assert all(times <= made[change] for change, times in told.items()), (person, told - made)
        last = dict(post.told(person))
        assert {number: last.get(number, "received") for number in now} == now, person
    times = [at for at, _ in post.sent["camille"]]
    assert all(later - earlier >= DAY for earlier, later in pairwise(times))


async def _act(chance: random.Random, alex: Person, days: Days) -> None:
    match chance.randrange(4):
        case 0 | 1:
            await alex.says(f"/queue {chance.randint(1, ITEMS)} {chance.choice(VERDICTS)}")
        case 2:
            if "[Undo]" in (days.stage.heard(alex) or [""])[-1]:
                await alex.presses("Undo")
        case _:
            await days.go_by(seconds=chance.choice((5, 59, 61, 3600, 90_000)))


def _made(session: Session) -> Counter[tuple[str, str]]:
    """How often each item was given each status, without what was undone."""
    query = select(Feedback.number, History.after).join(History).where(History.action == Action.STATUS)
    return Counter((str(number), _said(after or "")) for number, after in session.exec(query))


def _statuses(session: Session) -> dict[str, str]:
    return {str(item.number): _said(item.status) for item in session.exec(select(Feedback))}


def _said(status: str) -> str:
    """A status as news have it."""
    return status.replace("already_exists", "marked as existing").replace("_", " ")
