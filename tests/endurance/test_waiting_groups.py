"""Sixty groups of five people wait, each with a wording of their own; one answer tells its group and few others.

The wordings are those of intents of CLINC150 and BANKING77 (PORTEVOIX_DATA, or ../shared/data): what one intent is
asked in is much less alike than what people ask again, above all in BANKING77, whose intents are all of one field.
"""

import csv
import json
import os
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from bot.language.encoding.encoders import BUNDLED, ENGLISH, PACKAGES
from bot.language.text.excerpt import excerpt
from bot.ports.inbound import Role
from bot.settings.config import Limits, Settings
from storage.models import Identity, Outbox
from tests import meaning
from tests.clock import StillClock
from tests.stage import BareStage, Person

DATA = Path(os.environ.get("PORTEVOIX_DATA", Path(__file__).parents[3] / "shared" / "data"))
GROUPS, WORDINGS = 60, 5
SEED = 15
LEAST = {
    ("clinc", "meaning"): (0.68, 0.85),
    ("clinc", "english"): (0.65, 0.8),
    ("clinc", "words"): (0.5, 0.65),
    ("banking", "meaning"): (0.4, 0.6),
    ("banking", "english"): (0.5, 0.7),
    ("banking", "words"): (0.35, 0.5),
    ("both", "meaning"): (0.5, 0.65),
    ("both", "english"): (0.55, 0.7),
    ("both", "words"): (0.4, 0.5),
}
"""By data and encoder, the share of its own group that an answer tells at least, and with those offered one by one.

The mark of 0.85 is reached with those that are offered alone, and in CLINC150.
"""
MOST_OTHERS = 0.01

pytestmark = pytest.mark.skipif(not (DATA / "clinc150_train_val.json").exists(), reason="needs CLINC150 and BANKING77")


@pytest.fixture
def settings(encoder: str, settings: Settings) -> Settings:
    assert encoder, "chosen before anything is opened"
    free = "100000 per minute"
    return settings.model_copy(update={"limits": Limits(filings=free, questions=free, commands=free)})


@pytest.fixture(params=["meaning", "english", "words"])
def encoder(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    found: str = request.param
    if found == "english" and find_spec(PACKAGES[ENGLISH]) is None:
        pytest.skip("needs the extra `english`")
    if found != "words":
        meaning.use(monkeypatch, BUNDLED if found == "meaning" else ENGLISH)
    return found


def intents(source: str) -> dict[str, list[str]]:
    """The wordings by intent."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    if source == "clinc":
        for text, intent in json.loads((DATA / "clinc150_train_val.json").read_text("utf-8"))["train"]:
            found[intent].append(text)
    else:
        with (DATA / "banking77_train.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                found[row["category"]].append(row["text"])
    return found


def drawn(source: str) -> list[list[str]]:
    """Sixty groups of five wordings, no wording twice."""
    chance = random.Random(SEED)  # noqa: S311 - the same each time
    groups: list[list[str]] = []
    for one in ("clinc", "banking") if source == "both" else (source,):
        known = intents(one)
        chosen = chance.sample(sorted(known), GROUPS // 2 if source == "both" else GROUPS)
        groups.extend(chance.sample(sorted(set(known[intent])), WORDINGS) for intent in chosen)
    return groups


@pytest.mark.parametrize("source", ["clinc", "banking", "both"])
async def test_one_answer_tells_its_group_and_few_others(
    stage: BareStage, clock: StillClock, encoder: str, source: str, record_property: Callable[[str, object], None]
) -> None:
    groups, alex = drawn(source), Person(stage, "alex", Role.MODERATOR)
    for number, wordings in enumerate(groups):
        for place, text in enumerate(wordings):
            await Person(stage, f"{number}.{place}").says(f"/ask {text}")
    clock.forward(minutes=1)
    intent = {excerpt(text, 60): number for number, wordings in enumerate(groups) for text in wordings}
    answered: dict[int, list[str]] = {}
    before, offered, near, listed = Counter[str](), 0, 0, 0
    while (asked := await _first_waiting(alex)) is not None:
        await alex.presses(f"Answer: {asked}")
        await alex.says(f"What holds for {asked}")
        if intent[asked] not in answered:
            shown = re.findall(r"\[(.+?)\]", alex.hears().partition("Send it to one of these, too")[2])
            offered += sum(intent.get(text) == intent[asked] for text in shown)
            together = re.findall(r"\[Leave out: (.+?)\]", alex.hears())
            near += sum(intent.get(text) == intent[asked] for text in together)
            listed += len(together)
        times = await _told(stage)
        answered.setdefault(intent[asked], [name for name in times if times[name] > before[name]])
        before = times
    own = sum(name.startswith(f"{number}.") for number, names in answered.items() for name in names)
    others = sum(map(len, answered.values())) - own
    share, wrong = own / (GROUPS * WORDINGS), others / (len(answered) * (GROUPS - 1) * WORDINGS)
    reached = share + offered / (GROUPS * WORDINGS)
    record_property("share", share)
    figures = f"{share:.3f} of its group, {reached:.3f} with those offered, {wrong:.4f} of the others; "
    figures += f"in one press {near} of {listed} are of the group"
    print(f"{source}, by {encoder}: {figures}")  # noqa: T201
    assert set(before.values()) == {1}, "nobody is told twice"
    assert wrong <= MOST_OTHERS
    least, least_reached = LEAST[source, encoder]
    assert share >= least
    assert reached >= least_reached


async def _first_waiting(alex: Person) -> str | None:
    """The question at the top of the list, as its button names it."""
    await alex.says("/unanswered")
    found = re.search(r"\[Answer: (.+?)\]", alex.hears())
    return found[1] if found else None


async def _told(stage: BareStage) -> Counter[str]:
    """By account, how many answers each person is told."""

    def job(session: Session) -> Counter[str]:
        query = (
            select(Identity.external_id)
            .join(Outbox, col(Outbox.recipient_id) == Identity.member_id)
            .where(col(Outbox.dedupe_key).startswith("answered:"))
        )
        return Counter(session.exec(query))

    return await stage.core.store.read(job)
