"""Reads knowledge in the SQuAD layout: data[].paragraphs[].{context, qas[].{question, answers[].text}}."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.cells import storable
from bot.knowledge.sources.draft import Draft, Problem


def recognise(text: str) -> list[Any] | None:
    """The entries under `data`, or None when the text is not JSON in this layout."""
    if not text.lstrip().startswith("{"):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    data = value.get("data") if isinstance(value, dict) else None
    return data if isinstance(data, list) else None


def parse(data: list[Any]) -> Iterator[Draft | Problem]:
    """The answers, entry by entry."""
    for number, entry in enumerate(data, 1):
        own = _text(entry, "id") if isinstance(entry, dict) else ""
        where = f"entry {number} (id {own})" if own else f"entry {number}"
        paragraphs = _list(entry, "paragraphs")
        if not paragraphs:
            yield Problem(where, "has no paragraphs")
        yield from _entry(where, own, paragraphs)


def _entry(where: str, own: str, paragraphs: list[Any]) -> Iterator[Draft | Problem]:
    """The answers of an entry. Questions without an id get the entry's id, with a number from the second one on."""
    asked: list[str] = []
    for paragraph in paragraphs:
        found = list(_paragraph(where, own, paragraph, asked))
        yield from (one for one in found if isinstance(one, Problem))
        yield from _joined([one for one in found if isinstance(one, Draft)])


def _paragraph(where: str, own: str, paragraph: Any, asked: list[str]) -> Iterator[Draft | Problem]:
    """The answers of a paragraph, question by question.

    Args:
        asked: the entry's questions so far; those found are added.
    """
    questions = _list(paragraph, "qas")
    if not questions:
        yield Problem(where, "has no question")
    for item in questions:
        question, answer = _text(item, "question"), _answer(paragraph, item, alone=len(questions) == 1)
        if not question or not answer:
            yield Problem(where, "has no answer" if question else "has no question")
        elif question in asked:
            yield Problem(where, f"asks “{question}” a second time")
        else:
            asked.append(question)
            nth = f"{own}-{len(asked)}" if own and len(asked) > 1 else own
            yield Draft(where, (question,), answer, _text(item, "id") or nth or None)


def _joined(drafts: list[Draft]) -> Iterator[Draft]:
    """The drafts of a paragraph, those with the same answer as one, since separate ones would compete in a search."""
    alike: dict[str, list[Draft]] = {}
    for one in drafts:
        alike.setdefault(one.answer, []).append(one)
    for first, *others in alike.values():
        yield replace(first, phrasings=(*first.phrasings, *(text for one in others for text in one.phrasings)))


def _answer(paragraph: Any, item: Any, *, alone: bool) -> str:
    """The answer span, else the whole paragraph; empty when the question is marked as impossible to answer.

    FAQs converted to this layout have one question a paragraph, and as its span only the paragraph's beginning, cut
    at a full stop, even at the one of “etc.”: there the whole paragraph is the answer.

    Args:
        alone: whether it is the paragraph's only question.
    """
    if isinstance(item, dict) and item.get("is_impossible") is True:
        return ""
    context = _text(paragraph, "context")
    span = next((text for answer in _list(item, "answers") if (text := _text(answer, "text"))), "")
    opens = alone and context.startswith(span)
    return context if opens or not span else span


def _list(value: Any, key: str) -> list[Any]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def _text(value: Any, key: str) -> str:
    found = value.get(key) if isinstance(value, dict) else None
    return storable(str(found)).strip() if isinstance(found, str | int) and not isinstance(found, bool) else ""
