"""Knowledge in the SQuAD layout: help bases and real SQuAD files."""

from typing import Any

from bot.knowledge.sources import Draft, Problem
from bot.knowledge.sources.squad import parse


def paragraph(context: str, **answers: str | None) -> dict[str, Any]:
    questions = [
        {"question": question.replace("_", " "), "answers": [] if answer is None else [{"text": answer}]}
        for question, answer in answers.items()
    ]
    return {"context": context, "qas": questions}


def drafts(*entries: Any) -> list[Draft]:
    return [found for found in parse(list(entries)) if isinstance(found, Draft)]


def problems(*entries: Any) -> list[str]:
    return [str(found) for found in parse(list(entries)) if isinstance(found, Problem)]


def test_a_question_is_answered_by_its_span() -> None:
    context = "The tower was built in 1889. It is 330 m high."
    entry = {"id": "7", "paragraphs": [paragraph(context, When="1889", How_high="330 m")]}
    found = [(draft.phrasings, draft.answer, draft.id) for draft in drafts(entry)]
    assert found == [(("When",), "1889", "7"), (("How high",), "330 m", "7-2")]


def test_a_question_without_a_span_is_answered_by_its_paragraph() -> None:
    [draft] = drafts({"paragraphs": [paragraph("Open from 9 to 5.", When=None)]})
    assert (draft.answer, draft.id) == ("Open from 9 to 5.", None)


def test_a_span_that_is_only_the_beginning_of_its_paragraph_does_not_cut_the_answer() -> None:
    context = "Yes. Doctors, nurses, etc. may read the file. The patient decides."
    [draft] = drafts({"paragraphs": [paragraph(context, Who="Yes. Doctors, nurses, etc")]})
    assert draft.answer == context


def test_questions_answered_by_the_same_words_are_ways_of_asking_for_one_answer() -> None:
    context = "A file that a site leaves. It tells who comes back."
    entry = {"id": "3", "paragraphs": [paragraph(context, What_is_a_cookie=context, Why_cookies=context, Who="A site")]}
    found = [(draft.phrasings, draft.answer, draft.id) for draft in drafts(entry)]
    assert found == [(("What is a cookie", "Why cookies"), context, "3"), (("Who",), "A site", "3-3")]


def test_a_question_with_an_id_of_its_own_keeps_it() -> None:
    entry = {"id": "7", "paragraphs": [{"context": "So.", "qas": [{"id": "q1", "question": "Why?"}]}]}
    assert [draft.id for draft in drafts(entry)] == ["q1"]


def test_a_question_put_twice_in_one_entry_is_kept_once() -> None:
    entry = {"id": "258", "paragraphs": [paragraph("The first.", Why=None), paragraph("whsdjsfsd", Why=None)]}
    assert [draft.answer for draft in drafts(entry)] == ["The first."]
    assert problems(entry) == ["entry 1 (id 258): asks “Why” a second time"]


def test_what_says_it_cannot_be_answered_is_not_answered() -> None:
    entry = {"paragraphs": [{"context": "Long.", "qas": [{"question": "Why?", "answers": [], "is_impossible": True}]}]}
    assert problems(entry) == ["entry 1: has no answer"]


def test_entries_without_paragraphs_and_other_shapes_are_named_and_the_rest_is_kept() -> None:
    good = {"paragraphs": [paragraph("Here.", Where=None)]}
    bad = [{"id": 3}, "text", {"paragraphs": [{"context": "x"}]}, {"paragraphs": [paragraph("", Why=None)]}]
    assert [draft.where for draft in drafts(*bad, good)] == ["entry 5"]
    assert problems(*bad, good) == [
        "entry 1 (id 3): has no paragraphs",
        "entry 2: has no paragraphs",
        "entry 3: has no question",
        "entry 4: has no answer",
    ]
