"""The fake's controls over HTTP, for tests and benchmarks in other processes.

POST   /control/events    [{"t": …, "d": …}, …]        push; answers which a bot is told of
POST   /control/faults    {"method": …, "status": …}   the fields of `Fault`
DELETE /control/faults
POST   /control/gateway   {"act": …, "code": …}        reconnect, invalidate, resumable, forget, drop, silence, close
POST   /control/world     {"shards": …, …}             shards, privileged; patience, heartbeat in seconds
POST   /control/rates     {"method": …, "count": …, "seconds": …}
POST   /control/files     ?name=&channel=              keep the body as a file; answers its attachment
GET    /control/calls     ?method=&count=&timeout=     wait for so many accepted requests; answers them
GET    /control/state                                  counts, sessions, invalid requests, what nobody answers
POST   /control/reset                                  forget everything
"""

from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.sockets.fakes.control import Desk
from tests.sockets.fakes.discord.faults import Fault
from tests.sockets.fakes.discord.journal import Call
from tests.sockets.fakes.journal import Upload

if TYPE_CHECKING:
    from tests.sockets.fakes.discord.server import FakeDiscord


def add(application: web.Application, fake: "FakeDiscord") -> None:
    """Put the controls beside the API."""
    desk = _Desk(fake, Fault, _told)
    desk.add(application, "events")
    application.router.add_post("/control/gateway", desk.disturb)
    application.router.add_post("/control/world", desk.arrange)
    application.router.add_post("/control/rates", desk.allow)
    application.router.add_post("/control/files", desk.keep)
    application.router.add_get("/control/state", desk.state)
    application.router.add_post("/control/reset", desk.reset)


class _Desk(Desk["FakeDiscord"]):
    async def disturb(self, request: web.Request) -> web.Response:
        asked, gateway = await request.json(), self._fake.gateway
        match asked["act"]:
            case "close":
                gateway.close(asked["code"])
            case "invalidate" | "resumable" as act:
                gateway.invalidate(resumable=act == "resumable")
            case "reconnect" | "forget" | "drop" | "silence" as act:
                getattr(gateway, act)()
            case _:
                raise web.HTTPBadRequest
        return web.json_response({})

    async def arrange(self, request: web.Request) -> web.Response:
        asked, world = await request.json(), self._fake.world
        world.shards = asked.get("shards", world.shards)
        world.privileged = asked.get("privileged", world.privileged)
        world.patience = asked.get("patience", world.patience)
        self._fake.gateway.heartbeat = asked.get("heartbeat", self._fake.gateway.heartbeat)
        return web.json_response({})

    async def allow(self, request: web.Request) -> web.Response:
        self._fake.rates.allow(**await request.json())
        return web.json_response({})

    async def keep(self, request: web.Request) -> web.Response:
        file = Upload(request.query["name"], request.content_type, await request.read())
        return web.json_response(self._fake.world.keep(file, int(request.query.get("channel", "0"))))

    async def state(self, _: web.Request) -> web.Response:
        journal, gateway = self._fake.journal, self._fake.gateway
        told = {"sessions": len(gateway.sessions), "seen": dict(gateway.seen), "lost": len(gateway.lost)}
        spent = {"sent": journal.counts(), "invalid": journal.invalid, "unknown": journal.unknown}
        return web.json_response({**told, **spent})

    async def reset(self, _: web.Request) -> web.Response:
        self._fake.gateway.drop()
        self._fake.clear()
        return web.json_response({})


def _told(call: Call) -> dict[str, Any]:
    files = [{"name": file.name, "bytes": len(file.content)} for file in call.files]
    made = {"method": call.method, "at": call.at, "path": dict(call.path), "payload": call.payload}
    return {**made, "files": files, "result": call.result}
