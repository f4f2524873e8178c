"""Runs the drawing of a picture in a process of its own."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any, Protocol

import structlog

PATIENCE = 20.0
"""Seconds a drawing may take; the first one on a machine looks for its fonts."""
DRAWING = "bot.charting.drawing"


class Drawn(Protocol):
    """What a picture shows."""

    def values(self) -> dict[str, Any]:
        """Its attributes as values for JSON."""


Draw = Callable[[Drawn], Awaitable[bytes | None]]
"""Draws a figure as a PNG; None when it could not be drawn, which is logged."""


@asynccontextmanager
async def begun(drawing: str = "") -> AsyncIterator[Draw]:
    """Start a process that draws one figure; it imports what it needs while the figure is still being made.

    matplotlib would keep some 60 MiB of this process. The new one ends with the context, also if it drew nothing.

    Args:
        drawing: the module that draws; empty for that of a digest's picture.
    """
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        drawing or DRAWING,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield partial(_draw, child)
    finally:
        if child.returncode is None:
            child.kill()
            await child.communicate()


async def draw(figure: Drawn, drawing: str = "") -> bytes | None:
    """Draw a figure as a PNG in a process that starts now; arguments as for `begun`.

    Returns:
        The PNG; None when it could not be drawn, which is logged.
    """
    async with begun(drawing) as drawn:
        return await drawn(figure)


async def _draw(child: asyncio.subprocess.Process, figure: Drawn) -> bytes | None:
    drawn = b""
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            drawn, _ = await child.communicate(json.dumps(figure.values()).encode())
    if child.returncode or not drawn:
        structlog.get_logger().error("picture", undrawn=f"status {child.returncode}")
        return None
    return drawn
