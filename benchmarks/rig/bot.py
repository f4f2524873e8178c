"""Runs a core without a platform, for benchmarks below the adapters."""

import random
import re
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path

from bot.clock import SystemClock
from bot.core import Core
from bot.dispatch.app import App
from bot.dispatch.policy import Policy
from bot.operations.assembly import open_core
from bot.ports.inbound import Actor, Chat, Inbound, Role
from bot.ports.reply import Reply
from bot.settings.config import Limits, Settings, load

BOUNDLESS = Limits(
    filings="1000000 per minute", questions="1000000 per minute", commands="1000000 per minute", open_items=1_000_000
)
"""Rate limits that are never reached."""
PLATFORM = "bench"
BENCHMARKS = Path(__file__).parents[1]
EVERYDAY = BENCHMARKS.parent / "bot" / "language" / "encoding" / "everyday.txt"
WISHES = BENCHMARKS / "language" / "wishes.txt"
LENGTH = 8
"""The number of words of a suggestion, besides its number."""


class Crowd:
    """Simulated people who send messages to a core."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self._wishes = count()
        self._app = App(core, Policy(core.settings.limits))
        self._events = count()

    async def say(self, text: str, person: int = 0, role: Role = Role.MEMBER) -> Reply:
        """Send a person's message, and return the reply; raises RuntimeError when there is none."""
        return await self._do(person, role, text=text)

    async def suggest(self, person: int = 0) -> Reply:
        """File a new suggestion, and return the receipt; raises RuntimeError when there is none."""
        return await self.say(f"/suggest {wish(next(self._wishes))}", person)

    async def press(self, token: str, person: int = 0, role: Role = Role.MEMBER) -> Reply:
        """Press a button as a person, and return the reply; raises RuntimeError when there is none."""
        return await self._do(person, role, button=token)

    async def _do(self, person: int, role: Role, text: str = "", button: str | None = None) -> Reply:
        inbound = Inbound(
            id=f"event-{next(self._events)}",
            actor=account(person, role),
            chat=Chat(PLATFORM, f"chat-{person}", private=True),
            at=datetime.now(UTC),
            text=text,
            button=button,
        )
        reply = await self._app.handle(inbound)
        if reply is None:
            raise RuntimeError("nothing was answered")
        return reply


def wish(number: int) -> str:
    """A suggestion's text, different for each number: a text similar to another would not be filed directly.

    It is sampled from everyday words, so that texts share some, as they do in one community. The number at its end
    makes it different from texts that happen to be similar.
    """
    words = _vocabulary()
    drawn = random.Random(number).choices(words, k=LENGTH)  # noqa: S311 - the same draw each time is meant
    return f"{' '.join(drawn)} {number}"


@cache
def _vocabulary() -> Sequence[str]:
    texts = (folder.read_text(encoding="utf-8") for folder in (EVERYDAY, WISHES))
    return sorted({word.lower() for text in texts for word in re.findall(r"[^\W\d_]{4,}", text)})


def account(person: int, role: Role = Role.MEMBER) -> Actor:
    """The account of the person with this number."""
    return Actor(PLATFORM, f"person-{person}", "Zoé", role)


OPEN = ({"key": "default", "name": "Portevoix", "open": True},)
"""A community that accepts people the bot has not seen in a place."""


def settings(folder: Path) -> Settings:
    """Settings for a new database in a folder."""
    return load(
        from_file=False,
        database=f"sqlite:///{folder}/bench.db",
        key_file=folder / "key",
        limits=BOUNDLESS,
        communities=OPEN,
    )


@asynccontextmanager
async def crowd() -> AsyncIterator[Crowd]:
    """A crowd with a new, encrypted database in a temporary folder on this disk."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        core = await open_core(settings(Path(folder)), SystemClock())
        try:
            yield Crowd(core)
        finally:
            core.store.close()
