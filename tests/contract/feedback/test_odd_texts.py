"""Texts meant to break things, or not meant at all: stored exactly, shown harmlessly."""

import pytest

from storage.items import feedback
from storage.people import communities
from tests.stage import Person

ODD = {
    "emoji": "👩‍👩‍👧‍👦🎉🏳️‍🌈👍🏽",
    "right to left": "اقتراح: الوضع الداكن ليلاً",
    "turned round": "abc \u202eevil\u202c def",
    "markup": "<script>alert(1)</script> **bold** [a](javascript:b) `c` &amp; _d_ ~~e~~ ||f||",
    "mentions": "@everyone @here <@123> <#4> <:a:5> http://example.com",
    "braces": "{0} {number} {} {{text}} {self.__class__} %s %(a)s $x",
    "quotes": '"it\'s" «là» `a` \\n \\',
    "sql": "'; DROP TABLE feedback; --",
    "command inside": "please add /suggest 5",
    "accents": "e\u0301té \u00e9t\u00e9 Ångström ﬁ ²",
    "spaces": "two  spaces\u00a0and a thin\u202fone",
    "long": "word " * 1_999 + "word!",
    "unbroken": "x" * 10_000,
}

WORST = ("long", "emoji", "markup", "braces")
"""The ones that each break something of their own: length, graphemes, markup, formatting."""


async def _kept(person: Person, number: int = 1) -> str:
    core = person.stage.core
    item = await core.store.read(lambda session: feedback.by_number(session, communities.every(session)[0].id, number))
    assert item, f"#{number} was not filed"
    return item.text


@pytest.mark.everywhere
async def test_odd_texts_are_kept_exactly_and_shown_as_they_are(camille: Person) -> None:
    for number, text in enumerate(ODD.values(), 1):
        await camille.says(f"/suggest {text}")
        camille.hears(f"Got it: suggestion #{number}.")
        assert await _kept(camille, number) == text
        await camille.says(f"/status {number}")
        camille.hears(f"> {text} #{number}")


async def test_odd_texts_go_all_the_way_to_queue_digest_and_outcome(camille: Person, alex: Person) -> None:
    for number, text in enumerate(map(ODD.__getitem__, WORST), 1):
        await camille.says(f"/suggest {text}")
        await alex.says(f"/queue {number}")
        alex.hears(f"> {text} #{number}")
    await alex.says("/digest preview")
    assert len(alex.hears(*(f"#{number}" for number in range(1, len(WORST) + 1)))) < 2_000
    for number in range(1, len(WORST) + 1):
        await alex.says(f"/queue {number} planned")
    await camille.stage.deliver()
    camille.hears(f"#{len(WORST)} is now planned.")


@pytest.mark.unseen
async def test_lines_and_edges_are_kept_and_odd_numbers_and_commands_quoted_back_harmlessly(camille: Person) -> None:
    await camille.says("/suggest   First,\n\n  second  ")
    assert await _kept(camille) == "  First,\n\n  second  "
    await camille.says("/status {0.__class__}<b>@everyone")
    camille.hears("“{0.__class__}<b>@everyone” is not one.")
    await camille.says("/{number}<b>")
    camille.hears("I do not know /{number}<b>.")
