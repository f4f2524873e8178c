"""What Discord makes of a message: its apps' Markdown, rule by rule, and what its server looks for by itself."""

import re
from collections.abc import Iterator
from typing import NamedTuple

OPENINGS = {
    "quote": r" *>(?:>>)? +",
    "small": r" *-#\s+",
    "heading": r" *#{1,3}\s+",
    "item": r" *(?:[*+-]|\d+\.) +",
}
"""What starts a line, and may start it again within a quote or an item."""
RULES = {
    "escape": r"\\([^0-9A-Za-z\s])",
    "opening": rf"^(?:{'|'.join(OPENINGS.values())})+",
    "code": r"```[\s\S]+?```|(?P<ticks>`+)[\s\S]*?[^`](?P=ticks)(?!`)",
    "link": r"<([^: >]+:/[^ >]+)>",
    "mail": r"<[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+>",
    "phone": r"<(?:(?:tel|sms):\+?|\+)[0-9()]+[-. /0-9()]*>",
    "url": r"(?:https?|steam)://[^\s<]+[^<.,:;\"'\]\s]",
    "masked": r"\[[^\]]*\]\([^)]*\)",
    "mention": r"<@[!&$]?\d+>|@(?:everyone|here)|<#\d+>|<id:\w+>|</[^>]+:\d+>|@silent\b",
    "timestamp": r"<t:-?\d+(?::\w)?>",
    "emoji": r"<a?:\w+:\d+>|<sound:[\d:]+>|:[\w+~-]+:",
    "strong": r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)",
    "underline": r"__((?:\\[\s\S]|[^\\])+?)__(?!_)",
    "emphasis": r"_(?:\\[\s\S]|[^\\_])+_|\*(?=\S)(?:\\[\s\S]|[^\\*])+\*",
    "strike": r"~~[\s\S]+?~~",
    "spoiler": r"\|\|[\s\S]+?\|\|",
}
"""Each rule as the apps have it, in their order."""
SERVER = re.compile(
    r"@everyone|@here|<@[!&]?\d+>|<a?:\w+:\d+>|(?<!<)https?://\S|discord(?:app)?\.(?:gg|gift|new|com)/", re.IGNORECASE
)
"""What the server finds in the source itself, backslashes or not: calls, emojis, links and invitations to preview."""
_OPENING = re.compile("|".join(f"(?P<{kind}>{rule})" for kind, rule in OPENINGS.items()))
_ANY = re.compile("|".join(f"(?P<{kind}>{rule})" for kind, rule in RULES.items()), re.MULTILINE)
_GROUPS = {kind: _ANY.groupindex[kind] + 1 for kind in ("escape", "link", "strong")}


class Piece(NamedTuple):
    """A stretch of text under one rule, without its markup."""

    kind: str
    text: str


def read(content: str) -> Iterator[Piece]:
    """A message's pieces; what is within a bold one comes after it."""
    place = 0
    for found in _ANY.finditer(content):
        yield Piece("text", content[place : found.start()])
        yield from _piece(found)
        place = found.end()
    yield Piece("text", content[place:])


def _piece(found: re.Match[str]) -> Iterator[Piece]:
    kind = str(found.lastgroup)
    if kind == "opening":
        yield from (Piece(str(one.lastgroup), "") for one in _OPENING.finditer(found[0]))
    elif kind == "escape":
        yield Piece("text", found[_GROUPS[kind]])
    elif kind == "strong":
        yield Piece(kind, "")
        yield from read(found[_GROUPS[kind]])
    else:
        yield Piece(kind, found[_GROUPS[kind]] if kind == "link" else found[0])


def shown(content: str) -> str:
    """A message as it is read, without bullets and bars."""
    return "".join(piece.text for piece in read(content))


def kinds(content: str) -> set[str]:
    """The rules that found something in a message."""
    return {piece.kind for piece in read(content)} - {"text"}


def strong(content: str) -> list[str]:
    """What is bold in a message."""
    return [shown(found[_GROUPS["strong"]]) for found in _ANY.finditer(content) if found.lastgroup == "strong"]
