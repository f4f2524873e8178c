"""No words reach a person around the catalogues."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import nodes

from bot.catalogue import registry
from bot.commands.registry import LABELS, Shape
from bot.translations import messages
from tests.architecture.source import kinds, tree

SPEAKS = frozenset({"Title", "Paragraph", "Button", "Bullets", "Fields", "Ask", "Strong", "UserError"})
"""What shows its first argument to somebody."""
READ_OUT = frozenset({"alt", "aria-description", "aria-label", "placeholder", "title"})
WORD = re.compile(r"[^\W\d_]{2,}")
NAME = "Portevoix"


def test_no_words_of_the_code_reach_a_person_untranslated() -> None:
    found = {name: list(_bare(messages.ROOT / name)) for name in messages.sources()}
    assert {name: words for name, words in found.items() if words} == {}


IN_PYTHON = {
    'Paragraph("Hello")': ["Hello"],
    'raise UserError(f"No {x}")': ["No "],
    'Title(speech.say("Hello"))': [],
    'Title(f"#{number} · {title}")': [],
}
IN_TEMPLATES = {
    "<p title='Hi there'>{{ x }} Hello</p>": ["Hi there", " Hello"],
    "<script src='app.js'></script><p class='wide'>{{ speech.say('Hello') }} · 12 </p>": [],
}


def test_the_search_for_untranslated_words_finds_them() -> None:
    assert {text: list(_bare_in_python(ast.parse(text))) for text in IN_PYTHON} == IN_PYTHON
    assert {text: list(_bare_in_template(text)) for text in IN_TEMPLATES} == IN_TEMPLATES


def test_everything_a_person_fills_in_has_a_label() -> None:
    asked = {(one.name, p.name) for one in registry().commands for p in one.parameters if p.shape is not Shape.HIDDEN}
    assert {(owner, name) for owner, name in asked if name not in LABELS} == set()


def test_every_command_says_what_it_does_in_one_sentence() -> None:
    assert [one.name for one in registry().commands if not re.fullmatch(r"[A-Z].+\.", one.summary)] == []


def _bare(file: Path) -> Iterator[str]:
    """Words that a file shows to somebody without having them translated."""
    return _bare_in_python(tree(file)) if file.suffix == ".py" else _bare_in_template(file.read_text("utf-8"))


def _bare_in_python(module: ast.Module) -> Iterator[str]:
    for node in kinds(module)[ast.Call]:
        match node:
            case ast.Call(func=ast.Name(id=called), args=[shown, *_]) if called in SPEAKS:
                parts = shown.values if isinstance(shown, ast.JoinedStr) else [shown]
                texts = (one.value for one in parts if isinstance(one, ast.Constant))
                yield from (text for text in texts if isinstance(text, str) and _wordy(text))


def _bare_in_template(text: str) -> Iterator[str]:
    page = Page()
    page.feed("".join(part.data for part in messages.JINJA.parse(text).find_all(nodes.TemplateData)))
    page.close()
    yield from page.words


def _wordy(text: str) -> bool:
    return bool(WORD.search(text.replace(NAME, "")))


class Page(HTMLParser):
    """Collects what a page shows or reads out."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.words += [value for name, value in attrs if name in READ_OUT and value and _wordy(value)]

    def handle_data(self, data: str) -> None:
        if _wordy(data):
            self.words.append(data)
