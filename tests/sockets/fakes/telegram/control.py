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

from tests.sockets.fakes.control import Desk
from tests.sockets.fakes.telegram.faults import Fault
from tests.sockets.fakes.telegram.journal import Call

if TYPE_CHECKING:
    from tests.sockets.fakes.telegram.server import FakeTelegram


def add(application: web.Application, fake: "FakeTelegram") -> None:
    """Put the controls beside the Bot API."""
    desk = _Desk(fake, Fault, _told)
    desk.add(application, "updates")
    application.router.add_get("/control/state", desk.state)
    application.router.add_post("/control/reset", desk.reset)


class _Desk(Desk["FakeTelegram"]):
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
