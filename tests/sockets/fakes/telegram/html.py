"""Telegram's HTML: what a reader is shown, or why the server refuses it."""

import re
from dataclasses import dataclass
from html import unescape

ALIASES = {"strong": "b", "em": "i", "strike": "s", "del": "s", "ins": "u"}
ENTITIES = {
    "b": "bold",
    "i": "italic",
    "u": "underline",
    "s": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
}
TOKEN = re.compile(
    r"<(?P<close>/?)(?P<tag>[^\s<>/]*)(?P<rest>[^>]*)>|&(?P<name>lt|gt|amp|quot|#\d{1,6}|#x[0-9a-fA-F]{1,5});|(?P<open><)"
)
PERSON = re.compile(r"tg://user\?id=(\d+)")
HREF = re.compile(r"""\s*href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


class Unparsable(Exception):
    """The server's reason, after `can't parse entities: `."""


@dataclass
class Open:
    """A tag not closed yet.

    Attributes:
        start: where its text starts, in characters.
    """

    tag: str
    start: int
    url: str = ""


def units(text: str) -> int:
    """A text's length as Telegram counts: in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse(source: str) -> tuple[str, list[dict[str, object]]]:
    """The text shown and its entities, offsets in UTF-16 units.

    Raises:
        Unparsable: a tag is unknown, not closed, or closed in the wrong order.
    """
    shown, position, opened, entities = "", 0, list[Open](), list[dict[str, object]]()
    for token in TOKEN.finditer(source):
        shown += source[position : token.start()]
        position = token.end()
        at = len(source[: token.start()].encode())
        if token["name"]:
            shown += unescape(token[0])
        elif token["open"]:
            raise Unparsable(f"Unclosed start tag at byte offset {at}")
        elif token["close"]:
            entities.append(_closed(opened, token["tag"].lower(), shown, at))
        else:
            opened.append(_opened(token, len(shown), at))
    if opened:
        raise Unparsable(f"""Can't find end tag corresponding to start tag "{opened[-1].tag}\"""")
    entities.sort(key=lambda one: (one["offset"], -int(str(one["length"]))))
    return shown + source[position:], [one for one in entities if one["length"]]


def _opened(token: re.Match[str], start: int, at: int) -> Open:
    tag = token["tag"].lower()
    if ALIASES.get(tag, tag) not in ENTITIES:
        raise Unparsable(f'Unsupported start tag "{tag}" at byte offset {at}')
    link = HREF.match(token["rest"]) if tag == "a" else None
    return Open(tag, start, next(one for one in link.groups("") if one) if link and any(link.groups()) else "")


def _closed(opened: list[Open], tag: str, shown: str, at: int) -> dict[str, object]:
    if not opened:
        raise Unparsable(f"Unexpected end tag at byte offset {at}")
    last = opened.pop()
    if tag != last.tag:
        raise Unparsable(f'Unmatched end tag at byte offset {at}, expected "</{last.tag}>", found "</{tag}>"')
    kind, link = _kind(last)
    return {"type": kind, "offset": units(shown[: last.start]), "length": units(shown[last.start :]), **link}


def _kind(tag: Open) -> tuple[str, dict[str, object]]:
    """What an element becomes: a link to a person is a mention of them."""
    kind = ENTITIES[ALIASES.get(tag.tag, tag.tag)]
    if kind != "text_link":
        return kind, {}
    if person := PERSON.fullmatch(tag.url):
        return "text_mention", {"user": {"id": int(person[1]), "is_bot": False, "first_name": "Somebody"}}
    return kind, {"url": tag.url}
