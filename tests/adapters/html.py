"""Reads a page as a person would: what it shows, and what can be sent from it."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"input", "img", "meta", "link", "br"})
_PART = re.compile(r'<section id="(\w+)" class="pane"|<article id="([^"]*)" data-turn="(\d+)".*?</article>', re.DOTALL)
_EVENT = re.compile(r'(?<=name="event" value=")[^"]*')


@dataclass
class Node:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def nodes(self) -> list["Node"]:
        return [child for child in self.children if isinstance(child, Node)]

    def all(self, *tags: str) -> list["Node"]:
        """Every element of these tags inside, in order."""
        inner = [(child, child.all(*tags)) for child in self.nodes]
        return [found for child, below in inner for found in ([child] if child.tag in tags else []) + below]

    def fields(self) -> dict[str, str]:
        """What a form sends as it stands, its buttons aside."""
        sent: dict[str, str] = {}
        for control in self.all("input", "textarea", "select"):
            value = _value(control)
            if value is not None:
                sent[control.attributes["name"]] = value
        return sent


@dataclass(frozen=True)
class Entry:
    """One entry of a page, as it is written there.

    Attributes:
        pane: the id of its pane.
        turn: which change of the page it is as of.
    """

    pane: str
    id: str
    turn: str
    html: str

    @property
    def node(self) -> Node:
        """The entry as a tree."""
        return read(self.html).nodes[0]

    @property
    def by_bot(self) -> bool:
        return "bot" in _unsent(self._lasting).classes

    @property
    def text(self) -> str:
        """The entry as plain text."""
        return shown(_unsent(self._lasting))

    @property
    def _lasting(self) -> str:
        """What is the same each time the page is written: what its forms send once is not."""
        return _EVENT.sub("", self.html)


@functools.lru_cache(512)
def _unsent(html: str) -> Node:
    """An entry as a tree, read once for everybody who sees it."""
    return read(html).nodes[0]


def entries(page: str) -> Iterator[Entry]:
    """The entries of a page, in order: a page is read in no time, its entries once each."""
    pane = ""
    for part in _PART.finditer(page):
        pane = part[1] or pane
        if part[2]:
            yield Entry(pane, part[2], part[3], part[0])


def read(html: str) -> Node:
    """The page as a tree."""
    reader = _Reader()
    reader.feed(html)
    return reader.root


def shown(article: Node) -> str:
    """An entry as plain text, in the same shape as `bot.ports.plain`."""
    body = next(node for node in article.nodes if "body" in node.classes)
    return "\n".join(part for node in body.nodes if (part := _block(node))).strip() + "\n"


def _value(control: Node) -> str | None:
    attributes = control.attributes
    if control.tag == "textarea":
        return control.text.removeprefix("\n")
    if control.tag == "select":
        options = control.all("option")
        return next((one for one in options if "selected" in one.attributes), options[0]).attributes["value"]
    if attributes.get("type") == "radio" and "checked" not in attributes:
        return None
    return attributes.get("value", "")


def _block(node: Node) -> str:
    match node.tag:
        case "h4":
            return f"\n{node.text}"
        case "ul":
            return "\n".join(f"• {item.text}" for item in node.nodes)
        case "dl":
            return "\n".join(": ".join(cell.text for cell in pair.nodes) for pair in node.nodes)
        case "blockquote":
            quoted = " ".join(part.text for part in node.nodes)
            return "\n".join(f"> {line}" for line in quoted.split("\n"))
        case "img":
            return f"[{node.attributes['alt']}]"
        case "form" if "buttons" in node.classes:
            return " ".join(f"[{button.text}]" for button in node.all("button"))
        case "form":
            return next(part for part in node.all("p") if "asked" in part.classes).text
        case _:
            return node.text


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Node("root")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        while tag not in VOID and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)
