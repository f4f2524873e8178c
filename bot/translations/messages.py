"""Collects every message to translate: from the code, the templates and the declarations of commands and columns."""

import ast
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from babel.messages import Catalog
from jinja2 import Environment, nodes

from bot.catalogue import registry
from storage.privacy.erasure import personal_columns

ROOT = Path(__file__).parents[2]
SOURCES = ("bot", "adapters")
OPERATOR_SOURCES = (
    "bot/cli/",
    "bot/docs/",
    "bot/operations/assembly.py",
    "bot/settings/",
    "bot/transfer/",
    "bot/translations/",
)
"""The sources of texts that only operators read, which are not translated."""
SINGULAR_CALLS = frozenset({"say", "say_", "line", "mark"})
PLURAL_CALL = "count"
UNTRANSLATED = "bot.ports.reply"
"""The module whose `say` takes words that are translated already."""

JINJA = Environment(autoescape=True)
"""Parses templates; it renders nothing."""
Node = TypeVar("Node", ast.expr, nodes.Expr)

Message = str | tuple[str, str]
"""A message, or its singular and plural."""


class Unreadable(Exception):
    """A message is composed at run time, so that no catalogue can hold it; the error says where."""


def collect() -> Catalog:
    """All messages of the product, as a catalogue without translations.

    Raises:
        Unreadable: a message is composed at run time.
    """
    template = Catalog()
    for name in sources():
        for message in read(name, (ROOT / name).read_text("utf-8")):
            template.add(message, locations=[(name, 0)])
    for message, note in _declared():
        template.add(message, auto_comments=[note])
    return template


def sources() -> list[str]:
    """The paths, from the root, of the Python and Jinja files whose messages are translated."""
    found = (file for folder in SOURCES for file in (ROOT / folder).rglob("*") if file.suffix in {".py", ".html"})
    names = sorted(file.relative_to(ROOT).as_posix() for file in found)
    return [name for name in names if not name.startswith(OPERATOR_SOURCES)]


def read(name: str, text: str) -> Iterator[Message]:
    """The messages of one file, which is Python or Jinja by its name.

    Raises:
        Unreadable: a message is composed at run time.
    """
    try:
        yield from _python(ast.parse(text)) if name.endswith(".py") else _template(JINJA.parse(text))
    except Unreadable as error:
        raise Unreadable(f"{name}: a message must be one literal, and is not {error}") from None


def _declared() -> Iterator[tuple[str, str]]:
    """The messages that are not arguments of calls, each with a note to translators: commands' and columns' texts."""
    for command in registry().commands:
        yield command.summary, f"what /{command.name} does"
    for table, column, mark in personal_columns():
        yield mark.what, f"kept in {table.name}.{column.name}"


def _messages(called: str, arguments: Sequence[Node], texts: Callable[[Node], list[str]]) -> Iterator[Message]:
    """The messages in a call's arguments, if its name is one of those that translate."""
    if called in SINGULAR_CALLS and arguments:
        yield from texts(arguments[0])
    if called == PLURAL_CALL and len(arguments) > 1:
        yield from zip(texts(arguments[0]), texts(arguments[1]), strict=False)


def _python(tree: ast.Module) -> Iterator[Message]:
    # Gone through once: to list a tree's nodes takes longer than all that is done with them.
    told = [node for node in ast.walk(tree) if isinstance(node, ast.Call | ast.ImportFrom)]
    imports = [node for node in told if isinstance(node, ast.ImportFrom) and node.module == UNTRANSLATED]
    untranslated = {alias.asname or alias.name for node in imports for alias in node.names}
    for node in told:
        match node:
            case ast.Call(func=ast.Name(id=called)) if called in untranslated:
                continue
            case ast.Call(func=ast.Name(id=called) | ast.Attribute(attr=called)):
                yield from _messages(called, node.args, _python_texts)


def _python_texts(node: ast.expr) -> list[str]:
    """The literals that an argument can evaluate to; the parser has joined adjacent ones already."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp(body=one, orelse=other):
            return _python_texts(one) + _python_texts(other)
        case ast.BoolOp(values=values):
            return [text for value in values for text in _python_texts(value)]
        case ast.JoinedStr() | ast.BinOp() | ast.Call(func=ast.Attribute(attr="format" | "join")):
            raise Unreadable(f"on line {node.lineno}")
        case _:
            return []


def _template(tree: nodes.Template) -> Iterator[Message]:
    for node in tree.find_all(nodes.Call):
        match node.node:
            case nodes.Name(name=called) | nodes.Getattr(attr=called):
                yield from _messages(called, node.args, _template_texts)


def _template_texts(node: nodes.Expr) -> list[str]:
    match node:
        case nodes.Const(value=str(text)):
            return [text]
        case nodes.CondExpr(expr1=one, expr2=nodes.Expr() as other):
            return _template_texts(one) + _template_texts(other)
        case nodes.Or(left=one, right=other):
            return _template_texts(one) + _template_texts(other)
        case nodes.Concat() | nodes.Add() | nodes.Mod() | nodes.Filter():
            raise Unreadable(f"on line {node.lineno}")
        case _:
            return []
