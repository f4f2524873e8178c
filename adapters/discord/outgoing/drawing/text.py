"""Escapes text for Discord's Markdown: markup, mentions and links."""

import re
from collections.abc import Iterator

from bot.ports.text import is_web_address, repair_surrogates

_LINE_END = re.compile(r"\r\n?|[\n\v\f\x85\u2028\u2029]")
_MARKUP = r"[\\*_~|`\[<@]|:(?=[^\s:]+:)"  # the last starts an emoji's name; mentions and timestamps start with `<`
_MARKED = re.compile(_MARKUP)
_LIVE = re.compile(rf"{_MARKUP}|:(?=//)|(?<=\w)\.(?=[^\W\d_])")  # invitations become links without `https:` too
_LINK = re.compile(
    r"((?:https?|steam)://[^\s<>*]+[^\s<>*.,:;\"')\]])"
)  # a `*` inside could end the bold text around it
_OPENING = re.compile(r"\s*(?:\d+(?=\.(?!\S))|(?=-?#{1,3}(?!\S)|[-+](?!\S)|>))")
_JOINER = "\u2060"


def split_lines(text: str) -> list[str]:
    """Split a text at every kind of line end."""
    if text.isascii() and text.isprintable():
        return [text]
    return _LINE_END.split(repair_surrogates(text))


def escape_trusted(text: str) -> str:
    """Escape the bot's or the team's words: links stay links, without a preview; all other markup is escaped."""
    if "://" not in text:
        return _MARKED.sub(_escaped, text)
    return "".join(_linked(text))


def escape_untrusted(text: str) -> str:
    """Escape a member's words, so that nothing in them is markup, a mention, an emoji's name or a link.

    A backslash suffices for the apps, which handle escapes first. The server, which looks for mentions and links
    itself, reads the backslash as text, which also breaks them. Only `@everyone` and `@here` are found even after a
    backslash; these are broken by a word joiner.
    """
    return _LIVE.sub(_escaped, text)


def escape_code(text: str) -> str:
    """Escape a text for a code span, which a backtick would end."""
    return text.replace("`", "\u02cb")


def escape_link(text: str, url: str) -> str:
    """A text as a link without a preview; only the text if the address is not of the web."""
    if not is_web_address(url):
        return escape_trusted(text)
    label = escape_untrusted(text).replace("]", "\\]")
    return f"[{label}](<{url}>)"


def escape_line_start(line: str) -> str:
    """Escape the start of a line, so that it makes no heading, list, quote or small print."""
    mark = _OPENING.match(line)
    return f"{line[: mark.end()]}\\{line[mark.end() :]}" if mark else line


def _escaped(found: re.Match[str]) -> str:
    calls = found[0] == "@" and found.string.startswith(("everyone", "here"), found.end())
    return f"@{_JOINER}" if calls else f"\\{found[0]}"


def _linked(text: str) -> Iterator[str]:
    for place, part in enumerate(_LINK.split(text)):
        yield f"<{part}>" if place % 2 else _MARKED.sub(_escaped, part)
