"""Places for cards on the fake Discord, and faces of cards."""

from copy import deepcopy
from typing import Any

from bot.ports.card import Face
from bot.ports.reply import Accent, Block, Button, Buttons, Image, Paragraph, Quote, Reply, Title
from tests.pictures import png
from tests.sockets.discord.events import JSON, MEMBER, channel, forum, guild, joined, member, role
from tests.sockets.discord.running import CAMILLE
from tests.sockets.fakes.discord import FakeDiscord
from tests.sockets.fakes.discord.world import EPHEMERAL

HALL, IDEAS = 21 << 22, 22 << 22
"""A text channel and a forum."""
STAFF = 9
"""A role of the bot's own."""
TITLE = "A bench by the school"


def tag(identity: int, name: str, *, moderated: bool = False) -> JSON:
    return {"id": str(identity), "name": name, "moderated": moderated, "emoji_id": None, "emoji_name": None}


def build(fake: FakeDiscord, *tags: JSON, rights: int = 0, requires: bool = False) -> None:
    """Add a guild with a text channel and a forum.

    Args:
        tags: those of the forum.
        rights: the bot's, beside a member's.
    """
    places = [channel(HALL, "hall"), forum(IDEAS, "ideas", tags, requires=requires)]
    own = role(STAFF, "bots", MEMBER | rights)
    fake.push(joined(deepcopy(guild(2 << 30, "Hill", places, [own], [member(CAMILLE)], bot_roles=[STAFF]))))


def face(
    words: str = "12 people support it.",
    *more: Block,
    title: str = TITLE,
    tags: tuple[str, ...] = ("received",),
    closed: bool = False,
) -> Face:
    """What a card shows."""
    buttons = () if closed else (Buttons((Button("Support", token="s12"), Button("Follow", token="f12"))),)
    blocks = (Title("#12"), Quote(title, "#12"), Paragraph(words), *more, *buttons)
    return Face(Reply(blocks, private=False, accent=Accent.DONE if closed else Accent.IDEA), title, tags, closed)


def picture(colour: str = "teal") -> Image:
    return Image(png(colour), "A bench")


def posts(fake: FakeDiscord) -> list[JSON]:
    """The posts of the forum, archived ones too, the oldest first."""
    return [one for _, one in sorted(fake.world.channels.items()) if one.get("parent_id") == str(IDEAS)]


def cards(fake: FakeDiscord, place: int = HALL) -> list[JSON]:
    """The bot's messages in a channel or post that all see, the oldest first."""
    return [one for one in fake.world.messages[place].values() if one["author"]["bot"] and not one["flags"] & EPHEMERAL]


def words_of(message: JSON) -> str:
    """The texts of a card."""
    return "\n".join(_texts(message["components"]))


def _texts(components: list[Any]) -> list[str]:
    found = []
    for one in components:
        found += [one["content"]] if "content" in one else []
        found += _texts(one.get("components") or [])
    return found


def tag_names(fake: FakeDiscord, post: JSON) -> list[str]:
    """The names of a post's tags."""
    known = {one["id"]: one["name"] for one in fake.world.channels[IDEAS]["available_tags"]}
    return [known[number] for number in post["applied_tags"]]
