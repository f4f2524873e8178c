"""One websocket between the gateway and a bot: frames out in order, all the ways it can end."""

import asyncio
import json
import zlib
from typing import Any

from aiohttp import web

JSON = dict[str, Any]
DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11
NAMES = {HEARTBEAT: "heartbeat", IDENTIFY: "identify", RESUME: "resume", 3: "presence", 4: "voice", 8: "members"}
"""What a bot may send."""
LARGEST = 4096
"""Bytes a bot may send at once."""


class Link:
    """Frames wait here until they are written; nothing waits for a bot that is slow.

    Attributes:
        session: the id of the session it serves, once it does.
        silent: nothing is answered or sent any more, though the connection stands.
        closed: this side ended it.
    """

    def __init__(self, request: web.Request) -> None:
        self.socket = web.WebSocketResponse(max_msg_size=0, timeout=0.1, compress=False)
        self.session = ""
        self.silent = self.closed = False
        self._request = request
        self._frames: asyncio.Queue[JSON | int] = asyncio.Queue()
        # Other compressions are asked for and not needed: bots read plain frames whatever they asked for.
        self._packing = zlib.compressobj() if request.query.get("compress") == "zlib-stream" else None

    async def serve(self) -> None:
        """Write what waits until the connection ends."""
        while not self.socket.closed:
            frame = await self._frames.get()
            if isinstance(frame, int):
                self.closed = True
                await self.socket.close(code=frame)
            elif not self.silent:
                await self._write(json.dumps(frame))

    async def _write(self, text: str) -> None:
        if self.socket.closed:
            return
        if self._packing is None:
            await self.socket.send_str(text)
        else:
            packed = self._packing.compress(text.encode()) + self._packing.flush(zlib.Z_SYNC_FLUSH)
            await self.socket.send_bytes(packed)

    def send(self, op: int, data: Any = None, sequence: int | None = None, event: str | None = None) -> None:
        """Send a frame, after those before it."""
        self._frames.put_nowait({"op": op, "d": data, "s": sequence, "t": event})

    def close(self, code: int) -> None:
        """End it properly, after what was sent."""
        self._frames.put_nowait(code)

    @property
    def left(self) -> int | None:
        """The code with which the bot ended it, if it did."""
        return None if self.closed else self.socket.close_code

    def abort(self) -> None:
        """End it as a broken line does."""
        if self._request.transport:
            self._request.transport.abort()
