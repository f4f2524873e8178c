"""Speeds the tests up: constant objects are made once and shared, and the garbage collector skips them."""

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
    """Let Hypothesis try a few fixed examples, and set the garbage collector aside during imports.

    Hypothesis samples constants of our own modules; whether a module is ours is decided by its path, without the disk.
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
    """Freeze the half a million objects of modules and tests: going through them took a fifth of the time.

    Other objects are collected about as rarely as in operation.
    """
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def thrift() -> Iterator[None]:
    """All fixtures of this module in one, since pytest looks each up for every test in each worker."""
    with ExitStack() as stack:
        for kept in (by_words, made_once, quick_discord, quick_page, no_handlers, shared_threads, shared_statements):
            stack.enter_context(kept())
        yield


@contextmanager
def by_words() -> Iterator[None]:
    """Makes tests search lexically by default, since the encoder takes a second to load."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PORTEVOIX_ENCODER", "lexical")
        patch.setenv("PORTEVOIX_PICTURES", "false")
        yield


@contextmanager
def made_once() -> Iterator[None]:
    """Caches constant objects that take long to make: commands, catalogues, tables of phrases."""
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
        # Requested by the page's stage at each step, and otherwise searched for in every folder.
        patch.setitem(sys.modules, "sniffio", None)
        yield


@contextmanager
def quick_discord() -> Iterator[None]:
    """Speeds up the simulated Discord: copies payloads in C, and makes the payloads of each start once."""
    known: dict[object, Any] = {}

    def once(core: Core) -> Any:
        # The registry is kept alive, so that its id in memory is not reused.
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
    """Caches FastAPI's analysis of the page's routes, which it repeats for each new server."""
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
    """A deep copy, by the fastest method for plain data."""
    try:
        return marshal.loads(marshal.dumps(value))  # noqa: S302 - what was just written
    except ValueError:
        # For data that `marshal` cannot write, such as members of an enumeration.
        return pickle.loads(pickle.dumps(value))  # noqa: S301 - what was just written


@contextmanager
def no_handlers() -> Iterator[None]:
    """Skips the handling of Ctrl-C in event loops, for which Python formats the whole task: a tenth of a small test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "asyncio.runners.signal",
            SimpleNamespace(SIGINT=signal.SIGINT, getsignal=lambda _: None, default_int_handler=...),
        )
        yield


class Threads(ThreadPoolExecutor):
    """A thread pool that outlasts the event loops using it."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Do nothing, so that the next loop can use it."""


@contextmanager
def shared_threads() -> Iterator[None]:
    """Makes the event loops of all tests use the same threads."""
    threads = Threads(thread_name_prefix="asyncio")
    begin = BaseEventLoop.__init__

    def begin_with_threads(loop: BaseEventLoop) -> None:
        begin(loop)
        loop.set_default_executor(threads)

    async def keep(_: BaseEventLoop) -> None:
        """Do nothing: the threads are stopped after the last test."""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseEventLoop, "__init__", begin_with_threads)
        patch.setattr(BaseEventLoop, "shutdown_default_executor", keep)
        yield
    ThreadPoolExecutor.shutdown(threads)


@contextmanager
def shared_statements() -> Iterator[None]:
    """Shares dialects and compiled statements among the engines of all tests."""
    known: dict[tuple[object, ...], Engine] = {}

    def create(url: str | URL, **options: Any) -> Engine:
        kind = ("creator" in options, *(options.get(one) for one in ("isolation_level", "poolclass", "pool_size")))
        first = known.get(kind)
        # The dialect is initialised on the first connection, which an engine may never make.
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
    """An engine for another database with the same kind of pool and the same listeners."""
    pool = engine.pool.recreate()
    pool._creator = creator
    return Engine(pool, engine.dialect, engine.url, hide_parameters=True)
