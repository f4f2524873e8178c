"""What people are shown most can be drawn in each platform's style."""

from bot.ports.reply import Block, Button, Select, buttons_of
from tests.gallery.pages import PLATFORMS, page
from tests.gallery.replies import play
from tests.golden.conftest import language, settings
from tests.stage import BareStage

__all__ = ["language", "settings"]


async def test_every_reply_can_be_drawn(stage: BareStage, language: str) -> None:
    scenes = await play(stage, language)
    for platform in PLATFORMS:
        # A label that is cut to fit has plain spaces.
        drawn = page(platform, language, "light", scenes).replace("\u00a0", " ")
        assert drawn.count('class="scene"') == len(scenes) >= 12, platform
        assert all(
            any(label.replace("\u00a0", " ") in drawn for label in (button.label, button.short) if label)
            for scene in scenes
            for block in scene.shown.blocks
            for button in _standing(block, platform)
        ), platform


def _standing(block: Block, platform: str) -> tuple[Button, ...]:
    """The buttons that are seen: on Discord, those of a list are only once it is opened."""
    return () if platform == "discord" and isinstance(block, Select) else buttons_of(block)
