"""Pages with what people are shown most, in the style of a platform."""

from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

from bot.ports.reply import Reply
from tests.gallery import discord, telegram
from tests.gallery.replies import Scene

STYLES = Path(__file__).parent / "styles"
PLATFORMS: dict[str, Callable[[Reply, str], Iterator[str]]] = {"discord": discord.draw, "telegram": telegram.draw}


def page(platform: str, language: str, scheme: str, scenes: list[Scene]) -> str:
    """An HTML page, each scene as wide as a phone.

    Args:
        language: the reader's.
        scheme: `light` or `dark`.
    """
    styles = "".join((STYLES / f"{name}.css").read_text() for name in (platform, "page"))
    shown = "".join(_scene(platform, language, scene) for scene in scenes)
    head = f'<meta charset="utf-8"><style>{styles}</style>'
    return f'<!doctype html><html class="{scheme}">{head}<body>{shown}</body></html>'


def _scene(platform: str, language: str, scene: Scene) -> str:
    messages = "".join(PLATFORMS[platform](scene.shown, language))
    return f'<div class="scene"><p class="did">{escape(scene.did)}</p>{messages}</div>'
