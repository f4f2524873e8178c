"""Which language a text is in, among those the product speaks."""

import pytest

from bot.language.detect import SHORTEST, Detector

DETECTOR = Detector(("en", "fr"))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le point relais de la rue du Moulin est encore fermé.", "fr"),
        ("The pick-up point on Mill Street is closed again.", "en"),
        ("J'aimerais pouvoir changer de relais après l'achat", "fr"),
    ],
)
@pytest.mark.parametrize("otherwise", ["en", "fr"])
def test_a_sentence_tells_its_language_whatever_the_person_speaks(text: str, language: str, otherwise: str) -> None:
    assert DETECTOR.detect(text, otherwise) == language


@pytest.mark.parametrize("text", ["", "ok", "🤷" * 40, "x" * (SHORTEST - 1), "12 34 56 78 90 12 34"])
def test_what_tells_nothing_is_in_the_persons_language(text: str) -> None:
    assert DETECTOR.detect(text, "fr") == "fr"
    assert DETECTOR.detect(text, "en") == "en"


def test_a_very_long_text_is_told_by_its_beginning() -> None:
    assert DETECTOR.detect("Le point relais est encore fermé. " * 2_000, "en") == "fr"
