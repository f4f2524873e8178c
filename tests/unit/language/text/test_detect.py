"""Which language a text is in, among those the product speaks."""

from itertools import product
from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st

from bot.language.text.detect import STOP_WORDS, Detector
from bot.locales.speech import Languages
from bot.operations.assembly import LOCALES

DETECTOR = Detector(("en", "fr"))

FRENCH = (
    "Le point relais de la rue du Moulin est encore fermé.",
    "J'aimerais pouvoir changer de relais après l'achat",
    "C’EST FERMÉ AUJOURD’HUI ?",
    "jai pas recu mon panier",
    "ca marche plus depuis ce matin",
    "qqn sait a quelle heure ca ouvre ?",
    "t'as un lien zoom ?",
    "merci bcp 😍😍",
    "Thomas m'a dit que le parking the Place était gratuit",
    "pas d'accord avec @the_boss, voir https://example.org/what/is/this",
    normalize("NFD", "Très déçu, où êtes-vous ?"),
)
ENGLISH = (
    "The pick-up point on Mill Street is closed again.",
    "didnt get my box",
    "CAN’T LOG IN, WHAT IS WRONG",
    "r u open sunday",
    "how do i cancel 😡",
    "François said the café on rue de Lille is not open this week",
    "where is /usr/le/la/les documented",
)
UNDECIDED = (
    "",
    "ok",
    "🤷" * 40,
    "12 34 56 78 90 12 34",
    "Emma Thomas",
    "remboursement",
    "weekend parking",
    "https://example.org/le/la/les",
    "x" * 5_000,
    "ls -l /etc",
    "the le",
)


def test_a_chat_line_tells_its_language_whatever_the_person_speaks() -> None:
    for (text, language), otherwise in product(
        (*((text, "fr") for text in FRENCH), *((text, "en") for text in ENGLISH)), ("en", "fr")
    ):
        assert DETECTOR.detect(text, otherwise) == language, (text, language, otherwise)


def test_what_tells_nothing_is_left_to_the_caller() -> None:
    for otherwise, text in product(("en", "fr", ""), UNDECIDED):
        assert DETECTOR.detect(text, otherwise) == otherwise, (otherwise, text)


def test_a_very_long_text_is_told_by_its_beginning() -> None:
    assert DETECTOR.detect("Le point relais est encore fermé. " * 2_000 + "the " * 90_000, "en") == "fr"


@given(st.text())
def test_any_text_has_a_language_that_was_asked_for_or_none(text: str) -> None:
    assert DETECTOR.detect(text, "") in {"en", "fr", ""}


def test_every_language_the_product_speaks_has_small_words() -> None:
    assert set(Languages(LOCALES).codes) <= STOP_WORDS.keys()


def test_no_small_word_is_in_two_languages() -> None:
    words = [word for small in STOP_WORDS.values() for word in small.split()]
    assert sorted(words) == sorted(set(words))


def test_a_language_without_small_words_takes_nothing_from_the_others() -> None:
    detector = Detector(("en", "fr", "eo"))
    assert [detector.detect(text, "eo") for text in FRENCH] == ["fr"] * len(FRENCH)
    assert [detector.detect(text, "eo") for text in ENGLISH] == ["en"] * len(ENGLISH)
    assert [detector.detect(text, "eo") for text in UNDECIDED] == ["eo"] * len(UNDECIDED)
