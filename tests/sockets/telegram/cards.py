"""Cards on the fake Telegram: a bot that keeps them, and what stands in the group."""

from telegram import Bot

from adapters.telegram.outgoing.cards import Cards
from adapters.telegram.outgoing.refusals import Refusals
from adapters.telegram.places import PLATFORM
from adapters.telegram.transport.calls import Calls, allow_raw_calls
from adapters.telegram.transport.lost_answers import LostAnswers
from bot.core import Core
from bot.privacy.left_places import LeftPlaces
from tests.sockets.fakes.telegram import FakeTelegram
from tests.sockets.updates import JSON

GROUP = -100_123
PLACE, TOPIC = str(GROUP), f"{GROUP}:77"


def cards_of(core: Core, bot: Bot) -> Cards:
    """The cards of a bot that just started."""
    allow_raw_calls()
    return Cards(core, Calls(bot), bot, Refusals(LostAnswers(bot.get_me), lambda: False), LeftPlaces(core, PLATFORM))


def shown(fake: FakeTelegram, message: str) -> JSON:
    """A message as it stands; empty when it is not there."""
    chat, _, number = message.partition("/")
    return fake.world.messages.get((int(chat), int(number)), {})
