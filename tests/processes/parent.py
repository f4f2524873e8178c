"""The process that `tests.processes.forked` forks others from; it loads libraries and does nothing else."""

import gc
import importlib
import io
import json
import os
import runpy
import signal
import socket
import sys
from typing import Any

LONGEST = 1 << 20
"""Bytes of an order at most."""


def serve(channel: socket.socket) -> dict[str, Any]:
    """Fork a process for each order until nobody orders any more; returns, in each of them, its order."""
    while True:
        message, streams, *_ = socket.recv_fds(channel, LONGEST, 3)
        if not message:
            sys.exit()
        order: dict[str, Any] = json.loads(message)
        for library in order["libraries"]:
            importlib.import_module(library)
        gc.freeze()
        ours, theirs = os.pipe()
        middle = os.fork()
        if not middle:
            # Its parent ends at once, so that whoever ordered it becomes its parent.
            if child := os.fork():
                os.write(theirs, str(child).encode())
                os._exit(0)
            for end in (ours, theirs, channel.fileno()):
                os.close(end)
            become(order, streams)
            return order
        os.waitpid(middle, 0)
        channel.send(os.read(ours, 64))
        for end in (ours, theirs, *streams):
            os.close(end)


def become(order: dict[str, Any], streams: list[int]) -> None:
    """Take on what a process is started with."""
    if order["session"]:
        os.setsid()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    signal.signal(signal.SIGINT, signal.default_int_handler if order["interruptible"] else signal.SIG_IGN)
    sys.argv = ["-m", *order["words"]]
    sys.path[0] = order["folder"]
    sys.stdin = sys.__stdin__ = opened(0, sys.stdin)  # type: ignore[misc]
    sys.stdout = sys.__stdout__ = opened(1, sys.stdout)  # type: ignore[misc]
    sys.stderr = sys.__stderr__ = opened(2, sys.stderr)  # type: ignore[misc]


def opened(number: int, like: Any) -> Any:
    """A stream as Python opens it at its start."""
    raw = bool(number and like.write_through)
    file = io.FileIO(number, "w" if number else "r", closefd=False)
    bytewise: Any = file if raw else io.BufferedWriter(file) if number else io.BufferedReader(file)
    return io.TextIOWrapper(
        bytewise,
        encoding=like.encoding,
        errors=like.errors,
        line_buffering=number == 2 or os.isatty(number),
        write_through=raw,
    )


if __name__ == "__main__":
    given = serve(socket.socket(fileno=int(sys.argv[1])))
    runpy.run_module(given["module"], run_name="__main__", alter_sys=True)
