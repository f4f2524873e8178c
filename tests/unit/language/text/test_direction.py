"""From here to there is another question than from there to here."""

from bot.language.text.comparison.wording import Change, compare
from bot.language.text.words import read


def test_the_way_back_is_another_question() -> None:
    cases: list[tuple[str, str]] = [
        ("How do I get from Lyon to Paris?", "How do I get from Paris to Lyon?"),
        ("Which bus goes to the airport?", "Which bus comes from the airport?"),
        ("Quel est le bus de Lyon à Paris ?", "Quel est le bus de Paris à Lyon ?"),
        ("Which bus runs to the museum?", "Which bus runs from the museum?"),
        ("Do I pay before booking?", "Do I book before paying?"),
        ("How do I convert PDF to Word?", "How do I convert Word to PDF?"),
        ("How do I reach York station?", "How do I reach New York station?"),
        ("how do i transfer points from the card to the app", "how do i transfer points from the app to the card"),
    ]
    for one, other in cases:
        assert compare(read(one), read(other)).change is Change.DECISIVE, (one, other)
        assert compare(read(other), read(one)).change is Change.DECISIVE, (one, other)


def test_the_same_way_in_another_order_is_the_same_question() -> None:
    cases: list[tuple[str, str]] = [
        ("Prix de la carte de bus", "Carte de bus : quel prix ?"),
        ("How do I get from Lyon to Paris?", "How do I get to Paris from Lyon?"),
        ("Accès aux données", "Accès des données"),
        ("How do I borrow a bike?", "I need to borrow a bike"),
        ("Do I pay before booking?", "Before booking, do I pay?"),
    ]
    assert [(one, other) for one, other in cases if compare(read(one), read(other)).change is not Change.NONE] == []
