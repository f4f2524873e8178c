"""One language at a time: messages, plurals and dates."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from string import Formatter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.locales.speech import Languages, Speech
from bot.locales.words import AREAS, DigestAction, LanguageChoice, Verdict
from bot.operations.assembly import LOCALES
from bot.ports.reply import Strong, flat
from bot.translations import catalogue
from storage.vocabulary import Audience, Kind, Status

WORDS = st.text() | st.text("{}!:.0n[]{number}")
PARIS = ZoneInfo("Europe/Paris")
Translated = dict[str | tuple[str, ...], tuple[str, ...]]


@pytest.fixture(scope="module")
def languages() -> Languages:
    return Languages(LOCALES)


@pytest.fixture(scope="module")
def french(languages: Languages) -> Speech:
    return languages.speech("fr")


@pytest.fixture(scope="module")
def english(languages: Languages) -> Speech:
    return languages.speech("en")


@pytest.fixture(scope="module")
def translations() -> Translated:
    """The French translations of all messages, read from the catalogue's file."""
    held = [one for one in catalogue.load(LOCALES / "fr.po") if one.id and all(catalogue.forms(one))]
    return {tuple(one.id) if one.pluralizable else str(one.id): catalogue.forms(one) for one in held}


@pytest.fixture
def speaking(tmp_path: Path) -> Callable[[str], Speech]:
    """Makes a French speech from a catalogue given by the test."""

    def read(entries: str) -> Speech:
        (tmp_path / "fr.po").write_text(entries, "utf-8")
        return Languages(tmp_path).speech("fr")

    return read


def filled(form: str, values: dict[str, str]) -> str:
    """The expected text of a message, filled in piece by piece."""
    return "".join(text + (values[name] if name else "") for text, name, _, _ in Formatter().parse(form))


def names(form: str) -> list[str]:
    return sorted({name for _, name, _, _ in Formatter().parse(form) if name})


def test_french_says_its_singular_of_none_too(french: Speech, english: Speech) -> None:
    cases: list[tuple[int, str, str]] = [
        (0, "0 personne", "0 people"),
        (1, "1 personne", "1 person"),
        (2, "2 personnes", "2 people"),
    ]
    for number, in_french, in_english in cases:
        assert french.count("{n} person", "{n} people", number) == in_french, number
        assert english.count("{n} person", "{n} people", number) == in_english, number


def test_a_plural_is_filled_with_more_than_its_number(speaking: Callable[[str], Speech]) -> None:
    french = speaking('msgid "{n} day of {who}"\nmsgid_plural "{n} days of {who}"\nmsgstr[0] "{who}, {n} jour"\n')
    assert french.count("{n} day of {who}", "{n} days of {who}", 1, who="Zoé {n}") == "Zoé {n}, 1 jour"
    assert french.count("{n} day of {who}", "{n} days of {who}", 3, who="Zoé") == "3 days of Zoé"


def test_a_span_of_days_names_its_month_once_when_it_is_the_same(french: Speech, english: Speech) -> None:
    cases: list[tuple[date, date, str, str]] = [
        (date(2026, 3, 2), date(2026, 3, 8), "2-8 mars", "2-8 March"),
        (date(2026, 2, 24), date(2026, 3, 2), "24 février - 2 mars", "24 February - 2 March"),
        (date(2025, 12, 29), date(2026, 1, 4), "29 décembre - 4 janvier", "29 December - 4 January"),
        (date(2025, 3, 31), date(2026, 3, 2), "31 mars - 2 mars", "31 March - 2 March"),
    ]
    for first, last, in_french, in_english in cases:
        assert french.days(first, last) == in_french, (first, last, in_french, in_english)
        assert english.days(first, last) == in_english, (first, last, in_french, in_english)


def test_a_month_stands_within_a_sentence(french: Speech, english: Speech) -> None:
    assert french.month(date(2026, 2, 1)) == "février"
    assert french.month(date(2026, 8, 31)) == "août"
    assert english.month(date(2026, 2, 1)) == "February"


def test_a_day_is_said_in_the_order_of_its_language(french: Speech, english: Speech) -> None:
    assert french.day(date(2026, 3, 8)) == "8 mars"
    assert english.day(date(2026, 3, 8)) == "8 March"


def test_a_clock_shows_the_time_of_the_zone(french: Speech) -> None:
    assert french.clock(datetime(2026, 3, 4, 8, 5, tzinfo=UTC), PARIS) == "09:05"
    assert french.clock(datetime(2026, 7, 4, 22, 30, tzinfo=UTC), PARIS) == "00:30"


def test_a_line_keeps_its_strong_words_apart(french: Speech) -> None:
    line = french.line("Got it: {kind} {number}.", kind="suggestion", number=Strong("#12"))
    assert line == ("Bien reçu\u00a0: ", "suggestion", " ", Strong("#12"), ".")


def test_a_translation_may_turn_a_line_around(speaking: Callable[[str], Speech]) -> None:
    french = speaking('msgid "{number} by {who}"\nmsgstr "{who} : {number}"\n')
    assert french.line("{number} by {who}", number=Strong("#1"), who="Ana") == ("Ana", " : ", Strong("#1"))


def test_a_line_without_a_translation_is_english(speaking: Callable[[str], Speech]) -> None:
    assert speaking("").line("{number} by {who}", number="#1", who="Ana") == ("#1", " by ", "Ana")


@given(data=st.data())
def test_what_fills_a_message_is_never_read_as_a_message(
    french: Speech, translations: Translated, data: st.DataObject
) -> None:
    message = data.draw(st.sampled_from([one for one in translations if isinstance(one, str) and names(one)]))
    values = {name: data.draw(WORDS, label=name) for name in names(message)}
    assert french.say(message, **values) == filled(translations[message][0], values)


@given(data=st.data())
def test_what_fills_a_line_is_never_read_as_a_message(
    french: Speech, translations: Translated, data: st.DataObject
) -> None:
    message = data.draw(st.sampled_from([one for one in translations if isinstance(one, str) and names(one)]))
    values = {name: data.draw(WORDS, label=name) for name in names(message)}
    strong = {name: Strong(value) if data.draw(st.booleans()) else value for name, value in values.items()}
    line = french.line(message, **strong)
    assert flat(line) == filled(translations[message][0], values)
    assert {one for one in line if isinstance(one, Strong)} == {
        one for one in strong.values() if isinstance(one, Strong)
    }


@given(data=st.data(), number=st.integers(0, 10_000))
def test_every_plural_is_said_with_its_number(
    french: Speech, translations: Translated, data: st.DataObject, number: int
) -> None:
    one, many = data.draw(st.sampled_from([key for key in translations if isinstance(key, tuple)]))
    form = translations[one, many][0 if number < 2 else 1]
    values = {name: data.draw(WORDS, label=name) for name in names(many) if name != "n"}
    assert french.count(one, many, number, **values) == filled(form, {"n": str(number), **values})


def test_braces_in_somebodys_words_stay_as_they_are(french: Speech) -> None:
    cases: list[str] = ["{number}", "{", "}", "{{x}}", "{0.__class__}", "%s %(kind)s", "{number!r:>9}"]
    for words in cases:
        said = french.say("I do not know /{name}. Did you mean /{near}?", name=words, near="aide")
        assert said == f"Je ne connais pas /{words}. Peut-être /aide\u00a0?", words
        assert Strong(words) in french.line("Got it: {kind} {number}.", kind="bravo", number=Strong(words)), words
        assert french.area(words) == words, words


def test_a_platforms_locale_finds_its_language(languages: Languages) -> None:
    cases: list[str] = ["fr", "FR", "fr-CA", "fr_FR", "fr-Latn-CH"]
    assert [wish for wish in cases if languages.speech(wish).language != "fr"] == []


def test_the_first_wish_the_product_speaks_wins(languages: Languages) -> None:
    assert languages.speech(None, "", "tlh", "frr", "fr-CA", "en").language == "fr"
    assert languages.speech("en", "fr").language == "en"


@pytest.mark.parametrize("wish", [None, "", "de", "xx-YY", "-", "français", "../fr"])
def test_an_unknown_language_falls_back_to_english(languages: Languages, wish: str | None) -> None:
    assert languages.speech(wish).language == "en"
    assert languages.speech().language == "en"


def test_the_source_language_comes_first_and_needs_no_catalogue(tmp_path: Path) -> None:
    (tmp_path / "es.po").write_text('msgid "Send"\nmsgstr "Enviar"\n')
    languages = Languages(tmp_path)
    assert languages.codes == ("en", "es")
    assert {code: speech.say("Send") for code, speech in languages.all().items()} == {"en": "Send", "es": "Enviar"}


def test_each_language_spoken_can_be_chosen(languages: Languages) -> None:
    assert {*languages.codes, LanguageChoice.AUTO} == set(LanguageChoice)


def test_what_has_no_sure_translation_is_said_in_english(speaking: Callable[[str], Speech]) -> None:
    cases: list[str] = ["", 'msgid "Send"\nmsgstr ""\n', '#, fuzzy\nmsgid "Send"\nmsgstr "Expédier"\n']
    assert [entry for entry in cases if speaking(entry).say("Send") != "Send"] == []


def test_the_products_words_and_areas_are_translated(french: Speech, english: Speech) -> None:
    assert [french.word(item) for item in (Kind.PRAISE, Audience.EVERYONE, Verdict.NOT_PLANNED, DigestAction.NOW)] == [
        "bravo",
        "tout le monde",
        "non retenu",
        "maintenant",
    ]
    assert [french.area(area) for area in AREAS] == ["Innovation", "Soutien", "Qualité", "Compréhension", "Image"]
    assert english.word(Verdict.NOT_PLANNED) == "not planned"


def test_a_communitys_own_area_is_said_as_it_wrote_it(french: Speech, english: Speech) -> None:
    assert french.area("Delivery & {co}") == "Delivery & {co}"
    assert (french.area(None), english.area("")) == ("Sans domaine", "No area")


def test_what_is_not_the_products_own_is_said_as_it_was_written(french: Speech) -> None:
    assert french.translate("Not ours to decide.") == "Cette décision ne nous revient pas."
    assert french.translate("Next {week}, {0}") == "Next {week}, {0}"
    assert french.translate("") == ""


def test_a_status_reads_well_after_is(english: Speech, french: Speech) -> None:
    said = {status: f"#1 is now {english.state(status)}." for status in Status}
    assert said[Status.EXISTS] == "#1 is now marked as existing."
    assert {status for status in Status if said[status] != f"#1 is now {english.word(status)}."} == {Status.EXISTS}
    assert {french.state(status) == french.word(status) for status in Status} == {True}


def test_no_french_sentence_puts_a_status_after_a_verb(translations: Translated) -> None:
    """French words for statuses can be verbs, so they must come after a colon, in brackets, or in quotation marks."""
    after_is = re.compile(r"\b(?:is|stays)(?: now| already)? \{status\}")
    said = [forms[0] for message, forms in translations.items() if after_is.search(str(message))]
    assert len(said) > 10
    assert [one for one in said if not re.search(r"[:«(]\s?\{status\}", one)] == []
