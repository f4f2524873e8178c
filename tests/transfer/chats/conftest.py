"""Chats that are looked through."""

import io
from zoneinfo import ZoneInfo

import pytest

from bot.transfer.chats.gathering import Gathered, Gathering
from bot.transfer.chats.reading import Chat
from bot.transfer.incoming.reading.source import Source
from tests.transfer.chats.exports import LAYOUTS

PARIS = ZoneInfo("Europe/Paris")


def opened(content: str, platform: str) -> Chat:
    """A file as a chat."""
    return Chat(Source(io.BytesIO(content.encode()), "chat.json", "utf-8"), platform, PARIS)


def gathered(content: str, platform: str) -> Gathered:
    """What comes of a file."""
    return Gathering(PARIS).gather(opened(content, platform).messages())


@pytest.fixture(params=LAYOUTS)
def platform(request: pytest.FixtureRequest) -> str:
    return str(request.param)
