"""Random life: whatever was ever shown is pressed at any time, and does what its label says, or nothing."""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlmodel import Session, select

from bot.features.moderation import view
from bot.feedback.desk.reasons import DEFAULTS
from bot.ports.inbound import Role
from bot.ports.plain import plain
from bot.ports.reply import Button, Reply, Title, buttons_of
from storage.models import Feedback, Follow, Identity, Support
from storage.vocabulary import Audience, Publication, Status
from tests.clock import StillClock
from tests.stage import BareStage, Person

STEPS = 100
_NUMBER = re.compile(r"#(\d+)")
_NUMBERED = re.compile(r" #(\d+)(?= instead\Z|\Z)")
"""The end of the label of a button in a list, which says what it is about."""

Facts = Mapping[tuple[str, int, str], object]
"""What is stored, by item and what it is: a status, an audience, somebody's support."""
Allowed = Callable[[object], bool]


@dataclass(frozen=True)
class Shown:
    """A button that somebody was shown: with its message, and the item it stood under."""

    person: Person
    button: Button
    number: int
    words: str


@dataclass
class Life:
    """What happens, with all buttons ever shown."""

    stage: BareStage
    people: list[Person]
    chance: random.Random
    shown: list[Shown] = field(default_factory=list)
    last: Shown | None = None
    known: Facts | None = None
    """What is stored, since a press."""

    async def types(self) -> None:
        person = self.chance.choice(self.people)
        number = self.chance.randint(1, 12)
        usual = ["/suggest Open on Sunday", "/problem The door is stuck", "/mine", "/top", f"/status {number}"]
        team = ["/queue", f"/queue {number}", f"/queue {number} planned", f"/remove {number} Too rude.", "/cancel"]
        spoken = usual + (team if person.role is Role.MODERATOR else [f"/visibility {number} team", "/cancel"])
        self.known = None
        self.keep(person, await self.stage.do(person, text=self.chance.choice(spoken)))

    async def presses(self) -> None:
        # By label first: most buttons shown are those of lists and queues.
        # Joins change two items: `tests/features/moderation` and `tests/storage/items/test_joins.py` are about them.
        # So do decisions on several: `tests/features/moderation/outcomes` is about them.
        labels = {one.button.label for one in self.shown}
        label = self.chance.choice(sorted(one for one in labels if " to #" not in one and " item" not in one))
        pressed = self.chance.choice([one for one in self.shown if one.button.label == label])
        if self.last and self.chance.random() < 0.3:
            pressed = self.last
        self.last = pressed
        before = self.known or await self.facts()
        reply = await self.stage.do(pressed.person, button=pressed.button.token)
        after = self.known = await self.facts()
        for fact in {*before, *after}:
            filed = pressed.button.label == FILES and ("text", fact[1], "") not in before
            if before.get(fact) != after.get(fact) and not filed:
                self.check(pressed, fact, after.get(fact))
        self.keep(pressed.person, reply, pressed.number)

    def check(self, pressed: Shown, fact: tuple[str, int, str], value: object) -> None:
        """Fail unless the label says that."""
        what, number, whose = fact
        expected = SAYS.get(_NUMBERED.sub("", pressed.button.label), {}).get(what)
        told = f"[{pressed.button.label}] of {pressed.person.id} under {pressed.words!r} made {fact} {value!r}"
        assert expected is not None, told
        assert expected(value), told
        assert number == pressed.number, told
        assert whose in ("", pressed.person.id), told

    def keep(self, person: Person, reply: Reply | None, about: int = 0) -> None:
        """Keep the buttons of a reply; one that names no item is about the one of the button before."""
        if reply is None:
            return
        for block in reply.blocks:
            for button in buttons_of(block):
                named = _NUMBERED.search(button.label)
                number = int(named[1]) if named else _number(reply) or about
                self.shown.append(Shown(person, button, number, plain(reply)))

    async def facts(self) -> Facts:
        def job(session: Session) -> Facts:
            known = {one.id: one for one in session.exec(select(Feedback)).all()}
            found: dict[tuple[str, int, str], object] = {}
            for one in known.values():
                found["status", one.number, ""] = one.status
                found["audience", one.number, ""] = one.audience
                found["name", one.number, ""] = one.nameless
                found["publication", one.number, ""] = one.publication
                found["text", one.number, ""] = one.text
                found["area", one.number, ""] = one.area
            names = self._accounts(session)
            for row in session.exec(select(Support)).all():
                found["support", known[row.feedback_id].number, names[row.member_id or 0]] = True
            for follow in session.exec(select(Follow)).all():
                found["follow", known[follow.feedback_id].number, names[follow.member_id]] = True
            return found

        return await self.stage.core.store.read(job)

    def _accounts(self, session: Session) -> Mapping[int, str]:
        return {row.member_id: row.external_id for row in session.exec(select(Identity)).all()}


def _is(value: object) -> Allowed:
    return lambda found: found is value or found == value


FILES = "Send it anyway"
"""The label of the button that files a new item."""
SUPPORTS, LEAVES = {"support": _is(True)}, {"support": _is(None)}
PUBLIC = {"audience": _is(Audience.EVERYONE)}
NAMELESS = {"name": _is(True)}
REMOVED: Mapping[str, Allowed] = {"publication": _is(Publication.REMOVED), "text": bool}
SAYS: Mapping[str, Mapping[str, Allowed]] = {
    "Support": SUPPORTS,
    "Me too": SUPPORTS,
    "Support instead": SUPPORTS,
    "Me too:": SUPPORTS,
    # Pressed again after it was taken back elsewhere, it does what it says.
    "✓ Support": SUPPORTS,
    "✓ Me too": SUPPORTS,
    "✓ Follow": {"follow": _is(True)},
    "Take support back": LEAVES,
    "Follow": {"follow": _is(True)},
    "Stop following": {"follow": _is(None)},
    "Leave": {**LEAVES, "follow": _is(None)},
    "Team only": {"audience": _is(Audience.TEAM), "publication": _is(Publication.SHOWN)},
    "Show to everyone": PUBLIC,
    "Show my name": {"name": _is(False)},
    "Take my name off": NAMELESS,
    "Withdraw": {"status": _is(Status.WITHDRAWN)},
    "Planned": {"status": _is(Status.PLANNED)},
    "Being handled": {"status": _is(Status.HANDLED)},
    "Done": {"status": _is(Status.DONE)},
    "Resolved": {"status": _is(Status.RESOLVED)},
    **{reason: {"status": _is(status)} for status, reasons in DEFAULTS.items() for reason in reasons},
    "Under review": {"status": _is(Status.UNDER_REVIEW)},
    "In progress": {"status": _is(Status.IN_PROGRESS)},
    "On hold": {"status": _is(Status.ON_HOLD)},
    **dict.fromkeys(view.READY_REASONS, REMOVED),
    "Put back in view": {"publication": _is(Publication.SHOWN)},
}
"""What may change by pressing the button of that label; nothing where it is not listed."""


def _number(reply: Reply) -> int:
    """The item that a message's buttons are about: that of its card, else the first that is named."""
    titles = [found for block in reply.blocks if isinstance(block, Title) if (found := _NUMBER.search(block.text))]
    named = titles[-1] if titles else _NUMBER.search(plain(reply))
    return int(named[1]) if named else 0


async def test_no_press_does_anything_else_than_its_label_says(stage: BareStage, clock: StillClock) -> None:
    assert "Team only" in await live(stage, clock, 0)


async def live(stage: BareStage, clock: StillClock, seed: int) -> set[str]:
    """One random life, the same for the same seed; `make endurance` lives more of them.

    Returns:
        The labels of the buttons that were shown.
    """
    team = [Person(stage, name, Role.MODERATOR) for name in ("alex", "omar")]
    people = [Person(stage, "camille"), Person(stage, "noor"), *team]
    life = Life(stage, people, random.Random(seed))  # noqa: S311 - the same each time
    for _ in range(STEPS):
        # Nobody is too fast for the limits, who would then be refused whatever they press.
        clock.forward(minutes=3)
        await (life.presses() if life.shown and life.chance.random() < 0.7 else life.types())
    labels = {one.button.label for one in life.shown}
    assert labels >= {"Edit", "Withdraw"}
    return labels
