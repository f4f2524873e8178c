"""Reads a web page: its questions with their answers, or else its whole text under its title."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from bs4.exceptions import ParserRejectedMarkup

from bot.cells import storable
from bot.knowledge.sources.draft import Draft, Problem
from bot.knowledge.sources.markdown.block import bare
from bot.knowledge.sources.markdown.drafts import draft
from bot.knowledge.sources.markdown.html import read_html
from bot.knowledge.sources.markdown.markup import to_markdown
from bot.knowledge.sources.markdown.sections import gather

NOISE = "nav, header, footer, aside, form, script, style, noscript, template, svg, [hidden], [aria-hidden=true]"
"""Selector of the elements around the content of a page."""


def is_page(text: str) -> bool:
    """Whether a text is a web page."""
    return text.lstrip()[:100].lower().startswith(("<!doctype html", "<html"))


def read_page(html: str, address: str = "") -> list[Draft | Problem]:
    """The answers of a page.

    Args:
        address: the page's address, to resolve relative links; without it, these become plain words.
    """
    try:
        soup = BeautifulSoup(html, "html.parser")
    except ParserRejectedMarkup:
        return []
    if told := list(_told(soup)):
        return list(told)
    title = _title(soup)
    body = _body(soup)
    _resolve(body, address)
    blocks = list(read_html(str(body), 0, 1))
    found = list(draft(*gather(blocks))) if any(block.level > 1 and block.is_title for block in blocks) else []
    if any(isinstance(one, Draft) for one in found):
        return found
    text = storable(to_markdown(str(body))).strip()
    return [Draft(f"the page “{title}”", (title,), text)] if title and text else []


def _title(soup: BeautifulSoup) -> str:
    for name in ("h1", "title"):
        found = soup.find(name)
        if isinstance(found, Tag) and (words := bare(found.get_text(" "))):
            return words
    return ""


def _body(soup: BeautifulSoup) -> Tag:
    body = next((found for name in ("main", "article", "body") if isinstance(found := soup.find(name), Tag)), soup)
    for one in body.select(NOISE):
        one.decompose()
    return body


def _resolve(body: Tag, address: str) -> None:
    """Make links absolute; links that lead nowhere become plain words, and images are removed."""
    for link in body.find_all("a"):
        target = str(link.get("href") or "")
        whole = urljoin(address, target) if address else target
        if target.startswith("#") or not whole.startswith(("http://", "https://", "mailto:", "tel:")):
            link.unwrap()
        else:
            link["href"] = whole
    for image in body.find_all("img"):
        image.decompose()


def _told(soup: BeautifulSoup) -> Iterator[Draft]:
    """The questions in a page's structured data for search engines (FAQPage of schema.org)."""
    for script in soup.find_all("script", type="application/ld+json"):
        try:
            value = json.loads(script.get_text())
        except (ValueError, RecursionError):
            continue
        for item in _faqs(value):
            question, answer = item.get("name"), item.get("acceptedAnswer")
            text = answer.get("text") if isinstance(answer, dict) else None
            if isinstance(question, str) and isinstance(text, str) and bare(question) and to_markdown(text):
                yield Draft(f"“{bare(question)}”", (bare(question),), storable(to_markdown(text)))


def _faqs(value: Any) -> Iterator[dict[str, Any]]:
    graph = value.get("@graph", [value]) if isinstance(value, dict) else value
    for one in graph if isinstance(graph, list) else []:
        if isinstance(one, dict) and one.get("@type") == "FAQPage":
            held = one.get("mainEntity")
            yield from (item for item in (held if isinstance(held, list) else [held]) if isinstance(item, dict))
