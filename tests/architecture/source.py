"""The product's source, read and not run."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PACKAGES = ("adapters", "bot", "storage")
GENERATED = ROOT / "storage" / "migrations" / "versions"


@cache
def modules() -> tuple[Path, ...]:
    """Every module of the product that a person wrote."""
    found = (file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
    return tuple(sorted(file for file in found if GENERATED not in file.parents))


@cache
def tree(file: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def kinds(module: ast.Module) -> Mapping[type[ast.AST], list[Any]]:
    """Every node of a module's tree, by its kind; going through all of them takes longer than looking at each."""
    found = defaultdict(list)
    waiting: list[ast.AST] = [module]
    for node in waiting:
        found[type(node)].append(node)
        for value in vars(node).values():
            if isinstance(value, list):
                waiting.extend(one for one in value if isinstance(one, ast.AST))
            elif isinstance(value, ast.AST):
                waiting.append(value)
    return found


def name(file: Path) -> str:
    """A module's file, from the repository."""
    return file.relative_to(ROOT).as_posix()


def awaits_in_a_transaction(module: ast.Module) -> Iterator[int]:
    """Lines of coroutines that hold a session: a job is a plain function, so that nothing waits inside one."""
    for node in kinds(module)[ast.AsyncFunctionDef]:
        names = {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
        if "session" in names or any(_opens(inner) for inner in _own(node)):
            yield node.lineno


def clock_readings(module: ast.Module) -> Iterator[int]:
    """Lines that read the machine's clock for the time of day."""
    for node in kinds(module)[ast.Call]:
        match node.func:
            case ast.Attribute(attr="now" | "utcnow" | "today", value=owner) if _last(owner) in {"datetime", "date"}:
                yield node.lineno
            case ast.Attribute(attr="time" | "time_ns", value=ast.Name(id="time")):
                yield node.lineno


def private_imports(module: ast.Module) -> Iterator[int]:
    """Lines that import a private module, or something private of one: a library may change those with any version."""
    for node in kinds(module)[ast.Import] + kinds(module)[ast.ImportFrom]:
        paths = [one.name for one in node.names]
        paths += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if any(part.startswith("_") for path in paths for part in path.split(".") if path != "__future__"):
            yield node.lineno


def mutable_names(module: ast.Module) -> Iterator[str]:
    """Names a module binds to something that can be changed."""
    for node in module.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None and _mutable(node.value):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))


def changes_of_state(module: ast.Module, names: set[str]) -> Iterator[int]:
    """Lines where a module's global is changed or bound anew."""
    for node in (one for kind in CHANGES for one in kinds(module)[kind]):
        match node:
            case ast.Global():
                yield node.lineno
            case ast.Subscript(value=owner, ctx=ast.Store() | ast.Del()) if _last(owner) in names:
                yield node.lineno
            case ast.AugAssign(target=ast.Name(id=target)) if target in names:
                yield node.lineno
            case ast.Call(func=ast.Attribute(value=owner, attr=method)) if method in CHANGING and _last(owner) in names:
                yield node.lineno


CHANGES = (ast.Global, ast.Subscript, ast.AugAssign, ast.Call)
_LISTS = {"append", "extend", "insert", "remove", "pop", "clear", "sort", "reverse", "appendleft"}
_OTHERS = {"add", "discard", "update", "setdefault", "popitem", "put", "set"}
CHANGING = frozenset(_LISTS | _OTHERS)
_CONTAINERS = frozenset({"list", "dict", "set", "defaultdict", "deque", "Counter", "OrderedDict"})
_HOLDERS = frozenset({"ContextVar", "Queue", "SimpleQueue", "Event"})


def _mutable(value: ast.expr) -> bool:
    if isinstance(value, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp):
        return True
    return isinstance(value, ast.Call) and _last(value.func) in _CONTAINERS | _HOLDERS


def _last(node: ast.expr) -> str:
    """The last part of a dotted name."""
    match node:
        case ast.Name(id=last) | ast.Attribute(attr=last):
            return last
    return ast.unparse(node).split(".")[-1]


def _opens(node: ast.AST) -> bool:
    """Whether a call opens a session, a transaction or a connection."""
    match node:
        case ast.Call(func=ast.Name(id="Session") | ast.Attribute(attr="begin" | "begin_nested" | "connect")):
            return True
    return False


def _own(function: ast.AsyncFunctionDef) -> Iterator[ast.AST]:
    """What a coroutine does itself, without the plain functions defined inside it."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.Lambda):
            waiting.extend(ast.iter_child_nodes(node))
