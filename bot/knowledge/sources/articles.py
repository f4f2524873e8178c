"""Reads JSON of help centres (Zendesk, Intercom and the like), and lists of questions with answers."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.cells import storable
from bot.knowledge.sources.draft import Draft, Problem
from bot.knowledge.sources.values import day, first, language_code, tags
from storage.values import frozen

LISTS = ("articles", "data", "faqs", "faq", "questions", "results", "items", "entries", "documents", "intents")
TITLES = ("title", "question", "questions", "query", "name", "patterns")
BODIES = ("body", "answer", "response", "content", "html_body", "text", "responses", "description")
ADDRESSES = ("html_url", "url", "link")
CHANGED = ("edited_at", "updated_at", "created_at")
TAGS = ("label_names", "tags", "labels")
LANGUAGES = ("locale", "language", "lang", "default_locale")
"""For each value read from an article, the keys it may have, the most likely first."""


@frozen
class Export:
    """The articles of a file, and whether the export goes on in further files."""

    articles: Sequence[Any]
    goes_on: bool


Found = Iterator[Draft | Problem]


def recognise(text: str) -> "Export | None":
    """The articles of a JSON text; None when it is not JSON, or has no list of articles."""
    if text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    listed = value.get(first(value, LISTS)) if isinstance(value, dict) else value
    if isinstance(listed, list) and any(_is_article(one) for one in listed):
        return Export(listed, isinstance(value, dict) and _goes_on(value))
    return None


def parse(export: Export) -> Found:
    """The published articles, each with its translations."""
    if export.goes_on:
        yield Problem("the file", "is one page of an export; the articles of the next ones are not in it", skips=False)
    for number, article in enumerate(export.articles, 1):
        own = article.get("id") if isinstance(article, dict) else None
        where = f"article {number}" if own is None else f"article {number} (id {own})"
        if not isinstance(article, dict):
            yield Problem(where, "is no article")
            continue
        translations = _translations(article)
        if not translations:
            yield _read(where, article, None if own is None else str(own), None)
        if translations and _is_apart(article, translations):
            yield _read(where, article, None if own is None else str(own), None)
        for language, content in translations.items():
            yield _read(where, content, f"{own}-{language}" if own else None, language)


def _goes_on(value: Mapping[str, Any]) -> bool:
    pages = value.get("pages")
    return bool(value.get("next_page") or (isinstance(pages, dict) and pages.get("next")))


def _is_apart(article: Mapping[str, Any], translations: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether an article has a text of its own, besides its translations."""
    spoken = language_code(str(article.get(first(article, LANGUAGES) or "") or ""))
    titles = {title for one in translations.values() for title in _titles(one)}
    return _is_article(article) and spoken not in translations and not set(_titles(article)) & titles


def _is_article(value: Any) -> bool:
    return isinstance(value, dict) and bool(first(value, TITLES)) and bool(first(value, BODIES))


def _read(where: str, article: Mapping[str, Any], own: str | None, language: str | None) -> Draft | Problem:
    asked, answer = _titles(article), _body(article)
    if article.get("draft") is True or str(article.get("state", article.get("status", ""))).lower() in _UNPUBLISHED:
        return Problem(where, "is a draft")
    if not asked:
        return Problem(where, "has no title")
    if not answer:
        return Problem(where, f"“{asked[0]}” has no text")
    spoken = language or language_code(str(article.get(first(article, LANGUAGES) or "") or ""))
    address = article.get(first(article, ADDRESSES) or "")
    written = article.get(first(article, CHANGED) or "")
    return Draft(
        where,
        asked,
        answer,
        own,
        spoken,
        address if isinstance(address, str) else None,
        tags=tags(article.get(first(article, TAGS) or "")),
        written_on=day(written[:10]) if isinstance(written, str) else None,
    )


_UNPUBLISHED = frozenset(["draft", "archived", "unpublished"])


def _titles(article: Mapping[str, Any]) -> tuple[str, ...]:
    held = article.get(first(article, TITLES) or "")
    texts = held if isinstance(held, list) else [held]
    return tuple(dict.fromkeys(text for one in texts if isinstance(one, str) and (text := storable(one).strip())))


def _body(article: Mapping[str, Any]) -> str:
    """The text, with HTML as Markdown."""
    held = next((article[name] for name in BODIES if article.get(name)), "")
    held = held[0] if isinstance(held, list) and held else held
    if not isinstance(held, str):
        return ""
    if "</" not in held and "<br" not in held:
        return storable(held).strip()
    from bot.knowledge.sources.markdown.markup import to_markdown  # noqa: PLC0415 - the parser takes 3 MiB

    return storable(to_markdown(held)).strip()


def _translations(article: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    """By language, the translations of an article."""
    held = article.get("translated_content") or article.get("translations")
    if isinstance(held, list):
        held = {str(one.get("locale", "")): one for one in held if isinstance(one, dict)}
    if not isinstance(held, dict):
        return {}
    found = {language_code(str(name)): one for name, one in held.items() if _is_article(one)}
    return {name: one for name, one in found.items() if name}
