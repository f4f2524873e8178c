"""The fake Discord of a test, and what it was answered."""

from tests.sockets.discord.events import JSON
from tests.sockets.fakes.discord import FakeDiscord

PNG = b"\x89PNG\r\n\x1a\n a picture"


def shown(fake: FakeDiscord, event: JSON) -> str:
    """What stands as the answer to an interaction, deferred or not."""
    done = fake.world.interactions[event["d"]["token"]]
    return str(fake.world.messages[done.channel][done.original or 0]["content"]) if done.original else ""
