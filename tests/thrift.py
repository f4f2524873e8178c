"""What keeps the tests quick: what never changes is made once, and the garbage collector leaves it alone."""

import copy
import functools
import gc
import marshal
import os
import pickle
import signal
import sys
from asyncio import BaseEventLoop
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from pkgutil import resolve_name
from types import SimpleNamespace
from typing import Any

import hypothesis
import pytest
from fastapi import FastAPI
from hypothesis.internal.conjecture import providers
from sqlalchemy import URL, Engine, create_engine
from starlette.datastructures import State
from starlette.middleware import Middleware

from adapters.discord.commands.definitions import definitions
from adapters.web import routes
from adapters.web.scene import Scene
from adapters.web.security import Guard
from bot.core import Core

OURS = tuple(f"{Path(__file__).parents[1] / package}{os.sep}" for package in ("adapters", "bot", "storage"))


def pytest_configure() -> None:
    """Properties are tried on a few examples, the same each time; no garbage is looked for among what is imported.

    Hypothesis draws some values from the constants of our own modules, and asks the disk of each module whether it is.
    """
    pytest.MonkeyPatch().setattr(providers, "is_local_module_file", lambda path: path.startswith(OURS))
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
    gc.set_threshold(100_000, 20, 20)
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def thrift() -> Iterator[None]:
    """All of it, as one: each fixture is looked up for every test, and by each worker."""
    with ExitStack() as stack:
        for kept in (by_words, made_once, quick_discord, quick_page, no_handlers, shared_threads, shared_statements):
            stack.enter_context(kept())
        yield


@contextmanager
def by_words() -> Iterator[None]:
    """The encoder takes a second to load: tests search by words alone unless they are about it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PORTEVOIX_ENCODER", "lexical")
        patch.setenv("PORTEVOIX_PICTURES", "false")
        yield


@contextmanager
def made_once() -> Iterator[None]:
    """What takes long to make and never changes is made once: commands, catalogues, tables of phrases."""
    with pytest.MonkeyPatch.context() as patch:
        for name in (
            "bot.operations.assembly.Detector",
            "bot.operations.assembly.Languages",
            "bot.operations.assembly.Recogniser",
            "bot.dispatch.policy.parse",
            "bot.operations.assembly.entry_points",
            "bot.operations.assembly.registry",
            "bot.ports.codec.TypeAdapter",
        ):
            patch.setattr(name, functools.cache(resolve_name(name)))
        # What the browser of the page's stage asks for at each step, and looks for anew in every folder.
        patch.setitem(sys.modules, "sniffio", None)
        yield


@contextmanager
def quick_discord() -> Iterator[None]:
    """What the simulated Discord is told is copied at C's speed, and what it is told at each start is made once."""
    known: dict[object, Any] = {}

    def once(core: Core) -> Any:
        # The registry is held, too: nothing else may take its place in memory.
        kind = (id(core.registry), tuple(core.languages.codes), core.settings.discord.moderator_roles)
        if kind not in known:
            known[kind] = core.registry, definitions(core)
        return list(_copy(known[kind][1]))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("adapters.discord.commands.sync.definitions", once)
        for name in ("simcord.http.router.copy", "simcord.gateway.copy"):
            patch.setattr(name, SimpleNamespace(deepcopy=_copy))
        yield


@contextmanager
def quick_page() -> Iterator[None]:
    """What the page's routes take is found out once: FastAPI looks through their functions for each new server."""
    made: list[FastAPI] = []

    def again(scene: Scene, port: int) -> FastAPI:
        made.extend([] if made else [routes.application(scene, port)])
        app = copy.copy(made[0])
        app.state, app.middleware_stack = State({"scene": scene}), None
        app.user_middleware = [Middleware(Guard, port=port)]
        return app

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("adapters.web.client.application", again)
        yield


def _copy(value: Any) -> Any:
    """A deep copy; of what is plain data, the quickest."""
    try:
        return marshal.loads(marshal.dumps(value))  # noqa: S302 - what was just written
    except ValueError:
        # As the one before, but for what is not Python's own, such as the words of an enumeration.
        return pickle.loads(pickle.dumps(value))  # noqa: S301 - what was just written


@contextmanager
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


@contextmanager
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


@contextmanager
def shared_statements() -> Iterator[None]:
    """Each test opens databases of its own: engines are put together, and statements compiled, once for all of them."""
    known: dict[tuple[object, ...], Engine] = {}

    def create(url: str | URL, **options: Any) -> Engine:
        kind = ("creator" in options, *(options.get(one) for one in ("isolation_level", "poolclass", "pool_size")))
        first = known.get(kind)
        # The dialect learns of its server on the first connection, which an engine may never have.
        if first is None or first.dialect.server_version_info is None:
            known[kind] = create_engine(url, **options)
            return known[kind]
        engine = _alike(first, options["creator"]) if "creator" in options else create_engine(url, **options)
        engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
        return engine

    with pytest.MonkeyPatch.context() as patch:
        for place in ("storage.engine.sqlite", "storage.engine.line", "storage.schema.opening"):
            patch.setattr(f"{place}.create_engine", create)
        yield


def _alike(engine: Engine, creator: Callable[[], Any]) -> Engine:
    """An engine with the same pool and the same listeners to it, for another database."""
    pool = engine.pool.recreate()
    pool._creator = creator
    return Engine(pool, engine.dialect, engine.url, hide_parameters=True)
