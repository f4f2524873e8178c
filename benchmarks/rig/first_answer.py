"""Starts a core, answers a command and a question, and prints the times as JSON; run by `benchmarks.start`."""

import asyncio
import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.clock import SystemClock
from bot.dispatch.app import App
from bot.dispatch.policy import Policy
from bot.operations.assembly import open_core
from bot.ports.inbound import Actor, Chat, Inbound
from bot.settings.config import load


async def answer() -> dict[str, float]:
    """The times, in Unix seconds, at which the command and the question were answered."""
    core = await open_core(load(from_file=False), SystemClock())
    app = App(core, Policy(core.settings.limits))
    try:
        await app.handle(_said("/help"))
        command = time.time()
        await app.handle(_said("How do I change topic7 and matter49?"))
        return {"command": command, "knowledge": time.time()}
    finally:
        core.store.close()


def _said(text: str) -> Inbound:
    now = datetime.now(UTC)
    return Inbound(now.isoformat(), Actor("bench", "1", "Zoé"), Chat("bench", "plaza"), now, text=text)


def memory() -> float:
    """The bytes of this process's resident memory."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(float(line.split()[1]) * 1_024 for line in lines if line.startswith("VmRSS"))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(answer())) + "\n")
