"""The page to forward as one picture: it is drawn in a process of its own, and says what the page says."""

import io
import json

import pytest
from PIL import Image as Pictures
from PIL import ImageChops

from bot.charting import child
from bot.charting.page import Page, Tile
from bot.features.impact.picture import DRAWING
from bot.ports.reply import Image
from bot.settings.config import Settings
from tests.features.impact.conftest import Lives
from tests.stage import BareStage, Person

TILES = (
    Tile("People heard", "44", "", None, None, None),
    Tile("Ideas done", "44%", "95 %: 19% to 73%", 0.44, 0.19, 0.73),
    Tile("Messages with an outcome", "100%", "", 1.0, None, None),
)
MARGIN = 43
"""Dots of the page's margin: 0.16 inches."""
LINES = ("#12 Pick-up points 🥕 $x^2$ · done", f"#13 {'long' * 60} · done")


def page(*lines: str) -> Page:
    return Page(
        "What listening brought · Plaza",
        "March 2026",
        TILES,
        "What changed",
        lines,
        "Praise",
        ("“Kind” #3",),
        "How",
        ("a = b.",),
        "alt",
    )


async def test_it_is_as_wide_as_a_phone_and_as_long_as_it_needs() -> None:
    drawn = await child.draw(page(*LINES), DRAWING)
    assert drawn
    with Pictures.open(io.BytesIO(drawn)) as found:
        assert (found.format, found.width) == ("PNG", 1080)
        assert found.convert("RGBA").getchannel("A").getextrema() == (255, 255), "opaque paper, for dark screens"
        paper = Pictures.new("RGB", found.size, found.convert("RGB").getpixel((0, 0)))
        inked = ImageChops.difference(found.convert("RGB"), paper).getbbox()
        assert inked
        assert MARGIN < found.height - inked[3] < 2 * MARGIN, "what is written ends just above a margin"


class TestWithPictures:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"pictures": True})

    @pytest.fixture
    def drawn(self, monkeypatch: pytest.MonkeyPatch) -> list[Page]:
        """What is drawn, by a pencil that takes no time."""
        pages: list[Page] = []

        async def draw(shown: Page, drawing: str) -> bytes:
            json.dumps(shown.values())
            assert drawing == DRAWING
            pages.append(shown)
            return b"PNG"

        monkeypatch.setattr("bot.features.impact.picture.draw", draw)
        return pages

    async def test_it_says_what_the_page_says(
        self, lives: Lives, stage: BareStage, omar: Person, drawn: list[Page]
    ) -> None:
        await lives()
        reply = await stage.do(omar, text="/impact 2026-03")
        assert reply
        (image,) = [block for block in reply.blocks if isinstance(block, Image)]
        assert image.alt.startswith("People heard: 2. People told: 2. Questions answered without the team: 1.")
        (shown,) = drawn
        assert (shown.title, shown.subtitle) == ("What listening brought · Plaza", "1-5 March 2026")
        assert shown.lines == ("#1 A bench in the *shade* · done",)
        assert len(shown.definitions) == 10
        assert [tile.share for tile in shown.tiles if tile.label == "Ideas done"] == [0.5]

    async def test_nothing_is_drawn_of_nothing(self, stage: BareStage, omar: Person, drawn: list[Page]) -> None:
        await omar.says("/impact")
        assert drawn == []
