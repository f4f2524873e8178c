"""Takes the pictures in docs/gallery (`make gallery`)."""

from pathlib import Path

from playwright.async_api import Browser

from tests.browser.conftest import browser
from tests.gallery.pages import PLATFORMS, page
from tests.gallery.replies import play
from tests.golden.conftest import language, settings
from tests.stage import BareStage

__all__ = ["browser", "language", "settings"]
PICTURES = Path(__file__).parents[2] / "docs" / "gallery"
SCHEMES = {"en": ("dark", "light"), "fr": ("light", "dark")}
"""By language, the scheme of each platform's picture: each platform is seen in both."""
WIDTH = 1272
"""Pixels: three phones side by side."""


async def test_the_pictures_are_taken(stage: BareStage, browser: Browser, language: str) -> None:
    scenes = await play(stage, language)
    PICTURES.mkdir(exist_ok=True)
    for platform, scheme in zip(PLATFORMS, SCHEMES[language], strict=True):
        sheet = await browser.new_page(viewport={"width": WIDTH, "height": 800})
        await sheet.set_content(page(platform, language, scheme, scenes))
        await sheet.screenshot(path=PICTURES / f"{platform}-{language}-{scheme}.png", full_page=True)
