"""Of a large period a sample is grouped, and the others join the groups they are most like; the same each time."""

import pytest

from bot.themes import grouping, survey
from tests.features.themes.voices import DARK, NOISE, POINTS
from tests.unit.themes.test_linkage import material, said

TEXTS = (*POINTS, *NOISE, *DARK)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "SAMPLE", 20)


def test_the_rest_joins_what_it_is_most_like(small: None) -> None:
    found = grouping.by_words(material(said([f"{text} {n}" for n in range(4) for text in TEXTS])), ("en",)).groups
    closed = {item.text for one in found for item in one.items if "pick-up" in one.items[0].text.lower()}
    assert len(found) >= 2
    assert len(closed) > len(POINTS) * 3
    assert not [text for text in closed if "mode" in text]


def test_so_many_are_drawn_whatever_their_order() -> None:
    ids = list(range(1000))
    assert survey.draw(ids, 10) == survey.draw(ids[::-1], 10)
    assert len(set(survey.draw(ids, 10))) == 10
    assert survey.draw(ids, 1000) == ids
