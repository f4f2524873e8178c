"""An alert in the staff's chat on Telegram: one message, edited in place, whose buttons act there."""

from bot.features.alerts.posting import Poster
from bot.features.alerts.watch import Watch
from tests.adapters.telegram.reading import Shown
from tests.adapters.telegram.stage import STAFF, TelegramStage
from tests.clock import StillClock
from tests.features.alerts.conftest import MANY, Crisis, calm
from tests.features.cards.board import FakeBoard
from tests.stage import BareStage, Person


async def test_an_alert_is_one_message_that_is_edited(telegram: TelegramStage, omar: Person, clock: StillClock) -> None:
    crisis = Crisis(BareStage(telegram.core), clock, FakeBoard())
    watch, poster = Watch(telegram.core), Poster(telegram.core, {"telegram": telegram.telegram})
    await calm(telegram.core)
    await crisis.write(MANY)
    await _look(watch, poster, clock)
    (message,) = _standing(telegram)
    assert "Unusual: Text code" in message
    assert "16 problems, 16 people since" in message

    (posted,) = [call for call in await telegram.fake.sent("sendMessage") if call.chat == STAFF]
    telegram.shown.append(Shown(STAFF, [posted]))
    await omar.presses("I'm on it")
    await crisis.write(MANY[:4], who="Later")
    await _look(watch, poster, clock)
    (message,) = _standing(telegram)
    assert "20 problems, 20 people since" in message
    assert "On it: omar." in message


async def _look(watch: Watch, poster: Poster, clock: StillClock) -> None:
    clock.forward(minutes=3)
    await watch.catch_up()
    await poster.look()


def _standing(telegram: TelegramStage) -> list[str]:
    return [message["text"] for (chat, _), message in telegram.fake.world.messages.items() if chat == STAFF]
