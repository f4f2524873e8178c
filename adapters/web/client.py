"""The demo's adapter: serves the page on 127.0.0.1 and shows the bot's messages on it."""

import asyncio
import contextlib
import errno
import os
import socket
import sys
from collections.abc import Callable, Iterator

import uvicorn

from adapters.web.board import IDEAS, Board
from adapters.web.personas import PLATFORM, Cast
from adapters.web.routes import application
from adapters.web.scene import Scene
from adapters.web.timeline import Pane
from bot.core import Core
from bot.errors import OperatorError
from bot.ports.adapter import Address, Handle, Offline, TryLater, Unreachable
from bot.ports.card import Face
from bot.ports.reply import Reply
from storage.items.public import cards

HOST = "127.0.0.1"
RETRY_SECONDS = 1.0
"""Seconds after which a delivery is retried while the page is not served."""

MOST_SECONDS = 1.0
"""Seconds a running request may take to finish when the server stops."""


class Web:
    """The demo as the core sees it: implements `bot.ports.adapter.Platform`.

    Attributes:
        port: the port it listens on, once `listening` is set.
    """

    name = PLATFORM

    def __init__(self, core: Core, handle: Handle, cast: Cast) -> None:
        self.scene = Scene(core, handle, cast)
        self.port = core.settings.web.port
        self.listening = asyncio.Event()

    async def run(self) -> None:
        """Serve until cancelled.

        Raises:
            OperatorError: the port cannot be listened on.
        """
        with _listen(self.port) as listener:
            self.port = listener.getsockname()[1]
            await self.scene.restore_digests()
            await self.scene.core.store.write(lambda session: cards.mark_all_lost(session, PLATFORM))
            server = _Server(_config(self.scene, self.port), self._opened)
            serving = asyncio.create_task(server.serve(sockets=[listener]))
            try:
                await asyncio.shield(serving)
            finally:
                self.listening.clear()
                self.scene.timeline.close()
                server.stop.set()
                await serving

    async def send(self, address: Address, reply: Reply) -> None:
        """Show a reply in the staff's pane, in the community's pane, or to one person.

        Raises:
            Unreachable: the page has no such place or person.
            TryLater: the page is not served.
        """
        if not self.listening.is_set():
            raise TryLater("the page is not open", RETRY_SECONDS)
        self.scene.deliver(address, reply)

    async def post(self, place: str, key: str, face: Face) -> str:
        """Show a card, as `bot.ports.adapter.Board` says."""
        return self._board(place).post(key, face, self.scene.core.clock.now())

    async def edit(self, place: str, message: str, face: Face) -> None:
        """Edit a card, as `bot.ports.adapter.Board` says."""
        self._board(place).edit(message, face)

    async def remove(self, place: str, message: str) -> None:
        """Remove a card, as `bot.ports.adapter.Board` says."""
        self._board(place).remove(message)

    async def retract(self, place: str, key: str, number: int) -> bool:
        """Return False, as no answer can be lost with cards in memory; see `bot.ports.adapter.Board`."""
        return True

    def _board(self, place: str) -> Board:
        if place not in (IDEAS, Pane.COMMUNITY):
            raise Unreachable("the page shows cards to its community alone")
        if not self.listening.is_set():
            raise Offline("the page is not open", RETRY_SECONDS)
        return self.scene.board

    def _opened(self) -> None:
        # It was stopped during its start.
        if self.scene.timeline.closed:
            return
        self.listening.set()
        sys.stderr.write(f"Portevoix demo: http://{HOST}:{self.port}  (Ctrl-C stops it)\n")
        sys.stderr.flush()


class _Server(uvicorn.Server):
    """A server that handles no signals, calls back when it listens, and stops without waiting for event streams."""

    def __init__(self, config: uvicorn.Config, opened: Callable[[], None]) -> None:
        super().__init__(config)
        self._opened = opened
        self.stop = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._opened()

    async def main_loop(self) -> None:
        await self.stop.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close the listeners and wait for running requests; event streams end when the timeline closes."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        if tasks := self.server_state.tasks:
            _, late = await asyncio.wait(tasks, timeout=MOST_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)


def _config(scene: Scene, port: int) -> uvicorn.Config:
    """The server's settings, its log off: errors are logged under a reference by the routes, without content."""
    return uvicorn.Config(
        application(scene, port),
        log_config=None,
        log_level="critical",
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        date_header=False,
    )


def _listen(port: int) -> socket.socket:
    # With the protocol named, asyncio sends each write at once; otherwise an answer waits 40 ms after its headers.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":
        # Reuses a port whose last connections are closing; on Windows this would share a port in use.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise OperatorError(_why(error, port)) from error
    return listener


def _why(error: OSError, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken: choose another with --port."
    return f"Port {port} cannot be used ({error.strerror}): choose another with --port."
