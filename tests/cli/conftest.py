"""The command line as an operator meets it: in this process where enough, in one of its own where it matters."""

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import IO, Any, TypeVar

import pytest
import structlog
from sqlmodel import Session
from typer.main import get_command
from typer.testing import CliRunner

from bot.cli.root import build
from bot.clock import SystemClock
from bot.core import Core
from bot.operations.assembly import open_core
from bot.settings import config
from bot.settings.config import Settings
from tests.cli.forks import Nursery, Started

T = TypeVar("T")
ONE = '[{"key": "plaza", "name": "Plaza", "timezone": "Europe/Paris", "areas": ["Delivery"]}]'
TWO = '[{"key": "plaza", "name": "Plaza"}, {"key": "forum", "name": "Forum"}]'


@pytest.fixture(scope="session", autouse=True)
def read_once() -> Iterator[None]:
    """The commands are built, and read by Typer, once and not for each line that is typed; so are the same settings."""
    known: dict[object, Settings] = {}
    plain = config._reading

    def reading(file: Path | None) -> Callable[..., Settings]:
        def read(**given: Any) -> Settings:
            content = file.read_bytes() if file and file.is_file() else None
            named = (file, content, Path.cwd(), repr(given), frozenset(os.environ.items()))
            if named not in known:
                known[named] = plain(file)(**given)
            return known[named]

        return read

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("typer.testing._get_command", cache(get_command))
        patch.setattr(f"{__name__}.build", cache(build))
        patch.setattr(config, "_reading", reading)
        yield


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    def done(self) -> "Said":
        """Check that it did what was asked."""
        assert self.code == 0, self
        return self

    def refused(self, *words: str) -> str:
        """Check that it refused in one line on stderr, that has these words, without a traceback."""
        assert self.code == 2, self
        assert not self.out, self
        assert "Traceback" not in self.err
        last = self.err.strip().splitlines()[-1]
        for word in words:
            assert word in last, self
        return self.err


@dataclass(frozen=True)
class Shell:
    """A shell whose environment names a database and a key."""

    home: Path
    env: Mapping[str, str]

    def types(self, *words: str | Path, answers: str | None = None, **env: str) -> Said:
        """Run a command in this process, and type the answers it asks for."""
        typed, named = [str(word) for word in words], {**self.env, **env}
        result = CliRunner().invoke(build(), typed, answers, env=named, prog_name="portevoix")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Said(result.exit_code, result.stdout, result.stderr)

    def starts(self, *words: str | Path, **env: str) -> Started:
        """Start a command in a process of its own."""
        return self.opens(words, env)

    def opens(
        self,
        words: Sequence[str | Path],
        env: Mapping[str, str] | None = None,
        *,
        stdin: int | None = None,
        stdout: IO[str] | int = subprocess.PIPE,
    ) -> Started:
        """The same with streams of one's choice; it has a session of its own and finds no terminal but its stdin."""
        return start([str(word) for word in words], {**os.environ, **self.env, **(env or {})}, stdin, stdout)

    def runs(self, *words: str | Path, **env: str) -> Said:
        """Run a command in a process of its own to its end."""
        with self.starts(*words, **env) as process:
            out, err = process.communicate(timeout=300)
        return Said(process.returncode or 0, out, err)

    def reads(self, job: Callable[[Session], T]) -> T:
        """What the store holds."""

        return self._works(lambda core: core.store.read(job))

    def writes(self, job: Callable[[Session], T]) -> T:
        """Change what the store holds."""
        return self._works(lambda core: core.store.write(job))

    def _works(self, job: Callable[[Core], Awaitable[T]]) -> T:
        async def work() -> T:
            settings = Settings(database=self.env["PORTEVOIX_DATABASE"], key_file=Path(self.env["PORTEVOIX_KEY_FILE"]))
            core = await open_core(settings, SystemClock())
            try:
                return await job(core)
            finally:
                core.store.close()

        return asyncio.run(work())


def start(
    words: Sequence[str],
    env: Mapping[str, str],
    stdin: int | None = None,
    stdout: IO[str] | int = subprocess.PIPE,
) -> Started:
    """Start Python and a command in it."""
    return subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "bot", *words],
        env=env,
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        start_new_session=True,
        encoding="utf-8",
    )


@pytest.fixture(scope="session", autouse=True)
def forked() -> Iterator[None]:
    """The commands that have a process of their own are forked, which takes a tenth of what a start does."""
    with Nursery() as nursery, pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"{__name__}.start", nursery.start)
        yield


@contextmanager
def endless(folder: Path, head: str, row: str) -> Iterator[Path]:
    """A file without end, so that no machine is done with it too soon: a pipe, fed for as long as it is read.

    Args:
        head: its first lines.
        row: the others, with `{}` for their number.
    """
    pipe = folder / "endless.csv"
    os.mkfifo(pipe)

    def feed() -> None:
        with suppress(BrokenPipeError), pipe.open("w", encoding="utf-8") as mouth:
            mouth.write(head)
            mouth.writelines(row.format(number) for number in count())

    feeding = threading.Thread(target=feed, daemon=True)
    feeding.start()
    yield pipe
    feeding.join(60)


@pytest.fixture(autouse=True)
def own_log() -> Iterator[None]:
    """What a command run in this process sets up for its log ends with the test."""
    yield
    structlog.reset_defaults()


@pytest.fixture
def shell(home: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    env = {"PORTEVOIX_DATABASE": f"sqlite:///{home}/pv.db", "PORTEVOIX_KEY_FILE": f"{home}/pv.key"}
    return Shell(home, {**env, "PORTEVOIX_INSECURE_KEY": "true"})
