"""The updates Telegram keeps for a bot until it confirms them, fetched by polling or posted to its webhook."""

import asyncio
import contextlib
from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.sockets.fakes.journal import PATIENCE, Pulse
from tests.sockets.fakes.telegram.journal import Refused

LONGEST_POLL = 50
MOST = 100
PAUSE = 0.02
"""Seconds before a webhook that refused an update is offered it again."""
STOLEN = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
HOOKED = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass
class Hook:
    """Where updates are posted."""

    url: str
    secret: str = ""
    error: str = ""


class Queue:
    """Updates in the order they came.

    Attributes:
        pending: those not confirmed, the oldest first.
        confirmed: the ids of the others.
        hook: the webhook, if one is set.
        polls: how often updates were asked for.
    """

    def __init__(self) -> None:
        self.pending: list[dict[str, Any]] = []
        self.confirmed: list[int] = []
        self.hook: Hook | None = None
        self.polls = 0
        self._next = 1
        self._posting: asyncio.Task[None] | None = None
        self._pulse = Pulse()

    def push(self, *updates: dict[str, Any]) -> list[int]:
        """Add updates, malformed or not; those without an id get the next one. Returns their ids."""
        for update in updates:
            number = update.get("update_id", self._next)
            self.pending.append({**update, "update_id": number})
            self._next = max(self._next, number + 1)
        self._pulse.beat()
        return [one["update_id"] for one in self.pending[len(self.pending) - len(updates) :]]

    async def pull(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """The oldest updates that are not confirmed, as soon as there are any.

        Args:
            offset: confirms all before it; negative: forgets all but so many of the newest.
            limit: the most to return.
            seconds: how long to wait for one.

        Raises:
            Refused: a webhook is set, or somebody else asked meanwhile.
        """
        if self.hook:
            raise Refused(409, HOOKED)
        self.polls += 1
        mine = self.polls
        self._confirm(offset)
        self._pulse.beat()
        with contextlib.suppress(TimeoutError):
            await self._pulse.until(lambda: self.pending or self.polls != mine or self.hook, min(seconds, LONGEST_POLL))
        if self.hook:
            raise Refused(409, "Conflict: terminated by setWebhook request")
        if self.polls != mine:
            raise Refused(409, STOLEN)
        return self.pending[: max(1, min(limit, MOST))]

    async def emptied(self, timeout: float = PATIENCE) -> None:
        """Wait until every update is confirmed."""
        await self._pulse.until(lambda: not self.pending, timeout)

    def forget(self) -> None:
        """Drop what is pending, as `drop_pending_updates` asks."""
        self.pending.clear()
        self._pulse.beat()

    def attach(self, url: str, secret: str) -> None:
        """Post updates there from now on."""
        self.detach()
        self.hook = Hook(url, secret)
        self._posting = asyncio.create_task(self._post(self.hook))
        self._pulse.beat()

    def detach(self) -> None:
        """Keep updates for polling again."""
        self.hook = None
        if self._posting:
            self._posting.cancel()
            self._posting = None

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            offset = min((one["update_id"] for one in self.pending[offset:]), default=0)
        self.confirmed += [one["update_id"] for one in self.pending if one["update_id"] < offset]
        self.pending = [one for one in self.pending if one["update_id"] >= offset]

    async def _post(self, hook: Hook) -> None:
        headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
        async with aiohttp.ClientSession(headers=headers) as session:
            while True:
                await self._pulse.until(lambda: self.pending, 3600)
                hook.error = await _posted(session, hook.url, self.pending[0])
                if hook.error:
                    await asyncio.sleep(PAUSE)
                else:
                    self._confirm(self.pending[0]["update_id"] + 1)
                    self._pulse.beat()


async def _posted(session: aiohttp.ClientSession, url: str, update: dict[str, Any]) -> str:
    """Post one update; returns what went wrong, in Telegram's words."""
    try:
        async with session.post(url, json=update) as answer:
            return "" if answer.ok else f"Wrong response from the webhook: {answer.status} {answer.reason}"
    except (aiohttp.ClientError, OSError):
        return "Connection refused"
