"""The controls over HTTP that every fake has, for tests and benchmarks in other processes."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from aiohttp import web

from tests.sockets.fakes.faults import Faults


class Fake(Protocol):
    """A fake platform."""

    @property
    def faults(self) -> Faults[Any]: ...

    def push(self, *happened: Any) -> Sequence[Any]: ...

    async def sent(self, method: str, count: int = 1, timeout: float = 0) -> Sequence[Any]: ...


FakeT = TypeVar("FakeT", bound=Fake)


class Desk(Generic[FakeT]):
    """Handles what is asked of a fake.

    Args:
        fake: the platform.
        fault: makes a fault from its fields.
        tell: a request as JSON.
    """

    def __init__(self, fake: FakeT, fault: Callable[..., Any], tell: Callable[[Any], dict[str, Any]]) -> None:
        self._fake, self._fault, self._tell = fake, fault, tell

    def add(self, application: web.Application, happened: str) -> None:
        """Put the controls beside the API; `happened` is the platform's word for what it tells a bot."""
        application.router.add_post(f"/control/{happened}", self.push)
        application.router.add_post("/control/faults", self.fail)
        application.router.add_delete("/control/faults", self.mend)
        application.router.add_get("/control/calls", self.calls)

    async def push(self, request: web.Request) -> web.Response:
        return web.json_response(self._fake.push(*await request.json()))

    async def fail(self, request: web.Request) -> web.Response:
        self._fake.faults.add(self._fault(**await request.json()))
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
        return web.json_response([self._tell(call) for call in calls])
