"""Commands in processes of their own, without the two seconds of CPU that each start of Python with the bot takes.

`python -m tests.cli.forks FD` has loaded everything, and forks for each command it is asked for over a socket. What is
forked has streams, an environment, signals and an end of its own, as what is started has.
"""

import json
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import IO, Protocol, Self

from bot.cli import main

ROOT = Path(__file__).parents[2]
FORK = multiprocessing.get_context("fork")
MOST = 1 << 16
"""Bytes read at once from the socket."""


class Started(Protocol):
    """A command in a process of its own; `subprocess.Popen[str]` is one."""

    stdin: IO[str] | None
    stdout: IO[str] | None
    stderr: IO[str] | None

    @property
    def returncode(self) -> int | None: ...

    def communicate(self, input: str | None = None, timeout: float | None = None) -> tuple[str, str]: ...

    def send_signal(self, sig: int) -> None: ...

    def kill(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...


class Forked:
    """A command that was forked; it is told how it ended as soon as it is waited for."""

    returncode: int | None = None

    def __init__(self, answers: IO[str], streams: Sequence[IO[str] | None]) -> None:
        self.stdin, self.stdout, self.stderr = streams
        self._answers = answers
        self._pid = int(answers.readline())

    def communicate(self, input: str | None = None, timeout: float | None = 60) -> tuple[str, str]:
        """Type something, and read all that is said; it is killed if it takes longer than so many seconds."""
        late = Timer(timeout or 60, self.kill)
        late.start()
        with ThreadPoolExecutor() as readers:
            said = [readers.submit(one.read) if one and not one.closed else None for one in (self.stdout, self.stderr)]
            if self.stdin:
                with suppress(BrokenPipeError), self.stdin:
                    self.stdin.write(input or "")
        self.wait()
        late.cancel()
        out, err = (one.result() if one else "" for one in said)
        return out, err

    def send_signal(self, sig: int) -> None:
        """Send it a signal."""
        os.kill(self._pid, sig)

    def kill(self) -> None:
        """`kill -9`."""
        self.send_signal(signal.SIGKILL)

    def wait(self) -> None:
        """Wait for its end."""
        if self.returncode is None:
            self.returncode = int(self._answers.readline())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for stream in (self.stdin, self.stdout, self.stderr):
            if stream:
                stream.close()
        self.wait()


class Nursery:
    """The process that forks, begun with the first command; one command at a time."""

    def __enter__(self) -> Self:
        self._ours, self._theirs = socket.socketpair()
        self._answers = self._ours.makefile(encoding="ascii")
        self._server: subprocess.Popen[bytes] | None = None
        return self

    def __exit__(self, *_: object) -> None:
        self._answers.close()
        self._ours.close()
        self._theirs.close()
        if self._server:
            self._server.communicate()

    def start(
        self,
        words: Sequence[str],
        env: Mapping[str, str],
        stdin: int | None = None,
        stdout: IO[str] | int = subprocess.PIPE,
    ) -> Forked:
        """Start a command, as `subprocess.Popen` does in a session of its own."""
        self._server = self._server or _serve(self._theirs)
        mouth, said, wrong = _pipe("w", stdin), _pipe("r", stdout), _pipe("r", subprocess.PIPE)
        asked = json.dumps({"words": list(words), "env": dict(env), "home": str(Path.cwd())})
        socket.send_fds(self._ours, [f"{asked}\n".encode()], [theirs for theirs, _, _ in (mouth, said, wrong)])
        for theirs, _, ends in (mouth, said, wrong):
            if ends:
                os.close(theirs)
        return Forked(self._answers, [ours for _, ours, _ in (mouth, said, wrong)])


def _serve(line: socket.socket) -> "subprocess.Popen[bytes]":
    # Pipes, as most of its children have: Python never asks again whether it can seek in a stream.
    return subprocess.Popen(  # noqa: S603 - our own
        [sys.executable, "-m", __name__, str(line.fileno())],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        pass_fds=[line.fileno()],
    )


def _pipe(mode: str, stream: IO[str] | int | None) -> tuple[int, IO[str] | None, bool]:
    """The command's end, ours, and whether theirs is to be closed here."""
    if stream is None:
        return os.open(os.devnull, os.O_RDWR), None, True
    if stream != subprocess.PIPE:
        return stream if isinstance(stream, int) else stream.fileno(), None, False
    reading, writing = os.pipe()
    ours, theirs = (reading, writing) if mode == "r" else (writing, reading)
    return theirs, os.fdopen(ours, mode, encoding="utf-8"), True


def listen(line: socket.socket) -> None:
    """Fork for each command that is asked for, and tell how it ended, until nobody is left to ask."""
    while (said := socket.recv_fds(line, MOST, 3))[0]:
        asked, fds = said[0], said[1]
        while not asked.endswith(b"\n"):
            asked += line.recv(MOST)
        # It ends in order, but does not take apart all that was loaded, which takes longer than most commands.
        command = FORK.Process(target=become, kwargs={**json.loads(asked), "fds": fds})
        command.start()
        for fd in fds:
            os.close(fd)
        line.send(f"{command.pid}\n".encode())
        command.join()
        line.send(f"{command.exitcode}\n".encode())


def become(words: list[str], env: dict[str, str], home: str, fds: list[int]) -> None:
    """Run a command as in a process that was started with these words, environment, folder and streams."""
    os.setsid()
    # Started in the background by a shell, tests ignore Ctrl-C, and so does all that they start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, fd in enumerate(fds):
        os.dup2(fd, number)
        os.close(fd)
    # Which `Process` has closed.
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(home)
    sys.argv = ["portevoix", *words]
    main()


def load() -> None:
    """Load what every command needs, as the first of them would, and what `init` needs besides."""
    sys.argv = ["portevoix", "--version"]
    with suppress(SystemExit):
        main()
    for platform in ("telegram", "discord"):
        import_module(f"adapters.{platform}")


if __name__ == "__main__":
    asking = socket.socket(fileno=int(sys.argv[1]))
    load()
    listen(asking)
