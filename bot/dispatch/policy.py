"""Checks roles and rate limits of calls."""

import math
import time
from collections.abc import Callable
from contextlib import suppress

from limits import parse

from bot.commands.registry import Command
from bot.context import Context
from bot.delivery.envelope import account_mark
from bot.dispatch.window import Window
from bot.errors import UserError
from bot.ports.inbound import Role
from bot.settings.config import Limits
from storage.engine.errors import StoreError
from storage.traffic import rates


class Policy:
    """The roles and rate limits. Calls are counted in memory, so a restart resets the limits.

    Where other processes answer too, they are counted in the store instead, unless that refuses.

    Args:
        now: a monotonic clock, in seconds.
    """

    def __init__(self, limits: Limits, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._rates = {
            name: parse(getattr(limits, name)) for name in ("filings", "questions", "commands", "exports", "links")
        }
        self._windows = {name: Window(rate.amount, rate.get_expiry()) for name, rate in self._rates.items()}

    def may(self, role: Role, command: Command) -> bool:
        """Whether a role may use a command."""
        return role >= command.role

    def admit(self, ctx: Context, command: Command) -> None:
        """Check that the person may use a command.

        Raises:
            UserError: their role is too low.
        """
        if self.may(ctx.inbound.actor.role, command):
            return
        if command.role is Role.STAFF:
            raise UserError(ctx.speech.say("This is for the staff. /help shows what you can do here."))
        raise UserError(ctx.speech.say("This is for moderators. /help shows what you can do here."))

    async def count(self, ctx: Context, command: Command, rate_name: str = "") -> None:
        """Count a call against the person's rate limit.

        Args:
            rate_name: the rate limit; by default the command's own. Commands without one are not counted.

        Raises:
            UserError: the limit is reached; the message says when a call is possible again.
        """
        if not command.limited:
            return
        name, wait = rate_name or command.limited, None
        if ctx.core.store.has_others:
            # What only reads is answered on a full disk, too.
            with suppress(StoreError):
                wait = await self._count_in_store(ctx, name)
        if wait is None:
            actor = ctx.inbound.actor
            wait = self._windows[name].count((actor.platform, actor.id), self._now())
        if wait:
            raise UserError(_wait(ctx, math.ceil(wait)))

    async def _count_in_store(self, ctx: Context, name: str) -> float:
        rate, store, now = self._rates[name], ctx.core.store, ctx.core.clock.now()
        holder, most, seconds = account_mark(store.keys, ctx.inbound.actor), rate.amount, rate.get_expiry()
        return await store.write(lambda session: rates.count(session, store.keys, holder, name, most, seconds, now))


def _wait(ctx: Context, seconds: int) -> str:
    if seconds < 60:
        return ctx.speech.count(
            "That is a lot at once, thank you. There is room again in {n} second; nothing of this message was kept.",
            "That is a lot at once, thank you. There is room again in {n} seconds; nothing of this message was kept.",
            seconds,
        )
    return ctx.speech.count(
        "That is a lot at once, thank you. There is room again in {n} minute; nothing of this message was kept.",
        "That is a lot at once, thank you. There is room again in {n} minutes; nothing of this message was kept.",
        -(-seconds // 60),
    )
