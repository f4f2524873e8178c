"""A tiny forward proxy for http:// and ws://, which alone knows where the fake is; it counts what passes through."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

REQUEST = re.compile(rb"^(?:GET|POST|PUT|PATCH|DELETE) (?:http|ws)://([^/ ]+)(\S*) HTTP/1.1\r\n", re.MULTILINE)
CHUNK = 65_536


class Proxy:
    """Leads whatever is asked for to one place.

    Attributes:
        url: its own address.
        passed: how often each path was asked for, at which host.
    """

    def __init__(self, port: int) -> None:
        self.url = ""
        self.passed: Counter[tuple[str, str]] = Counter()
        self._port = port
        self._writers: list[asyncio.StreamWriter] = []

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Listen until the end of the block."""
        listening = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
        try:
            yield
        finally:
            listening.close()
            for writer in self._writers:
                writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back, there = await asyncio.open_connection("127.0.0.1", self._port)
        self._writers += [writer, there]
        await asyncio.gather(self._lead(reader, there, asked=True), self._lead(back, writer, asked=False))

    async def _lead(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, asked: bool) -> None:
        try:
            while chunk := await reader.read(CHUNK):
                for host, path in REQUEST.findall(chunk) if asked else ():
                    self.passed[host.decode(), path.decode().partition("?")[0]] += 1
                writer.write(chunk)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()
