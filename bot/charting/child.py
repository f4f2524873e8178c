"""Runs the drawing of a picture in a process of its own."""

import asyncio
import json
import sys

import structlog

from bot.charting.figure import Figure

PATIENCE = 20.0
"""Seconds a drawing may take; the first one on a machine looks for its fonts."""
DRAWING = "bot.charting.drawing"


async def draw(figure: Figure) -> bytes | None:
    """A figure as a PNG; None when it could not be drawn, which is logged.

    A process, as matplotlib takes some 60 MiB that it would keep.
    """
    given = json.dumps(figure.values()).encode()
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        DRAWING,
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
