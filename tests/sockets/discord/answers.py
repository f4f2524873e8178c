"""The fake Discord of a test, and what it was answered."""

from tests.pictures import png
from tests.sockets.discord.events import JSON
from tests.sockets.fakes.discord import FakeDiscord
from tests.sockets.fakes.discord.world import LOADING, Interaction

PNG = png()


def shown(fake: FakeDiscord, event: JSON) -> str:
    """What stands as the answer to an interaction, deferred or not."""
    done = fake.world.interactions[event["d"]["token"]]
    return str(fake.world.messages[done.channel][done.original or 0]["content"]) if done.original else ""


def is_answered(fake: FakeDiscord, one: Interaction) -> bool:
    """Whether somebody was answered, and not only told that the bot thinks."""
    message = fake.world.messages[one.channel].get(one.original or 0)
    return message is not None and not message["flags"] & LOADING
