"""Lists the messages of errors to operators, read from the source code that raises them."""

import ast
from collections.abc import Iterator
from pathlib import Path

from bot import errors as bot_errors
from storage.engine import errors as store_errors

PACKAGES = ("storage", "bot", "adapters")
KINDS = {
    name: (kind.__doc__ or "").splitlines()[0]
    for module in (store_errors, bot_errors)
    for name, kind in vars(module).items()
    if isinstance(kind, type) and issubclass(kind, store_errors.StoreError | bot_errors.OperatorError)
}
SHORTEST = 12
"""Messages with this many fixed characters or fewer are left out of the list."""


def listing(root: Path) -> str:
    """The messages, grouped by their exception class, as a Markdown list; values filled at run time are `…`."""
    found: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for package in PACKAGES:
        for file in sorted((root / package).rglob("*.py")):
            text = file.read_text(encoding="utf-8")
            # Parsing takes far longer than searching the text for the names.
            for kind, sentence in _read(ast.parse(text)) if any(kind in text for kind in KINDS) else ():
                found[kind].add(sentence)
    return "\n".join(_group(KINDS[kind], sentences) for kind, sentences in found.items() if sentences)


def _group(kind: str, sentences: set[str]) -> str:
    lines = "".join(f"  - “{sentence}”\n" for sentence in sorted(sentences))
    return f"- **{kind}**\n{lines}"


def _read(module: ast.Module) -> Iterator[tuple[str, str]]:
    """The exception class and message of each call of such a class, and of each tuple of a class and its message."""
    named = {
        target.id: node.value
        for node in module.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and node.args:
            kind, words = node.func, node.args[0]
        elif isinstance(node, ast.Tuple) and len(node.elts) > 1:
            kind, words = node.elts[-2:]
        else:
            continue
        if isinstance(kind, ast.Name) and kind.id in KINDS:
            sentence = _text(named.get(words.id, words) if isinstance(words, ast.Name) else words).split("\n")[0]
            if len(sentence.replace("…", "")) > SHORTEST:
                yield kind.id, sentence


def _text(node: ast.expr) -> str:
    """The text of a string expression, with `…` for what is computed at run time."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) for part in node.values)
    return "…"
