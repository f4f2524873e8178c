"""A community's preset and own words in the settings' file."""

from typing import Any

import pytest
from pydantic import ValidationError

from bot.settings.config import CommunitySettings


def community(**what: Any) -> CommunitySettings:
    return CommunitySettings(key="plaza", name="Plaza", **what)


def test_a_preset_gives_the_areas_unless_the_community_names_its_own() -> None:
    assert community(preset="internal").areas == ("Work", "Tools", "Life together")
    assert community(preset="internal", areas=("Canteen",)).areas == ("Canteen",)
    assert community().areas == ()


def test_a_digest_may_be_about_an_area_of_the_preset() -> None:
    assert community(preset="company", routes=({"area": "Availability", "answer_days": 3},)).routes


def test_both_languages_have_the_word() -> None:
    own = {"en": {"planned": "on our list for 2027"}, "fr": {"planned": "retenue  pour 2027"}}
    assert community(words=own).words["fr"] == {"planned": "retenue pour 2027"}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"fr": {"planned": "retenue pour 2027"}}, "have planned in fr and not in en"),
        ({"en": {"plannd": "x"}, "fr": {"plannd": "x"}}, "have no word plannd"),
        ({"en": {"planned": "done"}, "fr": {"planned": "retenue"}}, "too like the word for something else"),
        ({"en": {"planned": "soon"}, "fr": {"planned": "fait"}}, "too like the word for something else"),
        ({"en": {"planned": "soon", "done": "soon"}, "fr": {"planned": "tôt", "done": "tard"}}, "too like"),
        ({"en": {"planned": "w" * 41}, "fr": {"planned": "retenue"}}, "more than 40 characters"),
        ({"en": {"planned": "[x](http://a.b)"}, "fr": {"planned": "retenue"}}, "signs other than letters"),
        ({"de": {"planned": "geplant"}}, "must be en or fr"),
    ],
)
def test_what_does_not_fit_is_refused(words: dict[str, dict[str, str]], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason.replace("(", "\\(")):
        community(words=words)


def test_a_word_for_an_own_area() -> None:
    own = {"en": {"Canteen": "Lunch"}, "fr": {"Canteen": "Cantine"}}
    assert community(areas=("Canteen",), words=own).words == own
