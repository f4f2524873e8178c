"""The server behind the page: it starts, says where, and stops at once."""

import asyncio
import contextlib
import gc
import signal
import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest

from adapters.web import create
from adapters.web.client import Web
from bot.core import Core
from bot.errors import OperatorError
from bot.ports.adapter import Address, TryLater
from bot.ports.inbound import Inbound
from bot.ports.reply import Reply, say
from bot.settings.config import Web as WebSettings
from tests.adapters.web.stage import WebStage
from tests.adapters.web.test_live import watching

SIGTERM_SECONDS = 5
"""The time a stop may take, whoever looks; without its help a server waits for them without end."""


async def _silent(_: Inbound) -> Reply | None:
    return None


def _page(core: Core, port: int = 0) -> Web:
    page = create(replace(core, settings=core.settings.model_copy(update={"web": WebSettings(port=port)})), _silent)
    assert isinstance(page, Web)
    return page


async def test_a_taken_port_is_said_with_the_flag_to_change_it_and_signals_are_left_to_whoever_started_it(
    core: Core,
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(OperatorError, match=f"^Port {port} is taken: choose another with --port.$"):
            await _page(core, port).run()
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    adapter = _page(core)
    # What is owed waits for the page to be open.
    with pytest.raises(TryLater):
        await adapter.send(Address("camille", True, "k"), say("#1 is now planned."))
    running = asyncio.create_task(adapter.run())
    await asyncio.wait_for(adapter.listening.wait(), 60)
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_it_says_where_it_is_and_only_this_machine_reaches_it(
    page: WebStage, capsys: pytest.CaptureFixture[str]
) -> None:
    await page.restart()
    assert capsys.readouterr().err == f"Portevoix demo: http://127.0.0.1:{page.web.port}  (Ctrl-C stops it)\n"
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.2", page.web.port)
    assert (await page.http.get("/")).status_code == 200


async def test_the_rest_of_an_answer_does_not_wait_until_its_beginning_is_acknowledged(page: WebStage) -> None:
    assert (await page.http.get("/static/page.css")).status_code == 200
    accepted = list(_connections(page.web.port))
    assert accepted
    assert all(one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) for one in accepted)


def _connections(port: int) -> Iterator[socket.socket]:
    """The sockets of connections that were accepted on a port."""
    for one in [one for one in gc.get_objects() if type(one) is socket.socket]:
        # A closed or a listening one has no address at its other end.
        with contextlib.suppress(OSError):
            if one.family == socket.AF_INET and one.getpeername() and one.getsockname()[1] == port:
                yield one


async def test_it_stops_at_once_though_somebody_looks_loses_nothing_that_is_owed_and_frees_its_port(
    page: WebStage, core: Core
) -> None:
    port = page.web.port
    async with watching(page, "onlooker") as stream:
        await stream.until(lambda name, _: name == "clock")
        page.running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.wait_for(page.running, SIGTERM_SECONDS)
        with pytest.raises(AssertionError, match="the stream ended"):
            await stream.hears("anything")
    with pytest.raises(TryLater):
        await page.web.send(Address("staff", False, "k"), say("Your week"))
    again = _page(core, port)
    running = asyncio.create_task(again.run())
    await asyncio.wait_for(again.listening.wait(), 60)
    assert again.port == port
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
