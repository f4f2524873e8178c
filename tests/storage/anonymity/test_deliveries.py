"""No instant of a delivery that somebody without a name caused stays: its lease is taken right after it was written."""

from sqlmodel import select
from structlog.testing import capture_logs

from bot.core import Core
from bot.delivery.courier import Courier
from bot.ports.adapter import Address, TryLater, Uncertain, Unreachable
from bot.ports.reply import Reply
from storage.models import Outbox
from storage.vocabulary import Delivery
from tests.clock import StillClock
from tests.stage import BareStage, Person


class Platform:
    """A platform that delivers, after it failed in these ways."""

    name = "bare"

    def __init__(self, *trouble: Exception) -> None:
        self._trouble = list(trouble)

    async def run(self) -> None: ...

    async def send(self, address: Address, reply: Reply) -> None:
        if self._trouble:
            raise self._trouble.pop(0)


ENDS: tuple[tuple[tuple[Exception, ...], Delivery], ...] = (
    ((), Delivery.SENT),
    ((TryLater("network"),), Delivery.SENT),
    ((Unreachable("no such chat"),), Delivery.FAILED),
    ((Uncertain("the answer was lost"),), Delivery.SENT),
    ((Uncertain("the answer was lost"), Uncertain("and once more")), Delivery.UNKNOWN),
)
"""What goes wrong with a delivery, and what becomes of it."""


async def test_nothing_tells_when_the_staff_were_told(core: Core, clock: StillClock, stage: BareStage) -> None:
    known = set[int]()
    for number, (trouble, state) in enumerate(ENDS):
        person = Person(stage, f"person-{number}")
        await person.says("/problem")
        clock.forward(minutes=7)
        await person.fills(text="I want to kill myself", name="nameless")
        platform = Platform(*trouble)
        with capture_logs() as told:
            for _ in range(2):
                await Courier(core, {"bare": platform}).drain()
                clock.forward(minutes=3)
        assert [line.get("row") for line in told] == [None] * len(told)
        assert bool(told) is (state in (Delivery.FAILED, Delivery.UNKNOWN))
        rows = await core.store.read(lambda session: session.exec(select(Outbox)).all())
        (row,) = (one for one in rows if one.id not in known)
        known.add(row.id)
        assert row.state is state, trouble
        assert {row.created_at, row.next_at, row.sent_at or row.created_at} == {row.created_at}
        assert row.created_at.minute == row.created_at.second == 0
