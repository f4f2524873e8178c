"""The fake Telegram: the Bot API's address, its answers, and all that can go wrong on the way."""

import asyncio
import json
import re
from dataclasses import replace
from typing import Any, Self

from aiohttp import web

from tests.sockets.fakes.faults import Faults
from tests.sockets.fakes.journal import PATIENCE, Upload
from tests.sockets.fakes.telegram import control, ephemeral, methods
from tests.sockets.fakes.telegram.faults import Fault
from tests.sockets.fakes.telegram.form import read
from tests.sockets.fakes.telegram.journal import Call, Journal, Refused
from tests.sockets.fakes.telegram.queue import Queue
from tests.sockets.fakes.telegram.world import World

HOST = "127.0.0.1"
TOKEN = re.compile(r"(\d+):[\w-]+")
LARGEST = 64 * 1024 * 1024
NAMES = {
    name.lower(): name for name in (*methods.METHODS, "getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo")
}


class FakeTelegram:
    """One server with one bot's world behind it, for any token. Stopped and started again, it keeps all it knows.

    Attributes:
        journal: every call that came.
        queue: the updates.
        world: chats, people, messages, files, menus.
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
        self.journal, self.queue, self.world, self.faults = Journal(), Queue(), World(), Faults[Fault]()

    @property
    def url(self) -> str:
        """The origin; a bot's base address is this and `/bot`."""
        return f"http://{HOST}:{self.port}"

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen, on the same port as last time."""
        application = web.Application(client_max_size=LARGEST)
        application.router.add_route("*", "/bot{token}/{method}", self._called)
        application.router.add_get("/file/bot{token}/{path:.+}", self._downloaded)
        control.add(application, self)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.001)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self.port, reuse_address=True).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Vanish: open connections break, the port refuses new ones."""
        runner, self._runner = self._runner, None
        self.queue.detach()
        if runner:
            await runner.cleanup()

    def push(self, *updates: dict[str, Any]) -> list[int]:
        """Let something happen on Telegram, malformed or not. Returns the updates' ids."""
        for update in updates:
            self.world.notice(update)
        return self.queue.push(*updates)

    def fail(self, method: str, fault: Fault, *, times: int | None = 1, chat: int | None = None) -> None:
        """Let the next calls of a method fail; `*` is any, None times is until `faults.clear()`."""
        self.faults.add(replace(fault, method=method, times=times, place=chat))

    async def sent(self, method: str, count: int = 1, timeout: float = PATIENCE) -> list[Call]:
        """Every accepted call of a method, once there are so many; fails when there are not in time."""
        return await self.journal.sent(method, count, timeout)

    async def _called(self, request: web.Request) -> web.StreamResponse:
        method = NAMES.get(request.match_info["method"].lower())
        try:
            self._admit(request.match_info["token"])
        except Refused as refusal:
            return _refusal(refusal)
        if method is None or (method in ephemeral.METHODS and self.world.ephemerals.api < ephemeral.FLAT):
            self.journal.unknown.append(request.match_info["method"])
            return _refusal(Refused(404, "Not Found: method not found"))
        if self.faults.take(method, None, unread=True):
            return _broken(request)
        return await self._answered(request, Call(method, *await read(request)))

    async def _answered(self, request: web.Request, call: Call) -> web.StreamResponse:
        self.journal.open(call)
        fault = self.faults.take(call.method, call.chat, unread=False) or Fault()
        try:
            call.result = await self._effect(call, fault)
        except Refused as refusal:
            call.refused = refusal.description
            self.journal.settle(call, refusal.code)
            answer = _refusal(refusal)
        else:
            self.journal.settle(call, 200)
            answer = _json(200, {"ok": True, "result": call.result})
        await asyncio.sleep(fault.delay)
        if fault.page:
            return web.Response(status=fault.code, text=fault.page, content_type="text/html")
        return _broken(request) if fault.drop else answer

    async def _effect(self, call: Call, fault: Fault) -> Any:
        if fault.code:
            raise Refused(fault.code, fault.description, fault.parameters)
        match call.method:
            case "getUpdates":
                return await methods.get_updates(self.queue, call)
            case "setWebhook" | "deleteWebhook":
                return methods.set_webhook(self.queue, call)
            case "getWebhookInfo":
                return methods.webhook_info(self.queue)
        return methods.METHODS[call.method](self.world, call)

    async def _downloaded(self, request: web.Request) -> web.StreamResponse:
        try:
            self._admit(request.match_info["token"])
        except Refused as refusal:
            return _refusal(refusal)
        file = self._stored(request.match_info["path"])
        if file is None:
            return _refusal(Refused(404, "Not Found"))
        return web.Response(body=file.content, content_type="application/octet-stream")

    def _stored(self, path: str) -> Upload | None:
        paths = {self.world.described(identity)["file_path"]: file for identity, file in self.world.files.items()}
        return paths.get(path)

    def _admit(self, token: str) -> None:
        bot = TOKEN.fullmatch(token)
        if not bot:
            raise Refused(404, "Not Found")
        if token in self.bad_tokens:
            raise Refused(401, "Unauthorized")
        self.world.bot = int(bot[1])


def _json(status: int, content: dict[str, Any]) -> web.Response:
    """An answer written as Telegram does, without blanks: the bot reads one that is no error at a glance."""
    body = json.dumps(content, separators=(",", ":")).encode()
    return web.Response(status=status, body=body, content_type="application/json")


def _refusal(refusal: Refused) -> web.Response:
    content = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    return _json(refusal.code, {**content, **({"parameters": refusal.parameters} if refusal.parameters else {})})


def _broken(request: web.Request) -> web.Response:
    """Nothing: the connection is gone before this is written."""
    if request.transport:
        request.transport.abort()
    return web.Response()
