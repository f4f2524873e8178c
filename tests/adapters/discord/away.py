"""A bot that goes away and comes back, and what people write to it meanwhile."""

from tests.adapters.discord.stage import DiscordStage
from tests.stage import Person

QUESTION = "Can I give frozen food?"


def looked_into(stage: DiscordStage, person: Person) -> int:
    """How often the bot read what somebody wrote to it alone."""
    path = f"/channels/{stage.env.backend.get_dm_channel(stage.actor(person).id).id}/messages"
    return len([one for one in stage.env.http_requests if one.method == "GET" and one.path.endswith(path)])
