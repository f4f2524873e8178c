"""Which known issue a text is about: what is about none must not be stopped, so little is found by words alone."""

import csv
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.core import Core
from bot.language.encoding.encoder import Encoder
from bot.similar.finder import Finder
from tests import meaning


def read() -> dict[str, list[str]]:
    """The texts by what they are about: a known issue's wordings, texts about each, and others."""
    found: dict[str, list[str]] = defaultdict(list)
    with (Path(__file__).parent / "issues.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            found[row["about"]].append(row["text"])
    return found


def finder(core: Core, encoder: Encoder | None) -> Finder:
    async def load() -> Encoder | None:
        return encoder

    return Finder(core.store, ("en", "fr"), load, core.clock)


async def places(own: Finder, texts: Sequence[str], things: Sequence[Sequence[str]]) -> list[int | None]:
    return [await own.find_among(1, text, things) for text in texts]


@pytest.mark.parametrize(("by_meaning", "least", "most"), [(True, 0.7, 1), (False, 0.25, 0)])
async def test_what_is_about_an_issue_is_found_and_nothing_else(
    core: Core, by_meaning: bool, least: float, most: int
) -> None:
    said, own = read(), finder(core, meaning.encoder() if by_meaning else None)
    things = [said[f"issue {number}"] for number in range(6)]
    found = {number: await places(own, said[str(number)], things) for number in range(6)}
    right = sum(place == number for number, theirs in found.items() for place in theirs)
    assert right >= least * sum(map(len, found.values()))
    assert [place for number, theirs in found.items() for place in theirs if place not in (number, None)] == []
    stopped = [place for place in await places(own, said["nothing"], things) if place is not None]
    assert len(stopped) <= most


async def test_an_issue_that_is_over_is_found_no_more(core: Core) -> None:
    own = finder(core, meaning.encoder())
    assert await places(own, ["I cannot pay by card"], [["Card payments fail"]]) == [0]
    assert await places(own, ["I cannot pay by card"], [["The lift is broken"], ["Card payments fail"]]) == [1]
    assert await places(own, ["I cannot pay by card"], [["The lift is broken"]]) == [None]
