"""Words as Discord is to read them: what it would take for markup, a mention or a link is escaped."""

import re
from collections.abc import Iterator

from bot.ports.text import sound

_LINE_END = re.compile(r"\r\n?|[\n\v\f\x85\u2028\u2029]")
_MARKUP = r"[\\*_~|`\[<@]|:(?=[^\s:]+:)"  # the last opens an emoji's name; every mention and timestamp opens with `<`
_MARKED = re.compile(_MARKUP)
_LIVE = re.compile(rf"{_MARKUP}|:(?=//)|(?<=\w)\.(?=[^\W\d_])")  # an invitation is live without `https:` too
_LINK = re.compile(r"((?:https?|steam)://[^\s<>*]+[^\s<>*.,:;\"')\]])")  # `*` within could end the bold around it
_OPENING = re.compile(r"\s*(?:\d+(?=\.(?!\S))|(?=-?#{1,3}(?!\S)|[-+](?!\S)|>))")
_JOINER = "\u2060"


def lines(text: str) -> list[str]:
    """The lines of a text, whatever ends them."""
    return _LINE_END.split(sound(text))


def own(text: str) -> str:
    """The bot's or the team's words: links work, without a preview; nothing else in them does anything."""
    if "://" not in text:
        return _MARKED.sub(_escaped, text)
    return "".join(_linked(text))


def dead(text: str) -> str:
    """A member's words: nothing in them is markup, a mention, an emoji's name or a link.

    A backslash is enough for the apps, whose escape rule comes before all others. Where the server looks for a mention
    or a link by itself, it reads the backslash as part of the text, so that there is none either; only
    `@everyone` and `@here`, which it finds after a backslash too, are broken by a word joiner.
    """
    return _LIVE.sub(_escaped, text)


def opened(line: str) -> str:
    """An escaped line that opens neither a heading, a list, a quote nor small print."""
    mark = _OPENING.match(line)
    return f"{line[: mark.end()]}\\{line[mark.end() :]}" if mark else line


def _escaped(found: re.Match[str]) -> str:
    calls = found[0] == "@" and found.string.startswith(("everyone", "here"), found.end())
    return f"@{_JOINER}" if calls else f"\\{found[0]}"


def _linked(text: str) -> Iterator[str]:
    for place, part in enumerate(_LINK.split(text)):
        yield f"<{part}>" if place % 2 else _MARKED.sub(_escaped, part)
