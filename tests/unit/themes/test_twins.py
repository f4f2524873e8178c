"""Two groups that are called the same are one theme to whoever reads of them."""

from datetime import UTC, datetime

from bot.themes.survey import Group
from bot.themes.twins import add, unite
from storage.items.signals.themes import ThemeText
from storage.models import Theme
from storage.vocabulary import Kind

NOW = datetime(2026, 3, 4, tzinfo=UTC)


def group(theme: int, *items: int) -> Group:
    said = (ThemeText(own, f"Text {own}", Kind.PROBLEM, "en", own, None, None, nameless=False) for own in items)
    return Group(theme, theme, tuple(said))


def stored(own: int, name: str = "", *, muted: bool = False) -> dict[int, Theme]:
    return {own: Theme(id=own, community_id=1, created_at=NOW, seen_at=NOW, name=name, muted=muted)}


GROUPS, LABELS = [group(1, 1, 2, 3), group(2, 4), group(3, 5, 6)], ["Cannot pay", "Dark mode", "Cannot pay"]


def test_they_are_shown_as_one_with_the_items_of_both() -> None:
    paying, dark = unite(GROUPS, LABELS, {})
    assert (paying.label, paying.group.theme, paying.themes) == ("Cannot pay", 1, (1, 3))
    assert [item.id for item in paying.group.items] == [1, 2, 3, 5, 6]
    assert (dark.label, dark.themes) == ("Dark mode", (2,))


def test_one_word_may_be_of_two_things() -> None:
    assert len(unite(GROUPS, ["Order", "Mode", "Order"], {})) == 3


def test_what_a_moderator_named_keeps_its_name_and_two_names_stay_apart() -> None:
    named = stored(3, "Checkout")
    assert [one.themes for one in unite(GROUPS, LABELS, named)] == [(3, 1), (2,)]
    assert len(unite(GROUPS, LABELS, named | stored(1, muted=True))) == 3


def test_its_history_is_that_of_both() -> None:
    assert add({1: [4, 5, 6], 3: [1, 2]}, (1, 3)) == [4, 6, 8]
