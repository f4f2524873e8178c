"""`python -m MODULE`, without the second it takes to load Python and its libraries.

What is started is a process like any other, a child of the test: its own number, streams, signals, folder, environment
and end. It is forked from a parent that has loaded the module's libraries and done nothing else; where that would make
a difference, or is not possible, it is started as usual.
"""

import atexit
import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PR_SET_CHILD_SUBREAPER = 36
LIBRARIES = {
    "bot": ("bot.cli.root", "bot.operations.assembly"),
    "tests.sockets.fakes.telegram": ("tests.sockets.fakes.telegram",),
    "tests.sockets.fakes.discord": ("tests.sockets.fakes.discord",),
}
"""What is loaded before, by module; any other module is started as usual."""
PLATFORMS = ("telegram", "discord")
AT_START = ("PYTHON", "LC_", "LANG", "SSL_")
"""The beginnings of the names of variables that Python and its libraries read when they are loaded."""


class Forked(subprocess.Popen[str]):
    """A process like `subprocess.Popen`, of the command `python -m MODULE WORDS`."""

    def __init__(self, module: str, words: Sequence[str], **given: Any) -> None:
        self._module, self._words = module, words
        super().__init__([sys.executable, "-m", module, *words], **given)

    def _execute_child(self, *given: Any) -> None:
        """Fork it, where Python would start the command; the arguments are those of Python 3.11 to 3.14."""
        cwd, env, ends, session = given[5], given[6] or os.environ, given[10:16], given[21]
        if self._module not in LIBRARIES or not sys.platform.startswith("linux") or _differs(env):
            super()._execute_child(*given)  # type: ignore[misc] # not declared
            return
        streams = [end if end != -1 else number for number, end in enumerate((ends[0], ends[3], ends[5]))]
        order = {
            "module": self._module,
            "words": list(self._words),
            "libraries": _libraries(self._module, self._words, env),
            "environment": dict(env),
            "folder": str(cwd or Path.cwd()),
            "session": bool(session),
            "interruptible": signal.getsignal(signal.SIGINT) is not signal.SIG_IGN,
        }
        with _adopting():
            self.pid = _parent().fork(order, streams)
        self._child_created = True
        self._close_pipe_fds(*ends)  # type: ignore[attr-defined] # likewise


class _Parent:
    """The process that others are forked from; it ends with this one."""

    def __init__(self) -> None:
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-m", "tests.processes.parent", str(theirs.fileno())]
        self._process = subprocess.Popen(  # noqa: S603 - our own
            command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, pass_fds=[theirs.fileno()]
        )
        theirs.close()
        atexit.register(self.end)

    def fork(self, order: Mapping[str, Any], streams: Sequence[int]) -> int:
        """The number of a new process."""
        socket.send_fds(self._channel, [json.dumps(order).encode()], streams)
        return int(self._channel.recv(64))

    def end(self) -> None:
        """Let it end."""
        self._channel.close()
        self._process.wait()


@cache
def _parent() -> _Parent:
    return _Parent()


def _libraries(module: str, words: Sequence[str], env: Mapping[str, str]) -> list[str]:
    """What is loaded before: with the bot that runs, the platforms it has a token for."""
    spoken = PLATFORMS if (module, *words) == ("bot", "run") else ()
    return [*LIBRARIES[module], *(f"adapters.{name}" for name in spoken if env.get(f"PORTEVOIX_{name.upper()}__TOKEN"))]


def _differs(env: Mapping[str, str]) -> bool:
    """Whether Python itself would start differently in this environment than here."""
    names = {name for name in {*env, *os.environ} if name.startswith(AT_START) and name != "PYTHONPATH"}
    return any(env.get(name) != os.environ.get(name) for name in names)


@contextmanager
def _adopting() -> Iterator[None]:
    """Let this process become the parent of those whose own ends: only a parent learns how its child ended."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1)
    try:
        yield
    finally:
        libc.prctl(PR_SET_CHILD_SUBREAPER, 0)
