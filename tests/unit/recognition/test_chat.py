"""Danger and anger as people type them in chats: no accents, slips, hints, and what happens to somebody else."""

from bot.recognition.danger import DangerTables, danger
from tests.unit.recognition.tables import read_rows

HELD_OUT_RECALL = 0.89
"""What the tables reach on sentences that they were not tuned on (68 of 76); it is to rise, not to fall."""
HELD_OUT_ALARMS = 0.04


def shown(half: str, label: str, tables: DangerTables) -> list[bool]:
    return [danger(row["text"], tables) is not None for row in read_rows(half) if row["label"] == label]


def test_help_is_shown_for_95_of_100_in_danger(danger_tables: DangerTables) -> None:
    helped = shown("chat_working", "danger", danger_tables)
    assert sum(helped) >= 0.95 * len(helped), f"help for {sum(helped)} of {len(helped)}"


def test_help_is_shown_for_at_most_3_of_100_ordinary_complaints(danger_tables: DangerTables) -> None:
    helped = shown("chat_working", "ordinary", danger_tables)
    assert sum(helped) <= 0.03 * len(helped), f"help for {sum(helped)} of {len(helped)}"


def test_sentences_held_out_are_not_recognised_less_than_before(danger_tables: DangerTables) -> None:
    # Without the texts: whoever tunes the tables is not to read those held out.
    helped, alarmed = (shown("chat_held_out", label, danger_tables) for label in ("danger", "ordinary"))
    assert sum(helped) >= HELD_OUT_RECALL * len(helped), f"help for {sum(helped)} of {len(helped)}"
    assert sum(alarmed) <= HELD_OUT_ALARMS * len(alarmed), f"help for {sum(alarmed)} of {len(alarmed)}"


def test_the_sets_are_as_large_as_they_should_be() -> None:
    working, held_out = read_rows("chat_working"), read_rows("chat_held_out")
    texts = [row["text"] for row in (*working, *held_out)]
    assert len(set(texts)) == len(texts) >= 600
    assert sum(row["label"] == "danger" for row in held_out) >= 75


def test_a_wrong_letter_is_read_over_in_long_words_only(danger_tables: DangerTables) -> None:
    cases: list[tuple[str, bool]] = [
        ("je suis suixidaire", True),
        ("feeling suicidle", True),
        ("he strangked me", True),
        ("il me menage", False),
        ("le menage est fait", False),
    ]
    for text, found in cases:
        assert (danger(text, danger_tables) is not None) == found, text
