"""`portevoix demo`: its settings, its folder, one at a time."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.core import Core
from bot.demo import run_demo, settings_for
from bot.errors import OperatorError
from bot.operations.supervision import Work
from storage.engine.errors import StoreBusy


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> asyncio.Event:
    """Set while the demo serves; nothing is told and no page is opened."""
    event = asyncio.Event()

    async def serve(core: Core, names: list[str], beside: Mapping[str, Work]) -> None:
        assert set(beside) == {"story"}
        event.set()
        try:
            await asyncio.Event().wait()
        finally:
            event.clear()
            core.store.close()

    async def fill(_: Core) -> None: ...

    monkeypatch.setattr("bot.demo.serve", serve)
    monkeypatch.setattr("bot.demo.fill", fill)
    monkeypatch.setenv("PORTEVOIX_KEY_FILE", str(tmp_path / "keys" / "pv.key"))
    return event


async def test_its_settings_are_its_own_whatever_lies_around(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.toml").write_text('language = "fr"\n')
    monkeypatch.delenv("PORTEVOIX_LANGUAGE", raising=False)
    monkeypatch.setenv("PORTEVOIX_DIGESTS", '[{"name": "mine"}]')
    settings = settings_for(Path("data"), 8123)
    assert (settings.language, settings.digests, settings.web.port) == ("en", (), 8123)
    assert settings.database == f"sqlite:///{tmp_path}/data/portevoix.db"
    assert not settings.key_file.is_relative_to(tmp_path)


async def test_the_key_and_the_language_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTEVOIX_KEY_FILE", str(tmp_path / "pv.key"))
    monkeypatch.setenv("PORTEVOIX_LANGUAGE", "fr")
    settings = settings_for(tmp_path, 0)
    assert (settings.key_file, settings.language) == (tmp_path / "pv.key", "fr")


async def test_one_runs_on_a_folder_at_a_time(tmp_path: Path, served: asyncio.Event) -> None:
    running = await _start(tmp_path / "data", served)
    with pytest.raises(StoreBusy):
        await run_demo(tmp_path / "data", 0)
    await _stop(running)


async def test_stopped_it_lets_its_folder_go(tmp_path: Path, served: asyncio.Event) -> None:
    for _ in range(2):
        await _stop(await _start(tmp_path / "new" / "data", served))


async def test_a_folder_that_cannot_be_used_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(OperatorError, match="--data"):
        await run_demo(tmp_path / "taken", 0)


async def _start(folder: Path, served: asyncio.Event) -> "asyncio.Task[None]":
    running = asyncio.create_task(run_demo(folder, 0))
    await asyncio.wait([running, asyncio.create_task(served.wait())], return_when=asyncio.FIRST_COMPLETED)
    assert served.is_set()
    return running


async def _stop(running: "asyncio.Task[None]") -> None:
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
