"""The French is French: its typography, its register, and the words the product has chosen."""

import re

import pytest
from babel.messages import Catalog, Message

from bot.catalogue import registry
from bot.locales.words import WORDS
from bot.operations.assembly import LOCALES
from bot.translations import catalogue

NO_BREAK = "\u00a0\u202f"
YOURS = re.compile("votre nom|peut vous trahir|vous l’avez dit", re.IGNORECASE)
"""Where the French addresses the reader on purpose, as the sample texts do."""
LANGUAGES = {"anglais", "français"}
"""Words that are capitalised only in English."""


@pytest.fixture(scope="module")
def french() -> Catalog:
    return catalogue.load(LOCALES / "fr.po")


@pytest.fixture(scope="module")
def pairs(french: Catalog) -> list[tuple[str, str]]:
    """Pairs of every message and each of its French forms."""
    return [
        (english, form)
        for message in french
        if message.id
        for english, form in zip(_ids(message), catalogue.forms(message), strict=True)
        if form
    ]


def test_french_puts_a_no_break_space_where_its_typography_has_one(pairs: list[tuple[str, str]]) -> None:
    lone = re.compile(rf"(?<![{NO_BREAK}?!])[:;?!»](?!//|\d)|«(?![{NO_BREAK}])|\s\s")
    assert [form for _, form in pairs if lone.search(form)] == []


def test_french_uses_its_own_quotes_apostrophes_and_ellipses(pairs: list[tuple[str, str]]) -> None:
    assert [form for _, form in pairs if re.search(r"['\"`]|\.\.\.|[‘“”]", re.sub("«.*?»", "", form))] == []


def test_french_begins_and_ends_as_the_message_does(pairs: list[tuple[str, str]]) -> None:
    ends = re.compile(r"\s*\Z|[.:;?!…]\Z")
    assert [form for english, form in pairs if _edge(ends, english) != _edge(ends, form)] == []
    lower = [form for english, form in pairs if english[:1].isupper() and form[:1].islower()]
    assert set(lower) <= LANGUAGES


def test_french_addresses_nobody_as_tu_or_vous(pairs: list[tuple[str, str]]) -> None:
    address = re.compile(
        r"\b(tu|te|toi|ton|ta|tes|vous|votre|vos|vôtres?)\b|\bt’|\w+ez\b(?<!chez)(?<!assez)", re.IGNORECASE
    )
    assert [form for _, form in pairs if address.search(YOURS.sub("", form))] == []


def test_french_needs_no_gendered_doublets(pairs: list[tuple[str, str]]) -> None:
    assert [form for _, form in pairs if re.search(r"·e|\(e\)|\be/", form)] == []


def test_nobody_accepts_or_promises_anything(pairs: list[tuple[str, str]]) -> None:
    vow = re.compile(r"accept|promis|promet|garanti|guarantee", re.IGNORECASE)
    assert [pair for pair in pairs if any(vow.search(text) for text in pair)] == []


def test_commands_go_by_their_french_names_in_french(pairs: list[tuple[str, str]]) -> None:
    known, typed = registry(), re.compile(r"/([a-z]+)")
    for english, form in pairs:
        found = [known.find(name) for name in typed.findall(english)]
        said = [name for name in typed.findall(form) if known.find(name)]
        assert said == [one.name_in("fr") for one in found if one], form


def test_the_words_of_one_choice_are_told_apart(french: Catalog) -> None:
    for kind in {type(item) for item in WORDS}:
        said = [_said(french, word) for item, word in WORDS.items() if type(item) is kind]
        assert len(said) == len(set(said)), kind


def test_french_speaks_with_the_products_voice(french: Catalog) -> None:
    cases: list[tuple[str, str]] = [
        ("Got it: {kind} {number}.", "Bien reçu : {kind} {number}."),
        ("Everyone can see it, with your name.", "Visible par tout le monde, avec votre nom."),
        (
            "The decision will come here; {status} any time.",
            "La décision arrivera ici ; sinon {status}.",
        ),
        ("Nothing new, nothing waiting.", "Rien de neuf, rien en attente."),
        ("Your week · {community}", "Le point de la semaine · {community}"),
        ("What people talk about", "Ce dont on parle"),
    ]
    assert [(english, _said(french, english).replace("\u00a0", " ")) for english, _ in cases] == cases


def _said(held: Catalog, english: str) -> str:
    message = held.get(english)
    return catalogue.forms(message)[0] if message else english


def _ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _edge(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[0] if found else ""
