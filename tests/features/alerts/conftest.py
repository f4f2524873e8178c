"""A community with four calm weeks behind it, and a board on which alerts stand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from bot.core import Core
from bot.features.alerts.posting import Poster
from bot.features.alerts.watch import Watch
from bot.language.text.normalise import question_key
from storage.answers import questions
from storage.engine.unique import put
from storage.models import Question
from storage.people import communities
from storage.vocabulary import Audience, Decision, Kind
from tests.clock import StillClock
from tests.copies import Job
from tests.features.cards.board import FakeBoard
from tests.stage import PLATFORM, BareStage
from tests.storage import rows

SIGN_IN = (
    "The text code never comes when I sign in",
    "I cannot sign in, no text code comes",
    "No text code, so I cannot sign in",
    "Sign in fails: the text code does not come",
    "Waiting for the text code to sign in for an hour",
    "The sign in code by text never comes",
    "Cannot sign in since noon, the text code is missing",
    "The text code to sign in does not arrive",
)
MANY = SIGN_IN + tuple(f"{text}, please help" for text in SIGN_IN)
THINGS = (
    "door broke",
    "lamp rusted",
    "chair vanished",
    "roof cracked",
    "bike squeaked",
    "soup froze",
    "bell fell",
    "tap burnt",
    "oven jammed",
    "sink dripped",
    "rug tore",
    "gate stuck",
    "bin smelt",
    "kettle hissed",
    "ladder bent",
    "fence leaked",
)
CALM = (
    "The benches by the river are broken",
    "My parcel smells of lavender",
    "The newsletter is much too long",
    "Volunteers need gloves in winter",
    "Could the hall open on Sundays",
    "The map shows the wrong street",
    "Please accept frozen vegetables",
)


@dataclass
class Crisis:
    """What people write, and what the watch and the board make of it."""

    stage: BareStage
    clock: StillClock
    board: FakeBoard
    watch: Watch = field(init=False)
    poster: Poster = field(init=False)
    people: dict[str, int] = field(default_factory=dict)
    """The member ids of those who asked, by name."""

    def __post_init__(self) -> None:
        self.watch = Watch(self.stage.core)
        self.poster = Poster(self.stage.core, {PLATFORM: self.board})

    async def write(self, texts: Sequence[str], who: str = "Person", **what: Any) -> None:
        """Let each text be written by somebody else, now."""
        now = self.clock.now()

        def job(session: Session) -> None:
            home = communities.every(session)[0]
            for number, text in enumerate(texts):
                _item(session, home, f"{who} {number}", text, now, **what)

        await self.stage.core.store.write(job)

    async def ask(
        self, texts: Sequence[str], who: str = "Asker", ago: timedelta = timedelta(), *, nameless: bool = False
    ) -> None:
        """Let each text have been asked by somebody else, some time ago, and have found no answer."""
        at = self.clock.now() - ago

        def job(session: Session) -> None:
            home = communities.every(session)[0]
            usual: dict[str, Any] = {
                "community_id": home.id,
                "asked_at": at,
                "decision": Decision.SILENT,
                "language": "en",
            }
            for number, text in enumerate(texts):
                own = {**usual, "text": text, "plain": question_key(text)}
                if nameless:
                    questions.keep(session, Question(**own, holder=f"mark {number}"))
                else:
                    put(session, Question, **own, asker_id=self._person(session, f"{who} {number}"))

        await self.stage.core.store.write(job)

    def _person(self, session: Session, name: str) -> int:
        if name not in self.people:
            self.people[name] = rows.person(session, name).id
        return self.people[name]

    async def look(self, **later: float) -> None:
        """Let time pass, and the watch and the poster look once."""
        self.clock.forward(**later)
        await self.watch.look()
        await self.poster.look()

    def texts(self, place: str = "staff") -> list[str]:
        """The alerts that stand in a place."""
        return self.board.texts(place)

    def text(self, place: str = "staff") -> str:
        """The only alert in a place."""
        (found,) = self.texts(place)
        return found

    def show(self, place: str = "staff") -> None:
        """Let the alerts be seen by moderators, who press their buttons."""
        self.stage._staff.extend(face.reply for face in self.board.stands.get(place, {}).values())


def _item(session: Session, home: Any, who: str, text: str, at: Any, **what: Any) -> None:
    author = None if "author_hash" in what else rows.person(session, who)
    usual = {"kind": Kind.PROBLEM, "audience": Audience.TEAM, "created_at": at}
    rows.item(session, home, author, text=text, **{**usual, **what})


async def calm(core: Core) -> None:
    """Let a few people a day have written about this and that, for four weeks."""
    now = core.clock.now()

    def job(session: Session) -> None:
        home = communities.every(session)[0]
        for day in range(1, 29):
            for number in range(2):
                text = CALM[(2 * day + number) % len(CALM)]
                _item(session, home, f"Calm {number}", text, now - timedelta(days=day, hours=1))

    await core.store.write(job)


@pytest.fixture
def jobs() -> Sequence[Job]:
    return [calm]


@pytest.fixture
def board() -> FakeBoard:
    return FakeBoard()


@pytest.fixture
async def crisis(stage: BareStage, clock: StillClock, board: FakeBoard) -> Crisis:
    found = Crisis(stage, clock, board)
    await found.look()
    return found
