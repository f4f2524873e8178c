"""The page's server on 127.0.0.1: it runs until cancelled, stops at once, and takes what the bot owes."""

import asyncio
import contextlib
import errno
import os
import socket
import sys
from collections.abc import Callable, Iterator

import uvicorn

from adapters.web.personas import PLATFORM, Cast
from adapters.web.routes import application
from adapters.web.scene import Scene
from bot.core import Core
from bot.errors import OperatorError
from bot.ports.adapter import Address, Handle, TryLater
from bot.ports.reply import Reply

HOST = "127.0.0.1"
PAUSE = 1.0
"""Seconds after which a delivery to a page that is not open is tried again."""

MOST_SECONDS = 1.0
"""How long a request that was taken may still last when the page stops."""


class Web:
    """The adapter of the demo.

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
            OperatorError: the port is taken.
        """
        with _listen(self.port) as listener:
            self.port = listener.getsockname()[1]
            await self.scene.recall()
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
        """Show a reply in the staff's place, in the community's, or to one person.

        Raises:
            Unreachable: nobody of that name is on the page.
            TryLater: the page is not open.
        """
        if not self.listening.is_set():
            raise TryLater("the page is not open", PAUSE)
        self.scene.deliver(address, reply)

    def _opened(self) -> None:
        # Stopped while it started: there is nothing to announce.
        if self.scene.timeline.closed:
            return
        self.listening.set()
        sys.stderr.write(f"Portevoix demo: http://{HOST}:{self.port}  (Ctrl-C stops it)\n")
        sys.stderr.flush()


class _Server(uvicorn.Server):
    """Leaves signals to whoever started the bot, says when it listens, and stops at once."""

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
        """Take nothing new and finish what was taken; event streams end by themselves when the timeline closes."""
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
    """A quiet server: faults are logged by reference where they are answered, never with what was said."""
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
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":
        # A port whose last connections are still closing is free; elsewhere this would share a taken one.
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
