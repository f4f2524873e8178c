"""/top is a list to browse: in several orders, by area and words, page by page, each entry with its support button."""

import pytest

from bot.ports.inbound import Chat
from storage.engine.changes import Changed
from tests.stage import PLATFORM, BareStage, Person

ALONE = Chat(PLATFORM, "camille's", private=True)


async def _filed(camille: Person, noor: Person, number: int) -> None:
    for each in range(1, number + 1):
        await camille.says(f"/suggest Idea number {each}")
    await noor.says("/support 3")


async def test_it_opens_with_the_most_supported_turns_its_pages_and_stays_when_support_is_given(
    camille: Person, noor: Person, stage: BareStage
) -> None:
    await _filed(camille, noor, 12)
    await noor.says("/top")
    heard = noor.hears("Most supported · 1 to 5 of 12", "#3 Idea number 3 · 1 supporter", "[Next]")
    assert heard.index("#3") < heard.index("#12")
    assert "[Previous]" not in heard

    await noor.presses("Next")
    await noor.presses("Next")
    heard = noor.hears("11 to 12 of 12", "[Previous]")
    assert "[Next]" not in heard
    # Support is one press and the list stays.
    await stage.do(noor, chat=ALONE, text="/top newest")
    await stage.do(noor, chat=ALONE, button=stage.token(noor, "Next"))
    await stage.do(noor, chat=ALONE, button=stage.token(noor, "Next"))
    await stage.do(noor, chat=ALONE, button=stage.token(noor, "Support #1"))
    noor.hears(
        "Noted: you support #1 (1 supporter).",
        "Newest · 11 to 12 of 12",
        "#1 Idea number 1 · 1 supporter",
        "[Take support back #1]",
    )

    await stage.do(noor, chat=ALONE, button=stage.token(noor, "Take support back #1"))
    noor.hears("Your support of #1 is taken back (0 supporters).", "11 to 12 of 12")
    # In public nobody s choices are shown.
    await noor.says("/top")
    heard = noor.hears("[Support #3]")
    assert "✓" not in heard
    await noor.presses("Support #1")
    heard = noor.hears("Noted: you support #1")
    assert "Most supported" not in heard
    # Own entries have no button in private.
    await stage.do(camille, chat=ALONE, text="/top")
    assert "[Support" not in camille.hears("Most supported")


async def test_of_very_many_those_that_come_first_are_browsed_and_it_says_that_there_are_more(
    camille: Person, noor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.items.public.browsing.MOST", 6)
    await _filed(camille, noor, 7)
    await noor.says("/top")
    noor.hears("Most supported · 1 to 5 of more than 6")
    await noor.presses("Next")
    assert "[Next]" not in noor.hears("6 to 6 of more than 6", "#2 ")
    await noor.says("/top idea number")
    noor.hears("1 to 5 of more than 6")
    await noor.says("/top number 1")
    noor.hears("Nothing like that here.")


async def test_it_is_browsed_by_order_words_and_area(
    camille: Person, noor: Person, alex: Person, stage: BareStage
) -> None:
    await _filed(camille, noor, 3)
    await alex.says("/queue 1")
    await alex.presses("Planned")
    await alex.says("/queue 2")
    await alex.presses("Done")

    await noor.says("/top newest")
    assert noor.hears("Newest").index("#3 Idea") < noor.hears("Newest").index("#1 Idea")
    await noor.presses("Being worked on")
    noor.hears("#1 Idea number 1 · 0 supporters · planned")
    await noor.presses("Done")
    heard = noor.hears("#2 Idea number 2 · 0 supporters · done")
    assert "[Support" not in heard
    # It is searched by words, without case and accents.
    await camille.says("/suggest Des bancs près du théâtre")
    await camille.says("/suggest A dark theme")
    await noor.says("/top THEATRE bancs")
    heard = noor.hears("“THEATRE bancs”", "près du théâtre")
    assert "dark theme" not in heard

    await noor.says("/top zeppelin")
    noor.hears("Nothing like that here.", "[Newest]")
    # An area is chosen by its name.
    await camille.says("/suggest Sunday opening")
    await camille.presses("Area")
    await camille.says("support")
    await camille.says("/suggest Music at noon")
    await noor.says("/top support")
    heard = noor.hears("Most supported · Support", "Sunday opening")
    assert "Music" not in heard
    # Support given and taken back is told to what keeps open lists.
    told: list[Changed] = []
    stage.core.store.listeners.append(told.extend)
    await noor.says("/top")
    assert not told
    for _ in range(2):
        await noor.says("/support 3")
        assert told
        told.clear()
