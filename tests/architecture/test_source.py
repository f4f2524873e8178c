"""The house rules: each holds everywhere, and each check is shown to see what breaks its rule."""

import ast
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from tests.architecture.source import (
    awaits_in_a_transaction,
    changes_of_state,
    clock_readings,
    modules,
    mutable_names,
    name,
    private_imports,
    tree,
)

CLOCKS = {"bot/clock.py"}
MOST_LINES = 300
Check = Callable[[ast.Module], Iterator[int]]


def broken(check: Check, files: tuple[Path, ...] | None = None) -> list[str]:
    """Where a rule is broken, as `file:line`."""
    return [f"{name(file)}:{line}" for file in files or modules() for line in check(tree(file))]


def state(module: ast.Module) -> Iterator[int]:
    """Changes of the module's own globals, and of any other module's constants."""
    return changes_of_state(module, {*mutable_names(module), *constants()})


@cache
def constants() -> frozenset[str]:
    """The constants of every module that could be changed."""
    return frozenset(one for file in modules() for one in mutable_names(tree(file)) if one.isupper())


def test_there_is_something_to_check() -> None:
    assert {"bot/dispatch/app.py", "storage/engine/store.py", "adapters/__init__.py"} <= {
        name(file) for file in modules()
    }


def test_nothing_waits_inside_a_transaction() -> None:
    assert broken(awaits_in_a_transaction) == []


def test_only_the_clock_reads_the_time() -> None:
    others = tuple(file for file in modules() if name(file) not in CLOCKS)
    assert broken(clock_readings, others) == []


def test_nothing_private_is_imported() -> None:
    assert broken(private_imports) == []


def test_no_global_is_changed() -> None:
    assert broken(state) == []


def test_every_module_states_its_job() -> None:
    assert [name(file) for file in modules() if not ast.get_docstring(tree(file))] == []


def test_no_file_is_too_long_to_read() -> None:
    assert [name(file) for file in modules() if len(file.read_text().splitlines()) > MOST_LINES] == []


def test_everything_public_is_explained() -> None:
    assert [f"{name(file)}:{one}" for file in modules() for one in _unexplained(tree(file))] == []


def _unexplained(scope: ast.Module | ast.ClassDef) -> Iterator[str]:
    for node in scope.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            if not ast.get_docstring(node) and not _overloads(node):
                yield node.name
            if isinstance(node, ast.ClassDef):
                yield from (f"{node.name}.{one}" for one in _unexplained(node))


def _overloads(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    return any(ast.unparse(one) in {"overload", "override"} for one in node.decorator_list)


BREAKING: tuple[tuple[Check, str], ...] = (
    (awaits_in_a_transaction, "async def job(session): await x()"),
    (awaits_in_a_transaction, "async def f():\n with Session(engine) as s:\n  await x()"),
    (awaits_in_a_transaction, "async def f():\n async with engine.begin() as c:\n  await x()"),
    (clock_readings, "datetime.now(UTC)"),
    (clock_readings, "datetime.datetime.now()"),
    (clock_readings, "date.today()"),
    (clock_readings, "time.time()"),
    (private_imports, "from telegram._utils.types import JSONDict"),
    (private_imports, "import telegram.request._requestparameter"),
    (private_imports, "from discord.http import _set_api_version"),
    (state, "SEEN = {}\ndef f(): SEEN['a'] = 1"),
    (state, "SEEN: list[int] = []\ndef f(): SEEN.append(1)"),
    (state, "_seen = set()\ndef f(): _seen.add(1)"),
    (state, "n = 0\ndef f():\n global n\n n = 1"),
    (state, "from bot import words\ndef f(): words.WORDS.clear()"),
    (state, "SEEN = defaultdict(list)\ndef f(): del SEEN['a']"),
)
RIGHT: tuple[tuple[Check, str], ...] = (
    (awaits_in_a_transaction, "async def f(ctx):\n def job(session): return 1\n return await ctx.settle(job)"),
    (awaits_in_a_transaction, "def job(session):\n with Session(e) as s: return s"),
    (clock_readings, "core.clock.now()"),
    (private_imports, "from __future__ import annotations"),
    (state, "WORDS = {'a': 1}\ndef f(): return WORDS['a']"),
    (state, "def f():\n seen = []\n seen.append(1)"),
)


def test_a_check_sees_what_breaks_its_rule_and_lets_the_right_way_pass() -> None:
    assert [source for check, source in BREAKING if not list(check(ast.parse(source)))] == []
    assert [source for check, source in RIGHT if list(check(ast.parse(source)))] == []
