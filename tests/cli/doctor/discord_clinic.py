"""A server with its channels on the fake Discord, and what doctor says of it."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import discord
import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route
from sqlmodel import Session

from adapters.discord.commands.definitions import definitions
from adapters.discord.needs import NEEDS
from bot.clock import SystemClock
from bot.operations.assembly import open_core
from bot.settings.config import Settings
from storage.people import communities
from tests.cli.background import listening
from tests.cli.conftest import Shell
from tests.cli.data.test_outbox import writes
from tests.cli.doctor.clinic import Begun, begin
from tests.sockets.discord.events import channel, guild, joined, role
from tests.sockets.fakes.discord import FakeDiscord
from tests.sockets.fakes.discord.world import JSON

TOKEN = "MTIz.secret.of-the-bot"
SERVER, TOWN, TEAM, THREAD, FORUM, BOTS = 500, 501, 502, 503, 504, 509
"""A server, its channel for all, the team's own, a thread in that, a forum, and the bot's role."""
STAFF = f"discord staff place {TEAM}"
PLACE = f"discord place {SERVER}"
ALL = discord.Permissions(**dict.fromkeys(NEEDS, True)).value


@contextmanager
def connected(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeDiscord]:
    """A Discord that listens; the library finds its own again afterwards."""
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    with listening(FakeDiscord()) as server:
        yield server


def sound(shell: Shell, fake: FakeDiscord, begun: Begun) -> Shell:
    """A server and a staff channel that are known, and commands that are registered."""
    env = {
        "PORTEVOIX_COMMUNITIES": community(TEAM),
        "PORTEVOIX_DISCORD__TOKEN": TOKEN,
        "PORTEVOIX_DISCORD__API_URL": fake.api_url,
        "PORTEVOIX_DISCORD__GATEWAY_URL": fake.gateway_url,
    }
    own = Shell(shell.home, {**shell.env, **env})
    begin(own, begun, "discord", str(SERVER))
    settles(fake)
    fake.world.commands[0] = json.loads(described())
    return own


def community(staff: object) -> str:
    """The settings of a community with this staff place."""
    return f'[{{"key": "plaza", "name": "Plaza", "staff": {{"platform": "discord", "place": "{staff}"}}}}]'


def settles(fake: FakeDiscord, everyone: int | None = None, bots: int = ALL, **team: Any) -> None:
    """The server, where the bot's role is let into the team's channel; what differs is given."""
    forum = {**channel(FORUM, "ideas", only=[BOTS]), "type": 15}
    places = [channel(TOWN, "town"), {**channel(TEAM, "team", only=[BOTS]), **team}, forum]
    made = guild(SERVER, "Plaza", places, [role(BOTS, "Bots", bots)], bot_roles=[BOTS])
    if everyone is not None:
        made["roles"][0]["permissions"] = str(everyone)
    fake.push(joined(made))
    fake.world.channels[THREAD] = thread()


def thread() -> JSON:
    """A thread of the team's channel."""
    state = {"archived": False, "locked": False, "archive_timestamp": "2026-01-01T00:00:00+00:00"}
    counts = {"message_count": 0, "member_count": 1, "rate_limit_per_user": 0, "flags": 0}
    head = {"id": str(THREAD), "type": 11, "name": "desk", "parent_id": str(TEAM), "owner_id": "1"}
    return {**head, "guild_id": str(SERVER), "thread_metadata": {**state, "auto_archive_duration": 1440}, **counts}


@cache
def described() -> str:
    """The commands as they are registered, as JSON: always the same."""

    async def describe() -> list[JSON]:
        core = await open_core(Settings(database="sqlite:///described.db"), SystemClock())
        try:
            return [{**one, "id": str(place)} for place, one in enumerate(definitions(core), 1)]
        finally:
            core.store.close()

    return json.dumps(asyncio.run(describe()))


def joins(shell: Shell, place: str) -> None:
    """Make a place the community's."""

    def job(session: Session) -> None:
        communities.join_place(session, communities.every(session)[0].id, "discord", place, staff=False)

    writes(shell, job)


def report(shell: Shell, **env: str) -> dict[str, dict[str, str]]:
    """What doctor says of Discord: under `ok` and `mend`, by what it is about."""
    said = shell.types("doctor", **env)
    assert TOKEN not in said.out + said.err
    found: dict[str, dict[str, str]] = {"ok": {}, "mend": {}}
    for line in said.out.splitlines():
        about, _, words = line[6:].partition(": ")
        if about.startswith("discord"):
            found[line[:4].strip()][about] = words
    return found


def finds(shell: Shell, about: str, *words: str, **env: str) -> None:
    """Check that just one thing has to be mended on Discord, and how."""
    found = report(shell, **env)["mend"]
    assert list(found) == [about], found
    assert [part for part in words if part not in found[about]] == [], found


def notes(shell: Shell, about: str, *words: str, **env: str) -> None:
    """Check that nothing has to be mended on Discord, and what is said of one thing."""
    found = report(shell, **env)
    assert found["mend"] == {}
    assert [part for part in words if part not in found["ok"][about]] == [], found
