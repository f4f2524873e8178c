"""The bot and the fake Telegram, each in a process of its own."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Self, TypeVar
from urllib.request import Request, urlopen

from sqlmodel import Session, col, select

from storage.models import Feedback
from storage.schema.opening import Location, open_store
from storage.traffic import inbox
from tests.sockets.conftest import TOKEN
from tests.sockets.fakes.journal import PATIENCE
from tests.sockets.updates import JSON, Updates, private, user

T = TypeVar("T")
ROOT = Path(__file__).parents[2]
SLOWEST_START = 15.0
FIRST = 1_000
"""The account of the first of those who write."""


class FakeProcess:
    """The fake Telegram, driven over its controls."""

    def __init__(self) -> None:
        self._process = _start("-m", "tests.sockets.fakes.telegram", stdout=subprocess.PIPE)
        assert self._process.stdout
        self.url = self._process.stdout.readline().strip()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Vanish."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.communicate()

    def push_ideas(self, count: int, each: int = 1) -> list[str]:
        """Let so many people suggest something, several times; returns the ideas."""
        updates, ideas, sent = Updates(), [], []
        for number in range(count * each):
            who = user(FIRST + number % count)
            ideas.append(f"Idea {number}")
            sent.append(updates.message(f"/suggest Idea {number}", private(who), who))
        self.push(sent)
        return ideas

    def push(self, updates: list[JSON]) -> None:
        """Let something happen on Telegram."""
        self._ask("/control/updates", json.dumps(updates).encode())

    def fail(self, **fault: Any) -> None:
        """Let something go wrong, as `faults.Fault` says, until `mend` if it has no number of times."""
        self._ask("/control/faults", json.dumps(fault).encode())

    def mend(self) -> None:
        """Let nothing go wrong any more."""
        self._ask("/control/faults", method="DELETE")

    def state(self) -> dict[str, Any]:
        """Counts."""
        found: dict[str, Any] = self._ask("/control/state")
        return found

    def answered(self) -> list[int]:
        """Who was sent a message, each time."""
        return [call["parameters"]["chat_id"] for call in self._ask("/control/calls?method=sendMessage&count=0")]

    def wait(self, true: Callable[[dict[str, Any]], bool], seconds: float = PATIENCE) -> None:
        """Wait until something is true of the counts."""
        end = time.monotonic() + seconds
        while not true(self.state()):
            assert time.monotonic() < end, self.state()
            time.sleep(0.01)

    def wait_for_poll(self) -> None:
        """Wait until updates are asked for once more."""
        before = self.state()["polls"]
        self.wait(lambda state: bool(state["polls"] > before))

    def wait_for_answers(self, people: Iterable[int], seconds: float = PATIENCE) -> None:
        """Wait until each of those who wrote was answered."""
        waiting = {FIRST + person for person in people}
        end = time.monotonic() + seconds
        while missing := waiting - set(self.answered()):
            assert time.monotonic() < end, missing
            time.sleep(0.1)

    def _ask(self, path: str, body: bytes | None = None, method: str | None = None) -> Any:
        head = {"Content-Type": "application/json"}
        request = Request(f"{self.url}{path}", body, head, method=method)  # noqa: S310 - our own
        with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - our own
            return json.load(answer)


class Bot:
    """The bot, started, stopped and killed."""

    process: "subprocess.Popen[str]"

    def __init__(self, home: Path, url: str, **env: str) -> None:
        self._home = home
        self._log = home / "stderr"
        self._env = {
            "PORTEVOIX_DATABASE": f"sqlite:///{home}/pv.db",
            "PORTEVOIX_KEY_FILE": f"{home}/pv.key",
            "PORTEVOIX_INSECURE_KEY": "true",
            "PORTEVOIX_TELEGRAM__TOKEN": TOKEN,
            "PORTEVOIX_TELEGRAM__API_URL": url,
            "PORTEVOIX_COMMUNITIES": '[{"key": "default", "name": "Portevoix", "open": true}]',
            **env,
        }

    @property
    def running(self) -> bool:
        return hasattr(self, "process") and self.process.poll() is None

    @property
    def log(self) -> str:
        """What it told the operator."""
        return self._log.read_text() if self._log.exists() else ""

    def start(self) -> None:
        """Start it; it may take a second until it asks for updates."""
        self._begun = time.monotonic()
        with self._log.open("a") as log:
            self.process = _start("-m", "bot", "run", cwd=self._home, stderr=log, stdout=log, env=self._env)

    def kill(self) -> None:
        """`kill -9`."""
        self.process.kill()
        self.process.wait()

    def stops_in_time(self) -> bool:
        """SIGTERM; whether it ended well, in five seconds, or on a slow machine in what its start took beside them."""
        asked = time.monotonic()
        slow = min(asked - self._begun, SLOWEST_START)
        return self.stop() == 0 and time.monotonic() - asked < 5 + slow

    def stop(self) -> int:
        """SIGTERM; returns how it ended."""
        self.process.terminate()
        return self.process.wait(PATIENCE)

    def said(self, words: str, seconds: float = PATIENCE) -> None:
        """Wait until it told the operator something."""
        end = time.monotonic() + seconds
        while words not in self._log.read_text():
            assert time.monotonic() < end, self._log.read_text()
            time.sleep(0.02)

    def settles(self, seconds: float = 120) -> None:
        """Wait until every update it keeps is handled, as after starts that were killed."""
        end = time.monotonic() + seconds
        while left := self._read(lambda session: inbox.unfinished(session, "telegram")):
            assert time.monotonic() < end, f"{len(left)} updates are not handled in {seconds} s"
            time.sleep(0.1)

    def filed(self) -> list[str]:
        """The words of everything filed."""
        query = select(Feedback.text).order_by(col(Feedback.id))
        return self._read(lambda session: list(session.exec(query).all()))

    def _read(self, job: Callable[[Session], T]) -> T:
        store = open_store(Location(self._env["PORTEVOIX_DATABASE"], Path(self._env["PORTEVOIX_KEY_FILE"])))
        try:
            return asyncio.run(store.read(job))
        finally:
            store.close()


def _start(*words: str, env: dict[str, str] | None = None, cwd: Path = ROOT, **streams: Any) -> "subprocess.Popen[str]":
    own = {**os.environ, "PYTHONPATH": str(ROOT), **(env or {})}
    return subprocess.Popen([sys.executable, *words], env=own, cwd=cwd, text=True, **streams)  # noqa: S603 - our own
