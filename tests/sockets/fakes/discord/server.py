"""The fake Discord: REST and gateway on one port, and all that can go wrong on the way."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import cache, partial
from typing import Any, Self

from aiohttp import web

from tests.sockets.fakes.discord import control
from tests.sockets.fakes.discord.faults import Fault
from tests.sockets.fakes.discord.gateway.gateway import Gateway
from tests.sockets.fakes.discord.gateway.notice import notice
from tests.sockets.fakes.discord.journal import JSON, Call, Journal
from tests.sockets.fakes.discord.rest import refusals
from tests.sockets.fakes.discord.rest.form import read
from tests.sockets.fakes.discord.rest.rates import Rates
from tests.sockets.fakes.discord.rest.refusals import Refused
from tests.sockets.fakes.discord.rest.routes import ROUTES, Operation
from tests.sockets.fakes.discord.world import World
from tests.sockets.fakes.faults import Faults
from tests.sockets.fakes.journal import PATIENCE

HOST = "127.0.0.1"
LARGEST = 64 * 1024 * 1024
VIA = {"Via": "1.1 google"}
"""What tells Discord's own answers from Cloudflare's."""
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class FakeDiscord:
    """One server with one bot's world behind it, for any token. Stopped and started again, it keeps all it knows.

    Attributes:
        journal: every request that came.
        gateway: the websockets.
        world: guilds, channels, people, messages, commands.
        rates: the limits it holds bots to.
        faults: what will go wrong.
        bad_tokens: those it refuses.
    """

    def __init__(self, port: int = 0) -> None:
        self.port = port
        self.bad_tokens: set[str] = set()
        self.clear()
        self._runner: web.AppRunner | None = None

    def clear(self) -> None:
        """Forget everything but the address."""
        self.journal, self.world, self.rates, self.faults = Journal(), World(self.url), Rates(), Faults[Fault]()
        self.gateway = Gateway(self.world, lambda token: token not in self.bad_tokens)
        self.world.announce = self.gateway.push

    @property
    def url(self) -> str:
        """The origin."""
        return f"http://{HOST}:{self.port}"

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/v10"

    @property
    def gateway_url(self) -> str:
        return f"ws://{HOST}:{self.port}/"

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen, on the same port as last time."""
        application = web.Application(client_max_size=LARGEST)
        application[FAKE] = self
        for resource in _resources():
            application.router.register_resource(resource)
        application.router.add_route("*", "/api/{path:.*}", self._strayed)
        application.router.add_get("/attachments/{path:.+}", self._downloaded)
        application.router.add_get("/", self._connected)
        control.add(application, self)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.01)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self.port, reuse_address=True).start()
        self.port = self._runner.addresses[0][1]
        self.world.origin = self.url

    async def stop(self) -> None:
        """Vanish: open connections break, the port refuses new ones."""
        runner, self._runner = self._runner, None
        await self.gateway.shut()
        if runner:
            await runner.cleanup()

    def push(self, *events: JSON) -> list[bool]:
        """Let something happen on Discord. Returns which events a bot is told of."""
        for event in events:
            notice(self.world, event["t"], event["d"])
        return [self.gateway.push(event["t"], event["d"]) for event in events]

    def fail(self, method: str, fault: Fault, *, times: int | None = 1, channel: int | None = None) -> None:
        """Let the next requests of an operation fail; `*` is any, None times is until `faults.clear()`."""
        self.faults.add(replace(fault, method=method, times=times, place=channel))

    async def sent(self, method: str, count: int = 1, timeout: float = PATIENCE) -> list[Call]:
        """Every accepted request of an operation, once there are so many; fails when there are not in time."""
        return await self.journal.sent(method, count, timeout)

    async def _called(self, operation: Operation, by_token: bool, request: web.Request) -> web.StreamResponse:
        name = operation.__name__
        if self.faults.take(name, 0, unread=True):
            return _broken(request)
        call = await read(name, request)
        call.channel = self._place(call)
        self.journal.open(call)
        fault = self.faults.take(name, call.channel, unread=False) or Fault()
        answer = self._answer(operation, call, fault, by_token)
        self.journal.settle(call, answer.status)
        if fault.delay:
            await asyncio.sleep(fault.delay)
        return _broken(request) if fault.drop else answer

    def _place(self, call: Call) -> int:
        interaction = self.world.interactions.get(call.path.get("token", ""))
        return interaction.channel if interaction else int(call.path.get("channel", 0))

    def _answer(self, operation: Operation, call: Call, fault: Fault, by_token: bool) -> web.Response:
        headers = VIA if fault.via else {}
        if fault.page:
            if fault.late:
                operation(self.world, call)
            kind = "application/json" if fault.page.startswith(("{", "[")) else "text/html"
            return web.Response(status=fault.status, text=fault.page, content_type=kind, headers=headers)
        try:
            if not by_token and (not call.token or call.token in self.bad_tokens):
                raise refusals.unauthorized()
            headers = {**self.rates.spend(call), **headers}
            if fault.status:
                raise fault.refusal()
            call.result = operation(self.world, call)
        except Refused as refusal:
            call.refused = refusal.content
            call.shared = refusal.headers.get("X-RateLimit-Scope") == "shared"
            return _json(refusal.status, refusal.content, {**headers, **refusal.headers})
        return web.Response(status=204, headers=headers) if call.result is None else _json(200, call.result, headers)

    async def _strayed(self, request: web.Request) -> web.Response:
        self.journal.unknown.append(f"{request.method} {request.path}")
        return _json(404, refusals.nowhere().content, VIA)

    async def _connected(self, request: web.Request) -> web.StreamResponse:
        if self.faults.take("gateway", 0, unread=True):
            return _broken(request)
        fault = self.faults.take("gateway", 0, unread=False) or Fault()
        await asyncio.sleep(fault.delay)
        if fault.status:
            return web.Response(status=fault.status, text=fault.page or fault.message)
        return await self.gateway.serve(request)

    async def _downloaded(self, request: web.Request) -> web.StreamResponse:
        file = self.world.files.get(request.path)
        if file is None:
            return web.Response(status=404, text="This content is no longer available.")
        return web.Response(body=file.content, content_type=file.media_type)


FAKE = web.AppKey("fake", FakeDiscord)


@cache
def _resources() -> tuple[web.AbstractResource, ...]:
    """The operations' addresses, made once: to make them takes longer than most of what a test asks of a fake."""
    router = web.UrlDispatcher()
    for verb, path, operation in ROUTES:
        router.add_route(verb, f"/api/v10{path}", partial(_called, operation, "{token}" in path))
    return tuple(router.resources())


async def _called(operation: Operation, by_token: bool, request: web.Request) -> web.StreamResponse:
    return await request.app[FAKE]._called(operation, by_token, request)


def _json(status: int, content: Any, headers: dict[str, str]) -> web.Response:
    body = json.dumps(content).encode()
    return web.Response(status=status, body=body, content_type="application/json", headers=headers)


def _broken(request: web.Request) -> web.Response:
    """Nothing: the connection is gone before this is written."""
    if request.transport:
        request.transport.abort()
    return web.Response()
