"""The picture of a digest: it is drawn in a process of its own, and says the same as its words."""

import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from PIL import Image as Pictures

from bot.charting import child
from bot.charting.child import Draw, Drawn
from bot.charting.figure import Bar, Figure, Series
from bot.core import Core
from bot.ports.inbound import Role
from bot.ports.reply import Image, Reply
from bot.settings.config import Settings
from storage.reports import digests
from tests.clock import StillClock
from tests.stage import BareStage, Person

FIGURE = Figure(
    "Plaza · 2-8 March",
    (Series("Problems 23", (9, 8, 11, 23), 3.0, 15.0, True), Series("Praise 1", (1,), None, None, False)),
    "The band: as usual.",
    "What people talk about",
    (Bar("Pick-up points 🥕", 14, 0),),
    "The line: last week.",
    "Problems 23.",
)


async def test_it_is_as_wide_as_a_phone() -> None:
    drawn = await child.draw(FIGURE)
    assert drawn
    with Pictures.open(io.BytesIO(drawn)) as found:
        assert (found.format, found.width) == ("PNG", 1080)
        assert found.convert("RGBA").getchannel("A").getextrema() == (255, 255), "opaque paper, for dark screens"


async def test_what_cannot_be_drawn_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "DRAWING", "bot.charting.no_such_module")
    assert await child.draw(FIGURE) is None


class TestWithPictures:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"pictures": True})

    @pytest.fixture
    def drawn(self, monkeypatch: pytest.MonkeyPatch) -> list[Figure]:
        """What is drawn, by a pencil that takes no time."""
        figures: list[Figure] = []

        async def draw(figure: Drawn) -> bytes:
            assert isinstance(figure, Figure)
            json.dumps(figure.values())
            figures.append(figure)
            return b"PNG"

        @asynccontextmanager
        async def begun() -> AsyncIterator[Draw]:
            yield draw

        monkeypatch.setattr("bot.features.digest.picture.begun", begun)
        return figures

    async def test_it_goes_with_the_digest_and_its_text_says_the_same(
        self, stage: BareStage, clock: StillClock, drawn: list[Figure]
    ) -> None:
        for people in (1, 1, 2, 1, 1, 2, 1, 1, 9):
            for number in range(people):
                await Person(stage, f"member {number}").says("/praise thank you")
            clock.forward(days=7)
        clock.forward(days=-7)
        omar = Person(stage, "omar", Role.MODERATOR)
        (image,) = images(await stage.do(omar, text="/digest"))
        (figure,) = drawn
        assert figure.series[-1].counts == (1, 1, 2, 1, 1, 2, 1, 1, 9)
        assert [one.unusual for one in figure.series] == [True]
        # The kinds nobody wrote in all these weeks are left out.
        assert image.alt == "Praise 9, unusually many (0 to 4). Talked about: thank you (9 people)."

    async def test_a_kind_nobody_wrote_this_week_is_shown_when_somebody_did_before(
        self, stage: BareStage, clock: StillClock, drawn: list[Figure]
    ) -> None:
        await Person(stage, "ines").says("/suggest A bench in the shade")
        clock.forward(days=7)
        await Person(stage, "ines").says("/praise thank you")
        (image,) = images(await stage.do(Person(stage, "omar", Role.MODERATOR), text="/digest"))
        assert [one.label for one in drawn[0].series] == ["Suggestions 0", "Praise 1"]
        assert image.alt.startswith("Suggestions 0. Praise 1.")

    async def test_an_empty_week_has_none(self, stage: BareStage, drawn: list[Figure]) -> None:
        assert images(await stage.do(Person(stage, "omar", Role.MODERATOR), text="/digest")) == []
        assert drawn == []

    async def test_it_goes_when_one_whose_words_it_may_show_leaves(
        self, stage: BareStage, core: Core, clock: StillClock, drawn: list[Figure]
    ) -> None:
        ines, omar = Person(stage, "ines"), Person(stage, "omar", Role.MODERATOR)
        await ines.says("/suggest A bench in the shade")
        clock.forward(days=1)
        await omar.says("/digest now")
        await ines.says("/forgetme")
        await ines.presses("Erase everything about me")
        (row,) = await core.store.read(lambda session: digests.archive(session, 1))
        assert drawn
        assert images(core.codec.load(row.payload)) == []


def images(reply: Reply | None) -> list[Image]:
    assert reply
    return [block for block in reply.blocks if isinstance(block, Image)]
