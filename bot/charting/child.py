"""Runs the drawing of a picture in a process of its own."""

import asyncio
import json
import sys
from typing import Any, Protocol

import structlog

PATIENCE = 20.0
"""Seconds a drawing may take; the first one on a machine looks for its fonts."""
DRAWING = "bot.charting.drawing"


class Drawn(Protocol):
    """What a picture shows."""

    def values(self) -> dict[str, Any]:
        """The same as values for JSON."""


async def draw(figure: Drawn, drawing: str = "") -> bytes | None:
    """A figure as a PNG; None when it could not be drawn, which is logged.

    A process, as matplotlib takes some 60 MiB that it would keep.

    Args:
        drawing: the module that draws it; that of a digest's picture without one.
    """
    given = json.dumps(figure.values()).encode()
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        drawing or DRAWING,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(PATIENCE):
            drawn, _ = await child.communicate(given)
    except TimeoutError:
        child.kill()
        await child.wait()
        drawn = b""
    if child.returncode or not drawn:
        structlog.get_logger().error("picture", undrawn=f"status {child.returncode}")
        return None
    return drawn
