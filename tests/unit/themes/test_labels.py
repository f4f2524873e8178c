"""A theme is named by words that many of its texts have and few others, as people write them."""

from bot.themes.naming.labels import count, label
from tests.features.themes.voices import DARK, NOISE, POINTS, RELAIS

ALL = (*POINTS, *DARK, *NOISE, *RELAIS)


def name(texts: tuple[str, ...], *names: str) -> str:
    return label(texts, count((*ALL, *texts)), len(ALL) / 4, names)


def test_by_what_sets_it_apart() -> None:
    cases: list[tuple[tuple[str, ...], str]] = [
        (POINTS, "Pick-up point closed"),
        (DARK, "Dark mode"),
        (RELAIS, "Point relais fermé"),
    ]
    assert [(texts, name(texts)) for texts, _ in cases] == cases


def test_never_by_the_name_of_a_person() -> None:
    texts = ("At the counter Julie was rude", "Once more Julie was rude", "How Julie talked, rude", "Rude staff")
    assert "Julie" not in name(texts)
    lower = tuple(text.lower() for text in texts)
    assert "ulie" in name(lower)
    assert "ulie" not in name(lower, "Julie Martin")


def test_never_by_what_reaches_a_person() -> None:
    texts = ("Write to julie@example.org about refunds",) * 3 + ("Call 06 12 34 56 78 for refunds",) * 3
    assert not {"example", "julie", "12"} & set(name(texts).lower().replace(",", "").split())


def test_never_by_the_words_of_one_text_alone() -> None:
    assert name(("Unicorns everywhere", "Bicycles nowhere")) == ""


def test_capitals_stay_where_they_are_always_written_so() -> None:
    assert name(("No SMS code today", "SMS code missing", "The SMS code never comes")) == "SMS code"


def test_who_repeats_a_word_does_not_name_the_theme() -> None:
    assert name((*DARK, "glare " * 30, "glare")) == "Dark mode"


GATE = (
    "The gate code was changed and nobody was told. My box is on the other side.",
    "New keypad, old code, three of us waiting. Terrible.",
    "Went home without my box. The code in the letter is the old one.",
)
PORTAIL = ("Le code du portail ne marche plus.", "Portail fermé ce soir encore.")
ELSEWHERE = ("Stood before the gate with Ruth", "The gate squeaks", "A box of leeks", "The portail again, ce portail")


def bilingual(own: tuple[str, ...], others: tuple[str, ...]) -> str:
    return label(own, count((*own, *others, *ELSEWHERE, *ALL)), 6, (), others)


def test_by_the_phrase_somebody_wrote_of_words_that_several_use() -> None:
    assert bilingual(GATE, PORTAIL[:1]) == "Gate code"


def test_in_one_language_by_what_the_other_has_too() -> None:
    assert bilingual(PORTAIL[:1], GATE) == "Code du portail"


def test_never_by_numbers_times_and_feelings() -> None:
    texts = (
        "Three awful evenings, the lift stuck",
        "The lift, three evenings! Awful",
        "Awful lift, three evenings now",
    )
    assert name(texts) == "Lift"


def test_who_writes_often_does_not_name_it() -> None:
    texts = ("The unicorn\nUnicorns\nThe unicorn", "The lamp is dark", "A lamp that flickers")
    assert name(texts) == "Lamp"
