"""What keeps the tests quick: what never changes is made once, and the garbage collector leaves it alone."""

import functools
import gc
import signal
from asyncio import BaseEventLoop
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pkgutil import resolve_name
from types import SimpleNamespace
from typing import Any

import hypothesis
import pytest
from sqlalchemy import URL, Engine, create_engine


def pytest_configure() -> None:
    """Properties are tried on a few examples, the same each time; no garbage is looked for among what is imported."""
    hypothesis.settings.register_profile(
        "quick",
        max_examples=25,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[hypothesis.HealthCheck.too_slow],
    )
    hypothesis.settings.load_profile("quick")
    gc.disable()


def pytest_collection_finish() -> None:
    """Half a million objects of modules and tests stay to the end: looking through them took a fifth of the time.

    The others are looked through about as seldom as in operation.
    """
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def by_words() -> Iterator[None]:
    """The encoder takes a second to load: tests search by words alone unless they are about it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PORTEVOIX_ENCODER", "lexical")
        patch.setenv("PORTEVOIX_PICTURES", "false")
        yield


@pytest.fixture(scope="session", autouse=True)
def made_once() -> Iterator[None]:
    """What takes long to make and never changes is made once: commands, catalogues, tables of phrases."""
    with pytest.MonkeyPatch.context() as patch:
        for name in (
            "bot.operations.assembly.Detector",
            "bot.operations.assembly.Languages",
            "bot.operations.assembly.Recogniser",
            "bot.dispatch.policy.parse",
            "bot.operations.assembly.registry",
            "bot.ports.codec.TypeAdapter",
        ):
            patch.setattr(name, functools.cache(resolve_name(name)))
        yield


@pytest.fixture(scope="session", autouse=True)
def no_handlers() -> Iterator[None]:
    """No loop looks who heeds Ctrl-C: Python writes out the whole task for that, a tenth of a small test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "asyncio.runners.signal",
            SimpleNamespace(SIGINT=signal.SIGINT, getsignal=lambda _: None, default_int_handler=...),
        )
        yield


class Threads(ThreadPoolExecutor):
    """Threads that outlast the loops they work for."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Stay for the next loop."""


@pytest.fixture(scope="session", autouse=True)
def shared_threads() -> Iterator[None]:
    """Each test has a loop of its own; what they do in threads is done in the same ones."""
    threads = Threads(thread_name_prefix="asyncio")
    begin = BaseEventLoop.__init__

    def begin_with_threads(loop: BaseEventLoop) -> None:
        begin(loop)
        loop.set_default_executor(threads)

    async def keep(_: BaseEventLoop) -> None:
        """They are stopped after the last test."""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseEventLoop, "__init__", begin_with_threads)
        patch.setattr(BaseEventLoop, "shutdown_default_executor", keep)
        yield
    ThreadPoolExecutor.shutdown(threads)


@pytest.fixture(scope="session", autouse=True)
def shared_statements() -> Iterator[None]:
    """Each test opens databases of its own; a statement is compiled once for all of them."""
    known: dict[object, Engine] = {}

    def create(url: str | URL, **options: Any) -> Engine:
        engine = create_engine(url, **options)
        key = (engine.dialect.name, options.get("isolation_level"))
        first = known.get(key)
        if first is not None and hasattr(first.dialect, "server_version_info"):
            engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
        else:
            # The dialect learns of its server on the first connection, which this one may never have.
            known[key] = engine
        return engine

    with pytest.MonkeyPatch.context() as patch:
        for place in ("storage.engine.sqlite", "storage.engine.line", "storage.schema.opening"):
            patch.setattr(f"{place}.create_engine", create)
        yield
