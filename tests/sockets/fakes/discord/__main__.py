"""The fake Discord as a process: its first line on stdout is its address; SIGTERM or Ctrl-C ends it."""

import argparse
import asyncio
import signal
import sys

from tests.sockets.fakes.discord import FakeDiscord


async def serve(port: int) -> None:
    stopped = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    async with FakeDiscord(port) as fake:
        sys.stdout.write(f"{fake.url}\n")
        sys.stdout.flush()
        await stopped.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.sockets.fakes.discord")
    parser.add_argument("--port", type=int, default=0, help="0 takes any free one")
    asyncio.run(serve(parser.parse_args().port))
