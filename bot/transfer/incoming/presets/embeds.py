"""Reads the embeds in which suggestion bots show an idea on Discord: its words, votes, status and reason."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.language.text.normalise import fold
from bot.transfer.incoming.presets.preset import Cells, text_of

UP = frozenset(
    ("👍", "✅", "⬆", "🔼", "☑", "✔", "💚", "❤", "🔥", "⭐", "👏", "upvote", "up", "yes", "thumbsup", "+1", "check",
     "white_check_mark", "arrow_up", "arrow_up_small", "plus1", "plus", "nerdsuccess", "tick", "vote_up")
)  # fmt: skip
"""Reactions for yes, by character or name."""
NO_VOTE = frozenset(("👎", "❌", "⬇", "🔽", "downvote", "down", "no", "thumbsdown", "x", "arrow_down", "💬", "📌"))
"""Reactions that are no vote for an idea."""
TEXTS = ("suggestion", "idea", "description", "content", "suggestion text")
VOTES = ("votes", "results", "results so far", "upvotes", "vote count", "opinion")
REASONS = ("reason", "response", "staff response", "reply", "comment", "admin comment", "moderator response")
STATUSES = ("status", "public status", "state")
DECIDED = ("approved", "accepted", "denied", "declined", "rejected", "implemented", "considered", "in progress", "done",
           "planned", "completed", "pending")  # fmt: skip
"""Words for decisions in titles and headings."""
_HEADING = r"^\*\*{name}:?\*\*:?[ \t]*"
_NAME = r"[^*\n]{1,40}?"
_SECTION = re.compile(
    _HEADING.replace("{name}", f"(?P<name>{_NAME})")
    + rf"\n?(?P<rest>(?:(?!{_HEADING.replace('{name}', _NAME)}$).*\n?)*)",
    re.MULTILINE,
)
_UPVOTES = re.compile(r"(?:up\s?votes?|✅|👍|⬆️?|🔼|:\w*(?:success|up|yes|check)\w*:)\W{0,8}?(\d+)", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_BY = re.compile(r"^(?P<what>\w[\w ]*?) by\b", re.IGNORECASE)
_FROM = re.compile(r"^(?:reason|response|comment) (?:from|by)\b|['’]s (?:reason|response)$", re.IGNORECASE)


def read(embed: Mapping[str, Any]) -> Cells | None:
    """The cells of an embed; None for one that shows no idea."""
    cells: dict[str, str] = {}
    for name, value in _parts(embed):
        _take(cells, fold(name).strip(" :"), value.strip())
    title = text_of(embed.get("title"))
    if "status" not in cells and (said := _decision(title)):
        cells["status"] = said
    if not cells.get("text", "").strip():
        return None
    cells["text"] = cells["text"].strip().removeprefix("> ")
    return cells


def _parts(embed: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The named parts of an embed: its fields, and the sections of its description, or else the whole description."""
    for one in embed.get("fields") or ():
        yield text_of(one.get("name")), text_of(one.get("value"))
    description = text_of(embed.get("description"))
    sections = [(match["name"], match["rest"]) for match in _SECTION.finditer(description)]
    if any(fold(name).strip(" :") in TEXTS for name, _ in sections):
        yield from sections
    else:
        yield "description", description


def _take(cells: dict[str, str], name: str, value: str) -> None:
    if name in TEXTS:
        cells.setdefault("text", value)
    elif name in VOTES:
        found = _UPVOTES.search(value) or _NUMBER.search(value)
        cells["support"] = found[found.lastindex or 0] if found else ""
    elif name in STATUSES:
        said = _BY.match(value)
        cells["status"] = said["what"] if said else value
    elif name in REASONS or _FROM.search(name):
        cells.setdefault("reason", value)
    elif (said := _BY.match(name)) and _decision(said["what"]):
        # As in “Denied by Ada”: the value is who decided, or the reason.
        cells["status"] = _decision(said["what"])


def _decision(words: str) -> str:
    plain = fold(words)
    return next((one for one in DECIDED if re.search(rf"\b{one}\b", plain)), "")
