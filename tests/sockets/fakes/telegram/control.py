"""The fake's controls over HTTP, for tests and benchmarks in other processes.

POST   /control/updates   [update, …]                  push; answers their ids
POST   /control/faults    {"method": …, "code": …, …}  the fields of `Fault`
DELETE /control/faults
GET    /control/calls     ?method=&count=&timeout=     wait for so many accepted calls; answers them
GET    /control/state                                  counts, pending updates, polls
POST   /control/reset                                  forget everything
"""

from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.sockets.fakes.telegram.faults import Fault
from tests.sockets.fakes.telegram.journal import Call

if TYPE_CHECKING:
    from tests.sockets.fakes.telegram.server import FakeTelegram


def add(application: web.Application, fake: "FakeTelegram") -> None:
    """Put the controls beside the Bot API."""
    desk = _Desk(fake)
    application.router.add_post("/control/updates", desk.push)
    application.router.add_post("/control/faults", desk.fail)
    application.router.add_delete("/control/faults", desk.mend)
    application.router.add_get("/control/calls", desk.calls)
    application.router.add_get("/control/state", desk.state)
    application.router.add_post("/control/reset", desk.reset)


class _Desk:
    def __init__(self, fake: "FakeTelegram") -> None:
        self._fake = fake

    async def push(self, request: web.Request) -> web.Response:
        return web.json_response(self._fake.push(*await request.json()))

    async def fail(self, request: web.Request) -> web.Response:
        self._fake.faults.add(Fault(**await request.json()))
        return web.json_response({})

    async def mend(self, _: web.Request) -> web.Response:
        self._fake.faults.clear()
        return web.json_response({})

    async def calls(self, request: web.Request) -> web.Response:
        asked = request.query
        count, seconds = int(asked.get("count", "0")), float(asked.get("timeout", "5"))
        try:
            calls = await self._fake.sent(asked["method"], count, seconds)
        except AssertionError as late:
            return web.json_response({"error": str(late)}, status=408)
        return web.json_response([_told(call) for call in calls])

    async def state(self, _: web.Request) -> web.Response:
        fake = self._fake
        queue = {"pending": len(fake.queue.pending), "confirmed": len(fake.queue.confirmed), "polls": fake.queue.polls}
        return web.json_response({**queue, "sent": fake.journal.counts()})

    async def reset(self, _: web.Request) -> web.Response:
        self._fake.queue.detach()
        self._fake.clear()
        return web.json_response({})


def _told(call: Call) -> dict[str, Any]:
    files = {name: {"name": file.name, "bytes": len(file.content)} for name, file in call.files.items()}
    return {"method": call.method, "at": call.at, "parameters": call.parameters, "shown": call.shown, "files": files}
