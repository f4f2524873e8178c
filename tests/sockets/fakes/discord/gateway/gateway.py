"""The gateway: greets bots, keeps their sessions, tells them what happens, and fails in all of Discord's ways."""

import asyncio
import contextlib
import json
import secrets
from collections import Counter
from collections.abc import Callable
from typing import Any

from aiohttp import WSMsgType, web

from tests.sockets.fakes.discord.gateway.link import (
    ACK,
    HEARTBEAT,
    HELLO,
    IDENTIFY,
    INVALID,
    LARGEST,
    NAMES,
    RECONNECT,
    RESUME,
    Link,
)
from tests.sockets.fakes.discord.gateway.sessions import Session, objection, welcome
from tests.sockets.fakes.discord.world import JSON, World
from tests.sockets.fakes.journal import PATIENCE, Pulse

UNKNOWN_OP, NO_JSON, NOT_IDENTIFIED, TWICE, BAD_SEQUENCE, TIMED_OUT = 4001, 4002, 4003, 4005, 4007, 4009
LEFT = {1000, 1001}
"""The codes with which a bot that closes gives up its session."""


class Gateway:
    """Every connection and session.

    Attributes:
        heartbeat: seconds between a bot's signs of life.
        sessions: by id.
        seen: how often each thing was received: identify, resume, heartbeat.
        identities: what bots identified with.
        lost: events nobody was there for.
    """

    def __init__(self, world: World, admits: Callable[[str], bool]) -> None:
        self.heartbeat = 41.25
        self.sessions: dict[str, Session] = {}
        self.seen: Counter[str] = Counter()
        self.identities: list[JSON] = []
        self.lost: list[str] = []
        self._links: set[Link] = set()
        self._world, self._admits, self._pulse = world, admits, Pulse()

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection, from greeting to end."""
        link = Link(request)
        await link.socket.prepare(request)
        self._links.add(link)
        writing = asyncio.create_task(link.serve())
        link.send(HELLO, {"heartbeat_interval": int(self.heartbeat * 1_000)})
        try:
            await self._listen(link)
        finally:
            self._ended(link)
            writing.cancel()
            with contextlib.suppress(asyncio.CancelledError, ConnectionError):
                await writing
            self._links.discard(link)
            self._pulse.beat()
        return link.socket

    async def _listen(self, link: Link) -> None:
        async for message in link.socket:
            if link.silent or message.type is not WSMsgType.TEXT:
                continue
            try:
                frame: Any = json.loads(message.data) if len(message.data) <= LARGEST else None
                self._received(link, frame["op"], frame.get("d"))
            except (ValueError, TypeError, KeyError, AttributeError):
                link.close(NO_JSON)

    def _received(self, link: Link, op: int, data: Any) -> None:
        self.seen[NAMES.get(op, "unknown")] += 1
        if op == HEARTBEAT:
            link.send(ACK)
        elif op == IDENTIFY:
            self._identify(link, data)
        elif op == RESUME:
            self._resume(link, data)
        elif op not in NAMES:
            link.close(UNKNOWN_OP)
        elif not link.session:
            link.close(NOT_IDENTIFIED)
        self._pulse.beat()

    def _identify(self, link: Link, data: JSON) -> None:
        self.identities.append(data)
        if code := TWICE if link.session else objection(data, self._world, self._admits):
            link.close(code)
            return
        number, count = data.get("shard") or (0, 1)
        session = Session(data["token"], data["intents"], (number, count), link)
        kept = {name: one for name, one in self.sessions.items() if one.link or one.shard != session.shard}
        link.session = secrets.token_hex(16)
        self.sessions = {**kept, link.session: session}
        welcome(link.session, session, self._world)

    def _resume(self, link: Link, data: JSON) -> None:
        session, sequence = self.sessions.get(str(data["session_id"])), data["seq"] or 0
        if not session or session.token != data["token"] or not session.remembers(sequence):
            link.send(INVALID, data=False)
            return
        if sequence > session.sequence:
            link.close(BAD_SEQUENCE)
            return
        if session.link:
            session.link.abort()
        link.session = str(data["session_id"])
        session.replay(link, sequence)

    def push(self, event: str, data: JSON) -> bool:
        """Tell the bots it concerns; returns whether there was one, connected or about to resume."""
        told = [session.offer(event, data) for session in self.sessions.values()]
        if not told:
            self.lost.append(event)
        return any(told)

    def reconnect(self) -> None:
        """Ask every bot to come back (op 7)."""
        for link in self._live():
            link.send(RECONNECT)

    def invalidate(self, *, resumable: bool = False) -> None:
        """Declare every session invalid (op 9), for good unless `resumable`."""
        live = self._live()
        if not resumable:
            self.forget()
        for link in live:
            link.send(INVALID, data=resumable)

    def forget(self) -> None:
        """No session can be resumed any more."""
        for link in self._live():
            link.session = ""
        self.sessions.clear()

    def close(self, code: int) -> None:
        """Close every connection with a code."""
        live = self._live()
        if code in {BAD_SEQUENCE, TIMED_OUT}:
            self.forget()
        for link in live:
            link.close(code)

    def drop(self) -> None:
        """Break every connection; what happens until a bot resumes waits for it."""
        for link in list(self._links):
            self._ended(link)
            link.abort()

    async def shut(self) -> None:
        """Break every connection, and wait until all are gone."""
        self.drop()
        await self._pulse.until(lambda: not self._links, PATIENCE)

    def silence(self) -> None:
        """Die without a word: connections stand, nothing comes through them any more."""
        for link in self._live():
            link.silent = True

    async def received(self, name: str, count: int = 1, timeout: float = PATIENCE) -> None:
        """Wait until something was received so often; fails when it was not in time."""
        try:
            await self._pulse.until(lambda: self.seen[name] >= count, timeout)
        except TimeoutError:
            raise AssertionError(f"{name} came {self.seen[name]} times, not {count}, in {timeout} s") from None

    def _live(self) -> list[Link]:
        return [session.link for session in self.sessions.values() if session.link]

    def _ended(self, link: Link) -> None:
        """A connection is over; the session waits, unless the bot gave it up."""
        session = self.sessions.get(link.session)
        if session and session.link is link:
            session.link = None
            if link.left in LEFT:
                del self.sessions[link.session]
